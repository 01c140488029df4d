"""A book's cover, drawn by the project: colour and swell follow from the title, so that a book keeps its face."""

import textwrap
import zlib
from dataclasses import dataclass

from clubs.reading.models import Book

RINGS, LINE, SHORTEST, FOOT = 5, 32, 11, 252
#: Cloth colours; the stylesheet keeps their classes.
CLOTHS = 5


@dataclass(frozen=True)
class Cover:
    """Everything in the units of a 210 by 300 view box."""

    lines: list[tuple[int, str]]
    author: str
    cloth: int
    rings: list[tuple[float, float, float, float]]
    small: bool


def cover_of(book: Book) -> Cover:
    seed = zlib.crc32(book.title.encode())
    small = max((len(word) for word in book.title.split()), default=0) > SHORTEST or len(book.title) > 40
    broken = textwrap.wrap(book.title, 16 if small else SHORTEST + 1)[: 6 if small else 5]
    step = 26 if small else LINE
    lines = [(44 + step * place, line) for place, line in enumerate(broken)]
    author = book.author if len(book.author) <= 26 else book.author.split()[-1][:26]
    return Cover(lines, author, seed % CLOTHS, _rings(seed, below=lines[-1][0]), small)


def _rings(seed: int, *, below: int) -> list[tuple[float, float, float, float]]:
    """Circles (x, y, radius, stroke) that stand on the bar at the foot, as the site's swell does, below the title."""
    x = 60 + seed // CLOTHS % 10 * 10
    step = min(15 + seed // 50 % 4, (FOOT - below - 16) // 2 / (RINGS - 1) - 3)
    circles = ((12 + step * n, round(3 - 0.4 * n, 1)) for n in range(RINGS))
    return [(x, round(FOOT - r, 1), round(r, 1), width) for r, width in circles]
