"""Which pictures there are. Loaded by the web process: draws nothing itself."""

import hashlib

from django.utils.safestring import SafeString, mark_safe

from movement.spread.models import ChartPicture

GROWTH, ROGERS, STAYING, DOING = "growth", "rogers", "staying", "doing"
#: Tables and shapes in the page, drawn only as files.
HEAT, GAP = "heat", "gap"
ON_SPREAD = (GROWTH, ROGERS, STAYING, DOING, HEAT, GAP)
#: The same once more at the size of the report's page.
ON_PAPER = {name: f"paper-{name}" for name in (GROWTH, STAYING, DOING)}


def fingerprint(*figures: object) -> str:
    """Of plain values and dataclasses of them: the same figures, the same picture."""
    return hashlib.sha256(repr(figures).encode()).hexdigest()


def pictures(*names: str) -> dict[str, SafeString]:
    """The stored SVGs by name, drawn by our own worker from numbers; none is there until it has been."""
    found = ChartPicture.objects.filter(name__in=names).values_list("name", "svg")
    return {name: mark_safe(svg) for name, svg in found}


def png_of(name: str) -> bytes | None:
    found = ChartPicture.objects.filter(name=name, png__isnull=False).values_list("png", flat=True).first()
    return bytes(found) if found is not None else None
