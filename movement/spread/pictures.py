"""Charts as pictures. Only the worker loads this module: vl_convert brings a whole renderer into memory."""

import json
from typing import Any, NamedTuple

import vl_convert

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


def growth_svg(points: list[Point]) -> str:
    """The curve twice, one above the other in the page: the stylesheet shows the one that fits."""
    return "".join(draw(growth_spec(points, size), size) for size in (WIDE, NARROW))


def growth_spec(points: list[Point], size: Size) -> dict[str, Any]:
    """Allies by month, as a Vega-Lite chart in the site's own colours (they follow light and dark paper)."""
    rows = [{"month": point.month.isoformat(), "allies": point.allies} for point in points]
    axis = {"labelColor": "currentColor", "titleColor": "currentColor", "labelFontSize": 13, "titleFontSize": 13}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": size.width,
        "height": size.height,
        "background": None,
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
        "config": {"view": {"stroke": None}, "axis": axis, "font": "inherit"},
    }


def draw(spec: dict[str, Any], size: Size) -> str:
    """The SVG of a Vega-Lite chart: no style element or attribute in it, so the strict policy holds."""
    svg: str = vl_convert.vegalite_to_svg(json.dumps(spec))
    return svg.replace('class="marks"', f'class="{size.name}"', 1)
