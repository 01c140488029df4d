"""Which of the pictures are drawn anew. Only the worker loads this module: it brings the renderer."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from movement.personas.gap import published
from movement.spread import charts, estimates
from movement.spread.figures import of_several, points
from movement.spread.models import ChartPicture, Estimate
from movement.spread.pictures import (
    HALF,
    HALF_NARROW,
    HALF_PAPER,
    LOW_PAPER,
    NARROW,
    PAPER,
    WIDE,
    Size,
    both,
    doing_spec,
    growth_spec,
    growth_svg,
    staying_spec,
)
from movement.spread.pictures_months import gap_spec, heat_spec
from movement.spread.pictures_png import png
from movement.spread.pictures_rogers import rogers_spec, rogers_svg

#: Another one draws every picture again.
VERSION = 3
TOLD = (estimates.GROWTH, estimates.HEAT, estimates.STAYING, estimates.DOING)


class Drawing(NamedTuple):
    """What a picture is drawn from, and how: for the page, and as a file if it is one."""

    name: str
    figures: Any
    svg: Callable[[], str] | None
    png: Callable[[], bytes] | None


def draw_all() -> None:
    """Each picture whose figures are there, and others than those it was drawn from; the rest goes."""
    wanted = list(drawings())
    ChartPicture.objects.exclude(name__in=[one.name for one in wanted]).delete()
    for one in wanted:
        _draw(one)


def drawings() -> Iterator[Drawing]:
    found = estimates.kept(*TOLD, estimates.AHEAD, estimates.CARRYING, estimates.ROGERS)
    yield from _growth(found)
    for name, title, spec, sizes, paper in (
        (charts.STAYING, _("Who stays with it: active, in a hundred"), staying_spec, (HALF, HALF_NARROW), HALF_PAPER),
        (charts.DOING, _("Small actions, week by week"), doing_spec, (WIDE, NARROW), LOW_PAPER),
    ):
        if told := _told(found, name):
            file = partial(_file, spec, told, title)
            yield Drawing(name, told, partial(both, spec, told, sizes), file)
            yield Drawing(charts.ON_PAPER[name], told, partial(both, spec, told, (paper, HALF_NARROW)), None)
    if (heat := _told(found, estimates.HEAT)) and len(heat["months"]) > 1:
        yield Drawing(charts.HEAT, heat, None, lambda: png(heat_spec(heat), _("Allies in a hundred, month by month")))
    if gaps := published():
        figures = [(one.month, one.server, one.served) for one in gaps]
        yield Drawing(
            charts.GAP, figures, None, lambda: png(gap_spec(gaps), _("How well is it going? Believed, and received"))
        )


def _growth(found: dict[str, Estimate]) -> Iterator[Drawing]:
    """The curve with what is expected of it, and the names that Rogers would give to where it is."""
    ahead, _carrying, rogers = estimates.read(found)
    months = points(_told(found, estimates.GROWTH) or [])
    if months:
        expected = ahead.months if ahead else []
        file = partial(
            _file, lambda _told, size: growth_spec(months, expected, size), None, _("Allies, month by month")
        )
        yield Drawing(charts.GROWTH, (months, expected), partial(growth_svg, months, expected), file)
        if on_paper := of_several(months):
            beyond = expected if on_paper[-1] == months[-1] else []
            paper = partial(growth_svg, on_paper, beyond, (PAPER, NARROW))
            yield Drawing(charts.ON_PAPER[charts.GROWTH], (on_paper, beyond), paper, None)
    if rogers:
        figures = (rogers.allies, rogers.within_reach)
        bell = partial(_file, rogers_spec, rogers, _("Where we are, by the names of Rogers"))
        yield Drawing(charts.ROGERS, figures, partial(rogers_svg, rogers), bell)


def _file(spec: Callable[[Any, Size], dict[str, Any]], told: Any, title: str) -> bytes:
    return png(spec(told, WIDE), title)


def _told(found: dict[str, Estimate], name: str) -> Any:
    return found[name].told if name in found else None


def _draw(one: Drawing) -> None:
    of = charts.fingerprint(VERSION, one.figures)
    if not ChartPicture.objects.filter(name=one.name, of=of).exists():
        svg, file = one.svg() if one.svg else "", one.png() if one.png else None
        ChartPicture.objects.update_or_create(name=one.name, defaults={"of": of, "svg": svg, "png": file})
