"""Times that a test may ask for, set against the pace of the machine in that moment.

So a slow or busy one does not fail what a quiet one passes.

A figure in an issue ("150 ms") is meant for an ordinary machine. `seconds_of` measures the work beside a fixed
yardstick and answers in seconds of the machine on which YARDSTICK was taken. The heap of a suite that has run for ten
minutes is frozen meanwhile: the garbage collector would else walk it on the work's account.
"""

import gc
import time
from collections.abc import Callable

# Seconds of processor time that `_yardstick` takes on the quiet machine of two cores on which the figures were taken.
YARDSTICK = 0.0097


def _yardstick() -> int:
    """Work of the kind that the site does: small objects, dictionaries, strings, calls."""
    held: dict[str, list[int]] = {}
    for n in range(30_000):
        held.setdefault(f"{n % 997:03d}", []).append(n)
    return sum(len(", ".join(map(str, sorted(numbers, reverse=True)))) for numbers in held.values())


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def seconds_of(work: Callable[[], object], times: int = 3) -> float:
    """Processor seconds, the least of some `times`, as the machine of YARDSTICK would have taken."""
    gc.collect()
    gc.freeze()
    try:
        ratios = []
        for _time in range(times):
            before = min(_timed(_yardstick) for _ in range(3))
            took = _timed(work)
            after = min(_timed(_yardstick) for _ in range(3))
            ratios.append(2 * took / (before + after))
    finally:
        gc.unfreeze()
    return min(ratios) * YARDSTICK
