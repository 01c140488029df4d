"""The one drawing of the site: circles that stand on a ground line and share one point of it.

Pure geometry: each function takes plain numbers and returns a `Drawing`. What has happened is solid, what has not
is dashed. Units are those of the drawing's own view box.
"""

import math
from collections.abc import Sequence

from ui.shapes import Circle, Drawing, Line, Shape, Text

#: The four stages from the middle outwards; the innermost is the filled point.
STAGE_RADII = (8, 24, 44, 66)
HERO_RADII = (22, 92, 186, 306)
LADDER_RADII = (26, 76, 136, 198)
CHAPTER_RADII = (10, 20, 31, 43)
WALK_RADII = (7, 13, 19.5, 26)


def standing(x: float, ground: float, r: float, looks: str, stroke: float | None = None) -> Circle:
    """A circle of radius `r` that touches the ground line at `x`."""
    return Circle(x, ground - r, r, looks, stroke)


def ground_line(width: float, y: float) -> Line:
    return Line(0, width, y + 0.75, y + 0.75)


def point(x: float, ground: float, r: float, *, begun: bool) -> Circle:
    return standing(x, ground, r, "s-fill" if begun else "s-dot-hush")


def rings(*, reached: int, scale: float = 1) -> Drawing:
    """The stages: 0 not begun, 1 a handful, 2 a department, 3 a division, 4 the organisation.

    `scale` enlarges the circles and not the lines, for where the picture stands large.
    """
    x, ground = 70 * scale, 140 * scale
    shapes: list[Shape] = [point(x, ground, STAGE_RADII[0] * scale, begun=reached > 0)]
    for stage, r in enumerate(STAGE_RADII[1:], start=2):
        if stage > reached:
            shapes.append(standing(x, ground, r * scale, "s-dash", 1.4))
        else:
            shapes.append(standing(x, ground, r * scale, "s-line", 4 if stage == reached else 1.6))
    return Drawing(140 * scale, ground + 1, [*shapes, ground_line(140 * scale, ground - 0.45)])


def waiting(*, reached: int) -> Drawing:
    """The picture of something empty: `reached` of three circles are there, the others wait."""
    x, ground = 80, 119
    shapes: list[Shape] = [point(x, ground, 7, begun=reached > 0)]
    for place, r in enumerate((20, 37, 57), start=2):
        done = place <= reached
        shapes.append(standing(x, ground, r, "s-line" if done else "s-dash", 2 if done else 1.5))
    return Drawing(160, 120, [*shapes, ground_line(160, 118.55)], looks="empty__art")


def hero_lines(*, reached: float) -> list[Circle]:
    """Fine rings between the stages, denser at a stage than between two; `reached` is a radius."""
    lines, r, ground = [], HERO_RADII[0] + 5.5, 640
    while r < HERO_RADII[-1] - 6:
        nearest = min(abs(r - stage) for stage in HERO_RADII[1:])
        if nearest > 4:
            done = r <= reached
            weight = 0.55 + (1.2 if done else 0.35) * math.exp(-((nearest / 11) ** 2))
            lines.append(standing(330, ground, r, f"h-l h-l--{'done' if done else 'ahead'}", weight))
        r += 6.2 + r / 110
    return lines


def hero(*, stage: int, share: float = 0.0, names: Sequence[str]) -> list[Shape]:
    """The home page's swell: `stage` (0 to 4) has been reached, `share` (0 to 1) of the way to the next.

    `names` are those of stages two, three and four, from the inside out.
    """
    x, ground = 330, 640
    inner = HERO_RADII[stage - 1] if stage else 0
    outer = HERO_RADII[min(stage, 3)]
    circles: list[Shape] = list(hero_lines(reached=inner + (outer - inner) * min(max(share, 0), 1)))
    for number, r in reversed(list(enumerate(HERO_RADII[1:], start=2))):
        if number > stage:
            circles.append(standing(x, ground, r, "h-s h-s--ahead", 1.6))
        else:
            circles.append(standing(x, ground, r, "h-s h-s--done", 5 if number == stage else 2.4))
    circles.append(point(x, ground, HERO_RADII[0], begun=stage > 0))
    texts: list[Shape] = [
        Text(x, ground - 2 * r + 5, name, "h-t h-t--done" if number <= stage else "h-t")
        for number, (r, name) in enumerate(zip(HERO_RADII[1:], names, strict=True), start=2)
    ]
    return [*circles, *texts]


