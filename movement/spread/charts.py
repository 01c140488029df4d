"""Which pictures there are. Loaded by the web process: draws nothing itself."""

import hashlib

from django.utils.safestring import SafeString, mark_safe

from movement.spread.models import ChartPicture

GROWTH, ROGERS, STAYING, DOING = "growth", "rogers", "staying", "doing"


def fingerprint(*figures: object) -> str:
    """Of plain values and dataclasses of them: the same figures, the same picture."""
    return hashlib.sha256(repr(figures).encode()).hexdigest()


def pictures() -> dict[str, SafeString]:
    """The stored SVGs by name, drawn by our own worker from numbers; none is there until it has been."""
    return {name: mark_safe(svg) for name, svg in ChartPicture.objects.values_list("name", "svg")}
