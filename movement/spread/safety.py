"""Which figures may be shown, so that none of them points at a person (design rule 6).

- A count of fewer than five people is hidden.
- Every other count is shown to the nearest five. The open allies of a department are listed by name; an exact count
  beside them would tell how many discreet ones there are, and one month's beside the next when somebody joined.
- A sum is never taken over what is hidden: it is the sum of what is shown. So what is published depends on the shown
  cells and on *which* cells are hidden, and on nothing else: every hidden count could be 0, 1, 2, 3 or 4 and each
  published figure would be the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Fewer people than this are never counted in public.
FEWEST = 5
#: Counts are shown as multiples of this.
STEP = 5


@dataclass(frozen=True)
class Total:
    """A sum of what is shown. `is_partial` says that something beside it is hidden."""

    shown: int
    is_partial: bool


def publish(count: int) -> int | None:
    """The count to the nearest five, or None for "fewer than 5" (nobody at all looks the same)."""
    return (count + STEP // 2) // STEP * STEP if count >= FEWEST else None


def total(published: Iterable[int | None]) -> Total:
    """The sum of published cells."""
    cells = list(published)
    return Total(shown=sum(cell for cell in cells if cell is not None), is_partial=any(cell is None for cell in cells))


def coverage(published: int | None, headcount: int) -> float | None:
    """Allies ÷ headcount, between 0 and 1; None where either is not to be had. Never more than everybody."""
    if published is None or headcount <= 0:
        return None
    return min(1.0, published / headcount)
