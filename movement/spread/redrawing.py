"""Which of the pictures are drawn anew. Only the worker loads this module: it brings the renderer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from movement.spread import charts, estimates
from movement.spread.figures import growth
from movement.spread.models import ChartPicture
from movement.spread.pictures import HALF, HALF_NARROW, NARROW, WIDE, both, doing_spec, growth_svg, staying_spec
from movement.spread.pictures_rogers import rogers_svg

#: Another one draws every picture again.
VERSION = 2


def draw_all() -> None:
    """Each picture whose figures are there, and others than those it was drawn from."""
    told = estimates.kept(estimates.STAYING, estimates.DOING)
    ahead, _carrying, rogers = estimates.read()
    points = growth()
    if points:
        expected = ahead.months if ahead else []
        _draw(charts.GROWTH, (points, expected), lambda: growth_svg(points, expected))
    if rogers:
        _draw(charts.ROGERS, (rogers.allies, rogers.within_reach), partial(rogers_svg, rogers))
    else:
        ChartPicture.objects.filter(name=charts.ROGERS).delete()
    half, whole = (HALF, HALF_NARROW), (WIDE, NARROW)
    for name, spec, sizes in ((charts.STAYING, staying_spec, half), (charts.DOING, doing_spec, whole)):
        if (estimate := told.get(name)) and estimate.told:
            _draw(name, estimate.told, partial(both, spec, estimate.told, sizes))
        else:
            ChartPicture.objects.filter(name=name).delete()


def _draw(name: str, figures: Any, draw_it: Callable[[], str]) -> None:
    of = charts.fingerprint(VERSION, figures)
    if not ChartPicture.objects.filter(name=name, of=of).exists():
        ChartPicture.objects.update_or_create(name=name, defaults={"of": of, "svg": draw_it()})
