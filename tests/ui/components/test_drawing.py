"""The one drawing: circles that stand on a ground line and share one point of it."""

import math

import pytest

from ui import drawing
from ui.shapes import Circle, Drawing, number


def circles(picture: Drawing) -> list[Circle]:
    return [shape for shape in picture.shapes if isinstance(shape, Circle)]


@pytest.mark.parametrize(
    ("picture", "ground"),
    [
        (drawing.rings(reached=2), 140),
        (drawing.rings(reached=0, scale=4), 560),
        (drawing.waiting(reached=1), 119),
        (drawing.chapter(n=3), 90),
        (drawing.chapter_head(n=1), 299),
        (drawing.walk(n=4, done=False), 54),
        (drawing.meet(left=True, right=False), 120),
        (drawing.gap(), 260),
        (drawing.act(), 190),
    ],
)
def test_every_circle_stands_on_the_ground(picture: Drawing, ground: float) -> None:
    assert {round(circle.y + circle.r, 6) for circle in circles(picture)} == {ground}


@pytest.mark.parametrize(
    ("reached", "looks"),
    [
        (0, ["s-dot-hush", "s-dash", "s-dash", "s-dash"]),
        (1, ["s-fill", "s-dash", "s-dash", "s-dash"]),
        (2, ["s-fill", "s-line", "s-dash", "s-dash"]),
        (3, ["s-fill", "s-line", "s-line", "s-dash"]),
        (4, ["s-fill", "s-line", "s-line", "s-line"]),
    ],
)
def test_what_is_reached_is_solid_and_the_rest_is_dashed(reached: int, looks: list[str]) -> None:
    assert [circle.looks for circle in circles(drawing.rings(reached=reached))] == looks


def test_a_side_that_has_not_agreed_is_dashed() -> None:
    sides = {(circle.x, circle.looks) for circle in circles(drawing.meet(left=True, right=False))}
    assert sides == {(56, "s-line"), (56, "s-fill"), (124, "s-dash"), (124, "s-dot-hush")}


def test_the_outer_circle_of_the_gap_has_ten_times_the_area() -> None:
    outer, inner = circles(drawing.gap())
    assert outer.r**2 / inner.r**2 == pytest.approx(10)


def test_coverage_is_drawn_by_area() -> None:
    everyone, allies = circles(drawing.coverage(allies=24, headcount=96, largest=212))
    assert (allies.r / everyone.r) ** 2 == pytest.approx(24 / 96)
    largest = circles(drawing.coverage(allies=1, headcount=212, largest=212))[0]
    assert (everyone.r / largest.r) ** 2 == pytest.approx(96 / 212)


def test_a_hidden_department_shows_no_allies() -> None:
    shapes = circles(drawing.coverage(allies=None, headcount=41, largest=212))
    assert [circle.looks for circle in shapes] == ["s-dash"]


def test_more_allies_than_people_never_leave_the_outline() -> None:
    everyone, allies = circles(drawing.coverage(allies=90, headcount=50, largest=212))
    assert allies.r <= everyone.r


@pytest.mark.parametrize("stage", range(5))
def test_the_hero_is_solid_up_to_its_share_of_the_way(stage: int) -> None:
    shapes = [
        shape for shape in drawing.hero(stage=stage, share=0.5, names=["d", "v", "o"]) if isinstance(shape, Circle)
    ]
    solid = [circle.r for circle in shapes if circle.looks == "h-l h-l--done"]
    dashed = [circle.r for circle in shapes if circle.looks == "h-l h-l--ahead"]
    assert max(solid, default=0) <= min(dashed, default=math.inf)
    assert {circle.r for circle in shapes if circle.looks == "h-s h-s--done"} == set(drawing.HERO_RADII[1:stage])


def test_members_stand_above_their_section_and_a_crowd_is_capped() -> None:
    picture = drawing.where(sections=2, counts=[1, 9], you=1, narrow=False, label="words", start="start", me="you")
    dots = circles(picture)
    assert [circle.looks for circle in dots] == ["w-dot", "s-fill", *["w-dot"] * (drawing.MOST_DOTS - 1)]
    assert min(circle.y - circle.r for circle in dots) >= picture.top


def test_nothing_yet_can_be_drawn() -> None:
    assert drawing.ladder(reached=0).svg().startswith("<svg ")


def test_a_drawing_says_its_label_and_escapes_it() -> None:
    picture = Drawing(10, 10, [Circle(5, 5, 2.345, "x")], label='a "b" <c>')
    assert picture.svg() == (
        '<svg viewBox="0 0 10 10" role="img" aria-label="a &quot;b&quot; &lt;c&gt;">'
        '<circle class="x" cx="5" cy="5" r="2.35"/></svg>'
    )


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (1.5, "1.5"), (-0.001, "0"), (2.456, "2.46")])
def test_numbers_are_written_short(value: float, text: str) -> None:
    assert number(value) == text
