"""Portraits for the demo's people: drawn here, a head and shoulders in paper and ink, each a little different."""

from io import BytesIO

from PIL import Image, ImageDraw

from movement.allies.portraits import SIDE

SCALE = 2
PAPERS = ("#e0e4f0", "#e8e0cd", "#dfe8df", "#f0e2d8", "#e6e1ee")
COATS = ("#1a40b4", "#3b3630", "#2f6b4f", "#8a4b2a", "#5a4b8a")
SKINS = ("#f2d3bd", "#d9a884", "#a9714d", "#7b4a31", "#eac09f")
HAIRS = ("#2b211b", "#6b4a2b", "#b98a4a", "#8d8d8d", "#3a2c4a")


def portrait(number: int) -> bytes:
    """As a PNG file; the same for the same number."""
    size = SIDE * SCALE
    image = Image.new("RGB", (size, size), PAPERS[number % 5])
    pen = ImageDraw.Draw(image)

    def ring(x: float, y: float, wide: float, high: float, fill: str) -> None:
        pen.ellipse([(x - wide) * size, (y - high) * size, (x + wide) * size, (y + high) * size], fill=fill)

    skin, hair = SKINS[number * 3 % 5], HAIRS[number * 7 % 5]
    if number % 3 == 0:  # long hair, behind
        ring(0.5, 0.5, 0.25, 0.31, hair)
    ring(0.5, 1.12, 0.42, 0.4, COATS[number * 2 % 5])
    ring(0.5, 0.7, 0.09, 0.16, skin)
    ring(0.5, 0.4, 0.225, 0.245, hair)
    ring(0.5, 0.46 + 0.012 * (number % 3), 0.19, 0.22, skin)
    out = BytesIO()
    image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
