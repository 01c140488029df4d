"""Charts as pictures. Only the worker loads this module: vl_convert brings a whole renderer into memory."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import vl_convert
from django.utils.translation import gettext as _

from movement.actions.models import Kind
from movement.spread.estimates import Expected
from movement.spread.figures import Point


class Size(NamedTuple):
    """How large a chart is drawn, so that its text is legible where it is shown; `name` is its class."""

    name: str
    width: int
    height: int
    months: int
    figures: int


WIDE = Size("chart--wide", 1040, 320, 7, 5)
NARROW = Size("chart--narrow", 310, 210, 3, 4)
#: Half a page wide, on a screen and on a telephone.
HALF, HALF_NARROW = Size("chart--wide", 520, 250, 4, 4), Size("chart--narrow", 370, 220, 4, 4)
#: As wide as the report's page (the curve stands higher there than the bars), and half of it.
PAPER, LOW_PAPER = Size("chart--wide", 640, 165, 6, 4), Size("chart--wide", 640, 120, 6, 4)
HALF_PAPER = Size("chart--wide", 300, 110, 4, 3)


def growth_svg(points: list[Point], expected: list[Expected], sizes: tuple[Size, ...] = (WIDE, NARROW)) -> str:
    """The curve once for each size, one above the other in the page: the stylesheet shows the one that fits."""
    return "".join(draw(growth_spec(points, expected, size), size) for size in sizes)


def both(spec: Callable[[Any, Size], dict[str, Any]], told: Any, sizes: tuple[Size, ...]) -> str:
    return "".join(draw(spec(told, size), size) for size in sizes)


def growth_spec(points: list[Point], expected: list[Expected], size: Size) -> dict[str, Any]:
    return curve(points, band(points[-1], expected) if points and expected else [], size)


def curve(points: list[Point], below: list[dict[str, Any]], size: Size) -> dict[str, Any]:
    """Allies by month, as a Vega-Lite chart in the site's own colours (they follow light and dark paper), over the
    layers `below`."""
    rows = [{"month": point.month.isoformat(), "allies": point.allies} for point in points]
    return frame(size) | {
        "data": {"values": rows},
        "encoding": {
            "x": {
                "field": "month",
                "type": "temporal",
                "title": None,
                "axis": {
                    "format": "%b %Y",
                    "grid": False,
                    "tickCount": size.months,
                    "domainColor": "var(--ground)",
                    "tickColor": "var(--ground)",
                },
            },
            "y": {
                "field": "allies",
                "type": "quantitative",
                "title": None,
                "axis": {"tickCount": size.figures, "domain": False, "ticks": False, "gridColor": "var(--line)"},
            },
        },
        "layer": [
            *below,
            {"mark": {"type": "area", "color": "var(--accent-wash)", "interpolate": "monotone"}},
            {"mark": {"type": "line", "color": "var(--accent)", "strokeWidth": 3, "interpolate": "monotone"}},
            {
                "transform": [
                    {"window": [{"op": "row_number", "as": "n"}], "sort": [{"field": "month", "order": "descending"}]},
                    {"filter": "datum.n == 1"},
                ],
                "mark": {"type": "point", "color": "var(--accent)", "fill": "var(--accent)", "size": 90, "opacity": 1},
            },
        ],
    }


def frame(size: Size) -> dict[str, Any]:
    """What all charts have in common: the page's own ink, and no paper of their own."""
    ink = {"labelColor": "currentColor", "titleColor": "currentColor", "labelFontSize": 13, "titleFontSize": 13}
    ink |= {"titleFontWeight": 400}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": size.width,
        "height": size.height,
        "background": None,
        "config": {"view": {"stroke": None}, "axis": ink, "legend": ink, "font": "inherit"},
    }


def across(title: str | None, kind: str, field: str, axis: dict[str, Any]) -> dict[str, Any]:
    lines = {"grid": False, "domainColor": "var(--ground)", "tickColor": "var(--ground)", "labelAngle": 0}
    return {"field": field, "type": kind, "title": title, "axis": lines | axis}


def upwards(size: Size, field: str, **more: Any) -> dict[str, Any]:
    lines = {"tickCount": size.figures, "domain": False, "ticks": False, "gridColor": "var(--line)"}
    return {"field": field, "type": "quantitative", "title": None, "axis": lines} | more


