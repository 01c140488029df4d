"""Which pictures there are, and whether they are up to date. Loaded by the web process: draws nothing itself."""

import hashlib

from django.utils.safestring import SafeString, mark_safe

from movement.spread.figures import Point
from movement.spread.models import ChartPicture

GROWTH = "growth"


def fingerprint(points: list[Point]) -> str:
    return hashlib.sha256(repr(points).encode()).hexdigest()


def picture(name: str) -> SafeString | None:
    """The stored SVG, drawn by our own worker from numbers; None until it has been."""
    svg = ChartPicture.objects.filter(name=name).values_list("svg", flat=True).first()
    return mark_safe(svg) if svg else None
