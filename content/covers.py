"""Covers drawn by the site itself: circles that stand on one ground line, in the colours of its paper and ink."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE = 1200, 630, 2
PAPER, INK, ACCENT, WASH, FIELD, ON_FIELD = "#f7f1e4", "#1d1a16", "#1a40b4", "#e0e4f0", "#1a40b4", "#fffcf4"
GROUND = 560


class Sheet:
    """Twice the size, made small again at the end, so that lines are smooth."""

    def __init__(self, paper: str = PAPER, ink: str = INK) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), paper)
        self.pen, self.ink = ImageDraw.Draw(self.image), ink

    def ring(
        self,
        x: float,
        radius: float,
        *,
        colour: str = ACCENT,
        width: float = 4,
        fill: str | None = None,
        lift: float = 0,
    ) -> None:
        """A circle that stands on the ground line at x (or `lift` above it)."""
        low = GROUND - lift
        box = [(x - radius) * SCALE, (low - 2 * radius) * SCALE, (x + radius) * SCALE, low * SCALE]
        self.pen.ellipse(box, outline=colour, width=round(width * SCALE), fill=fill)

    def ground(self) -> None:
        self.pen.rectangle([0, GROUND * SCALE, WIDTH * SCALE, (GROUND + 3) * SCALE], fill=self.ink)

    def file(self, name: str) -> ContentFile:
        out = BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
        return ContentFile(out.getvalue(), name=f"{name}.png")


def draw(kind: str, *, name: str) -> ContentFile:
    """A cover of one of the kinds in DRAWINGS, as a PNG file called after `name`."""
    return DRAWINGS[kind](offset=sum(name.encode()) % 9).file(name)


def rings(offset: int) -> Sheet:
    sheet, x = Sheet(), 520 + 20 * offset
    for step in range(11, 0, -1):
        sheet.ring(x, 22 * step + step * step * 0.9, width=6 if step in (3, 7) else 2)
    sheet.ring(x, 20, fill=ACCENT)
    sheet.ground()
    return sheet


def chain(offset: int) -> Sheet:
    sheet = Sheet()
    for link in range(5):
        radius = 150 - 12 * ((link + offset) % 5)
        sheet.ring(150 + link * 225, radius, width=9 if link == offset % 5 else 4)
        sheet.ring(150 + link * 225, 18, fill=ACCENT)
    sheet.ground()
    return sheet


def gap(offset: int) -> Sheet:
    sheet, x = Sheet(), 470 + 30 * offset
    sheet.ring(x, 255, width=5)
    sheet.ring(x, 80, fill=ACCENT)
    sheet.ground()
    return sheet


def ground(offset: int) -> Sheet:
    sheet = Sheet(paper=FIELD, ink=ON_FIELD)
    for number in range(9):
        radius = 26 + 14 * ((number * 4 + offset) % 9)
        filled = number == offset
        sheet.ring(90 + number * 128, radius, colour=ON_FIELD, width=3, fill=ON_FIELD if filled else None)
    sheet.ground()
    return sheet


def meet(offset: int) -> Sheet:
    sheet = Sheet()
    for x, first in ((470 - 8 * offset, True), (730 + 8 * offset, False)):
        for radius in (240, 150, 70):
            sheet.ring(x, radius, colour=ACCENT if first else INK, width=4)
        sheet.ring(x, 20, colour=ACCENT if first else INK, fill=ACCENT if first else INK)
    sheet.ground()
    return sheet


DRAWINGS = {"rings": rings, "chain": chain, "gap": gap, "ground": ground, "meet": meet}