def in_colours(field: str, names: list[str], colours: list[str]) -> dict[str, Any]:
    key = {
        "orient": "top",
        "title": None,
        "direction": "vertical",
        "symbolType": "square",
        "labelLimit": 300,
        "symbolOpacity": 1,
    }
    return {"field": field, "type": "nominal", "scale": {"domain": names, "range": colours}, "legend": key}


#: So that the first and the last bar stand beside the axis and not on it.
ROOM = {"scale": {"padding": 18}}


def doing_spec(told: dict[str, Any], size: Size) -> dict[str, Any]:
    """Actions a week, one piece of the bar for each kind."""
    names = [str(Kind(kind).label).partition(":")[0] for kind in Kind.values] + [_("Not said")]
    rows = [
        {"week": week, "kind": name, "actions": count}
        for week, counts in told["weeks"]
        for name, count in zip(names, counts, strict=True)
    ]
    kinds = in_colours("kind", names, ["var(--share-5)", "var(--share-3)", "var(--share-2)", "var(--line)"])
    return frame(size) | {
        "data": {"values": rows},
        "mark": {"type": "bar", "width": 0.7 * size.width / max(len(told["weeks"]), 1)},
        "encoding": {
            "x": across(None, "temporal", "week", {"format": "%b %Y", "tickCount": size.months}) | ROOM,
            "y": upwards(size, "actions", stack="zero"),
            "color": kinds
            | {"legend": kinds["legend"] | {"direction": "horizontal" if size.width > 600 else "vertical"}},
        },
    }


def staying_spec(told: list[dict[str, Any]], size: Size) -> dict[str, Any]:
    """The newest cohorts' curves: how many of a hundred are still active after so many months."""
    shown = told[-3:]
    names = [cohort_name(cohort) for cohort in shown]
    rows = [
        {"cohort": name, "months": months, "share": share, "low": low, "high": high}
        for name, cohort in zip(names, shown, strict=True)
        for months, share, low, high in cohort["curve"]
    ]
    colours = in_colours("cohort", names, ["var(--line-strong)", "var(--share-3)", "var(--accent)"][-len(names) :])
    step = {"interpolate": "step-after"}
    return frame(size) | {
        "data": {"values": rows},
        "encoding": {
            "x": across(_("months since joining"), "quantitative", "months", {"tickCount": size.months, "format": "d"}),
            "color": colours,
        },
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.12, **step},
                "encoding": {"y": upwards(size, "low", scale={"domain": [0, 100]}), "y2": {"field": "high"}},
            },
            {"mark": {"type": "line", "strokeWidth": 2.5, **step}, "encoding": {"y": upwards(size, "share")}},
        ],
    }


def cohort_name(cohort: dict[str, Any]) -> str:
    said = {"half": cohort["half"], "year": cohort["year"]}
    return _("joined in half %(half)s of %(year)s") % said


def band(last: Point, expected: list[Expected]) -> list[dict[str, Any]]:
    """What is expected, from the last month that was counted on: the band, its edges, and the dashes in its middle."""
    here = {"month": last.month.isoformat(), "low": last.allies, "allies": last.allies, "high": last.allies}
    onward = [
        {"month": one.month.isoformat(), "low": one.low, "allies": one.middle, "high": one.high} for one in expected
    ]
    data = {"values": [here, *onward]}
    upper = {"y": {"field": "high", "type": "quantitative"}}
    lower = {"y": {"field": "low", "type": "quantitative"}}
    edge = {"type": "line", "color": "var(--accent)", "strokeWidth": 1, "opacity": 0.45}
    middle = {"type": "line", "color": "var(--accent)", "strokeWidth": 2, "strokeDash": [2, 6], "strokeCap": "round"}
    return [
        {
            "data": data,
            "mark": {"type": "area", "color": "var(--accent-wash)"},
            "encoding": upper | {"y2": {"field": "low"}},
        },
        {"data": data, "mark": edge, "encoding": upper},
        {"data": data, "mark": edge, "encoding": lower},
        {"data": data, "mark": middle},
    ]


def draw(spec: dict[str, Any], size: Size) -> str:
    """The SVG of a Vega-Lite chart: no style element or attribute in it, so the strict policy holds."""
    svg: str = vl_convert.vegalite_to_svg(json.dumps(spec))
    return svg.replace('class="marks"', f'class="{size.name}"', 1)