def ladder(*, reached: int, share: float = 0.0) -> Drawing:
    """The four stages with their numbers, for the spread page; `share` (0 to 1) of the way to the next stage."""
    x, ground = 205, 400
    shapes: list[Shape] = list(_under_way(reached=reached, share=share))
    for stage, r in reversed(list(enumerate(LADDER_RADII[1:], start=2))):
        if stage <= reached:
            shapes.append(standing(x, ground, r, "s-line", 5 if stage == reached else 2))
        else:
            shapes.append(standing(x, ground, r, "s-dash", 1.6))
    shapes.append(point(x, ground, LADDER_RADII[0], begun=reached > 0))
    for stage, r in enumerate(LADDER_RADII[1:], start=2):
        disc, numeral = ("l-disc l-disc--done", "l-num l-num--done") if stage <= reached else ("l-disc", "l-num")
        top = ground - 2 * r
        shapes += [Circle(x, top, 13, disc), Text(x, top + 5, str(stage), numeral)]
    shapes.append(Text(x, 379, "1", "l-num l-num--in"))
    return Drawing(410, 416, [*shapes, ground_line(410, 400)], looks="ladder__art", top=-14)


def _under_way(*, reached: int, share: float) -> list[Circle]:
    """Fine rings from the stage that is reached towards the next one."""
    if not 0 < reached < 4:
        return []
    inner, outer = LADDER_RADII[reached - 1], LADDER_RADII[reached]
    end = min(inner + (outer - inner) * min(max(share, 0), 1), outer - 4)
    count = max(0, math.ceil((end - inner - 5.5) / 5.45))
    return [standing(205, 400, inner + 5.5 + 5.45 * place, "s-line l-thin", 0.9) for place in range(count)]


def chapter(*, n: int) -> Drawing:
    """A chapter of the primer on the field: `n` circles of four are drawn, the n-th strongest."""
    x, ground = 46, 90
    shapes: list[Shape] = []
    for place, r in enumerate(CHAPTER_RADII, start=1):
        if place > n:
            shapes.append(standing(x, ground, r, "f-line f-line--dash", 1.3))
        else:
            shapes.append(standing(x, ground, r, "f-strong", 3 if place == n else 1.6))
    return Drawing(92, 91, [*shapes, standing(x, ground, 4, "f-dot")])


def chapter_head(*, n: int) -> Drawing:
    """The large picture beside a chapter's title."""
    x, ground = 160, 299
    shapes: list[Shape] = []
    for place, r in enumerate((30, 62, 100, 145), start=1):
        if place > n:
            shapes.append(standing(x, ground, r, "s-dash", 1.5))
        else:
            shapes.append(standing(x, ground, r, "s-line", 5 if place == n else 1.6))
    return Drawing(320, 300, [*shapes, standing(x, ground, 11, "s-fill")], looks="primer__art")


def walk(*, n: int, done: bool) -> Drawing:
    """A step of the primer's walk: `n` circles; dashed while it is ahead."""
    x, ground = 34, 54
    looks = "s-line" if done else "s-dash"
    shapes: list[Shape] = [
        standing(x, ground, r, looks, 2.6 if place == n else 1.2) for place, r in enumerate(WALK_RADII[:n], start=1)
    ]
    return Drawing(68, 54, [*shapes, point(x, ground, 3.2, begun=done)])


def meet(*, left: bool = True, right: bool = True) -> Drawing:
    """Two people: each side is dashed until that one has agreed."""
    shapes: list[Shape] = []
    for x, agreed in ((56, left), (124, right)):
        looks = "s-line" if agreed else "s-dash"
        shapes += [standing(x, 120, r, looks, w) for r, w in ((52, 1.3), (34.3, 1.8), (18.7, 2.6))]
    shapes += [point(x, 120, 7, begun=agreed) for x, agreed in ((56, left), (124, right))]
    return Drawing(180, 121, [*shapes, ground_line(180, 119.55)], looks="meet")


