"""Pictures for the demo's groups: drawn here in paper, ink and the covers' cloths, as its people's portraits are."""

import math
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE, SCALE = (1280, 800), 2
PAPER, INK, WASH, ACCENT, LIGHT = "#f7f1e3", "#1f1c18", "#e0e4f0", "#1a40b4", "#f3cf7a"
CLOTHS = ("#d9b47a", "#a9bfa0", "#c9876a", "#9fb4cc", "#d8cba6")
CRUST, FILLING, NIGHT, BRICK = "#d9a860", "#b5533c", "#20283f", "#b9a48a"

Pen = ImageDraw.ImageDraw


def picture(of: str) -> BytesIO:
    """As a PNG file: "table" (seen from above, with a pie), "night" or "yard"."""
    width, height = (side * SCALE for side in SIZE)
    image = Image.new("RGB", (width, height), PAPER)
    DRAWN[of](ImageDraw.Draw(image))
    out = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(out, "PNG")
    out.seek(0)
    return out


def _ring(pen: Pen, x: float, y: float, radius: float, fill: str | None = None, line: float = 0) -> None:
    box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
    pen.ellipse(box, fill=fill, outline=INK if line else None, width=int(line * SCALE))


def _shape(pen: Pen, points: list[tuple[float, float]], fill: str) -> None:
    pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)


def _box(pen: Pen, x: float, y: float, wide: float, high: float, fill: str) -> None:
    pen.rectangle([x * SCALE, y * SCALE, (x + wide) * SCALE, (y + high) * SCALE], fill=fill)


def _book(pen: Pen, x: float, y: float, turn: float, cloth: str, *, is_open: bool = False) -> None:
    """From above, turned by so many degrees."""

    def at(right: float, down: float) -> tuple[float, float]:
        c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        return x + right * c - down * s, y + right * s + down * c

    half = 88 if is_open else 52
    _shape(pen, [at(-half, -70), at(half, -70), at(half, 70), at(-half, 70)], cloth)
    if not is_open:
        _shape(pen, [at(-half, 42), at(half, 42), at(half, 70), at(-half, 70)], INK)
        return
    _shape(pen, [at(-81, -63), at(81, -63), at(81, 63), at(-81, 63)], "#fffdf6")
    for side in (-42, 42):
        for line in range(-44, 50, 18):
            _shape(
                pen, [at(side - 32, line), at(side + 32, line), at(side + 32, line + 4), at(side - 32, line + 4)], BRICK
            )
    _shape(pen, [at(-2, -62), at(2, -62), at(2, 62), at(-2, 62)], BRICK)


def _cup(pen: Pen, x: float, y: float, tea: str) -> None:
    _ring(pen, x, y, 38, "#fffdf6", 3)
    _ring(pen, x, y, 24, tea, 3)


def _table(pen: Pen) -> None:
    _box(pen, 0, 0, *SIZE, WASH)
    _ring(pen, 640, 400, 372, "#e8d9bb", 4)
    _ring(pen, 640, 400, 346, "#efe3c9")
    _ring(pen, 640, 392, 112, "#fffdf6", 3)
    _ring(pen, 640, 392, 92, CRUST)
    _ring(pen, 640, 392, 76, FILLING)
    _shape(pen, [(640, 392), (738, 346), (748, 420)], "#fffdf6")  # the first piece is gone
    for place, turn in enumerate((210, 270, 330, 30, 90, 150)):
        x, y = 640 + 236 * math.cos(math.radians(turn)), 400 + 236 * math.sin(math.radians(turn))
        _book(pen, x, y, turn - 90, CLOTHS[place % 5], is_open=place % 3 == 0)
        side = math.radians(turn + 30)
        _cup(pen, 640 + 292 * math.cos(side), 400 + 292 * math.sin(side), ("#7b4a31", "#b98a4a")[place % 2])


def _night(pen: Pen) -> None:
    _box(pen, 0, 0, *SIZE, "#2b3350")
    _box(pen, 90, 70, 520, 520, NIGHT)
    _ring(pen, 470, 190, 58, LIGHT)
    _ring(pen, 446, 178, 54, NIGHT)
    for x, y in ((170, 140), (250, 250), (330, 130), (540, 330), (200, 380), (420, 420)):
        _ring(pen, x, y, 4, "#fffdf6")
    for x, high in ((90, 120), (190, 180), (300, 90), (380, 150), (500, 110)):
        _box(pen, x, 590 - high, 100, high, "#161c2e")
    _box(pen, 342, 70, 16, 520, BRICK)
    _box(pen, 90, 322, 520, 16, BRICK)
    _shape(pen, [(720, 330), (880, 330), (1080, 640), (520, 640)], "#4a4f63")
    _shape(pen, [(800, 250), (900, 330), (700, 330)], LIGHT)
    _box(pen, 795, 330, 10, 300, INK)
    _box(pen, 0, 640, SIZE[0], 160, "#6b5440")
    _box(pen, 0, 636, SIZE[0], 6, INK)
    for place, high in enumerate((34, 30, 38)):
        _box(pen, 960 + place * 8, 640 - sum((34, 30, 38)[: place + 1]), 190 - place * 16, high - 3, CLOTHS[place + 1])
    _shape(pen, [(620, 668), (740, 652), (860, 668), (860, 720), (740, 704), (620, 720)], "#fffdf6")


def _yard(pen: Pen) -> None:
    _box(pen, 0, 0, *SIZE, "#dce4ea")
    _box(pen, 0, 150, SIZE[0], 400, BRICK)
    for x in (70, 470, 870):
        _box(pen, x, 230, 320, 320, "#8f7c64")
        for line in range(250, 540, 30):
            _box(pen, x + 12, line, 296, 4, BRICK)
    _box(pen, 0, 550, SIZE[0], 250, "#cfc6b4")
    _box(pen, 0, 548, SIZE[0], 5, INK)
    _shape(pen, [(300, 340), (760, 340), (760, 620), (300, 620)], "#fffdf6")
    _shape(pen, [(760, 400), (890, 400), (960, 510), (960, 620), (760, 620)], ACCENT)
    _shape(pen, [(785, 425), (876, 425), (922, 505), (785, 505)], WASH)
    for x in (410, 850):
        _ring(pen, x, 622, 58, INK)
        _ring(pen, x, 622, 24, BRICK)
    for place, radius in enumerate((88, 62, 36)):
        _ring(pen, 530, 568 - radius, radius, line=5 - place)
    _box(pen, 1010, 600, 190, 16, INK)
    _box(pen, 1030, 616, 14, 84, INK)
    _box(pen, 1166, 616, 14, 84, INK)
    _book(pen, 1105, 540, 8, CLOTHS[2])


DRAWN: dict[str, Callable[[Pen], None]] = {"table": _table, "night": _night, "yard": _yard}