def pull() -> Drawing:
    """The small swell beside a pull quote."""
    shapes = [standing(52, 100, r, "s-line", w) for r, w in ((12, 2.6), (24, 1.8), (36, 1.2), (48, 0.8))]
    return Drawing(104, 100, [*shapes, standing(52, 100, 5, "s-fill")])


def act() -> Drawing:
    """The swell beside the one act of a page."""
    strong = [(18, 3), (34, 2.2), (54, 1.6)]
    faint = [(78, 1.3), (106, 1.1), (140, 1)]
    shapes = [standing(120, 190, r, "f-strong", w) for r, w in strong]
    shapes += [standing(120, 190, r, "f-line", w) for r, w in faint]
    return Drawing(240, 190, [*shapes, standing(120, 190, 8, "f-dot")], looks="act__art")


def gap() -> Drawing:
    """80 against 8: the outer circle has ten times the area of the inner one."""
    outer = 126.0
    shapes: list[Shape] = [
        standing(150, 260, outer, "s-line", 2),
        standing(150, 260, outer / math.sqrt(10), "s-fill"),
        ground_line(300, 259.75),
    ]
    return Drawing(300, 262, shapes, looks="gap-art")


def gate() -> Drawing:
    """What stands behind a spoiler."""
    shapes: list[Shape] = [point(32, 50, 4, begun=False)]
    shapes += [standing(32, 50, r, "s-dash", 1.5) for r in (12, 24)]
    return Drawing(64, 50, shapes, looks="gate__art")


def milestone(*, size: int, done: bool) -> Drawing:
    """A milestone as a circle of `size` 1 (small) to 6."""
    looks = "s-line" if done else "s-dash"
    shapes: list[Shape] = [standing(30, 50, 6 + 3 * min(max(size, 1), 6), looks, 2), point(30, 50, 4, begun=done)]
    return Drawing(60, 51, shapes)


#: At most so many people are drawn above one section; the caption says the rest.
MOST_DOTS = 5


def where(
    *, sections: int, counts: Sequence[int], you: int | None, narrow: bool, label: str, start: str, me: str
) -> Drawing:
    """Members on the ground line of a book: `counts[k]` people have read to section k (0 is the start).

    `you` is the section the reader of the page has read to, or None.
    """
    width, first = (350, 22) if narrow else (620, 40)
    step = (width - 2 * first) / max(sections, 1)
    shapes: list[Shape] = [Line(0, width, 84.5, 84.5)]
    for section in range(sections + 1):
        x = first + section * step
        shown = min(counts[section] if section < len(counts) else 0, MOST_DOTS)
        for place in range(shown):
            mine = place == 0 and you == section
            shapes.append(Circle(x, 75 - 20 * place, 8, "s-fill" if mine else "w-dot"))
        shapes += [Line(x, x, 84, 89), Text(x, 107, str(section) if section else start, "s-note")]
        if you == section:
            edge = section == 0
            shapes.append(Text(x + (15 if edge else -15), 80, me, "w-me", "start" if edge else "end"))
    height = 116 + max(0, 20 * (min(max(counts, default=0), MOST_DOTS) - 4))
    looks = f"where chart--{'narrow' if narrow else 'wide'}"
    return Drawing(width, height, shapes, looks=looks, label=label, top=116 - height)


def coverage(*, allies: int | None, headcount: int, largest: int) -> Drawing:
    """A department: the outline is everyone, the fill is allies, both by area.

    `largest` is the headcount of the largest department beside it; `allies` None is hidden.
    """
    unit = 57 / math.sqrt(max(largest, headcount, 1))
    r = max(unit * math.sqrt(max(headcount, 0)), 3)
    shapes: list[Shape] = []
    if allies is None:
        shapes.append(standing(62, 118, r, "s-dash", 1.5))
    else:
        shapes.append(standing(62, 118, r, "s-hush", 1.25))
        if allies > 0:
            shapes.append(standing(62, 118, min(unit * math.sqrt(allies), r), "s-fill"))
    return Drawing(124, 119, [*shapes, ground_line(124, 117.55)], fit="xMidYMax slice")
