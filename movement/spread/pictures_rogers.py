"""The bell curve of Rogers's categories. Only the worker loads this module."""

from statistics import NormalDist
from typing import Any

from movement.spread.pictures import NARROW, WIDE, Size, draw, frame
from movement.spread.rogers import DEVIATIONS, Rogers

NORMAL = NormalDist()
EDGE = 3.2
FILLS = [f"var(--share-{number})" for number in (1, 2, 3, 2, 1)]


def rogers_svg(found: Rogers) -> str:
    """Twice, as every chart: the stylesheet shows the one that fits."""
    return "".join(draw(rogers_spec(found, size), size) for size in (WIDE._replace(height=220), NARROW))


def rogers_spec(found: Rogers, size: Size) -> dict[str, Any]:
    """Five slices under one curve, and an upright line where we stand. Time has no unit here, so it has no axis."""
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-EDGE, EDGE], "nice": False}}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [0, 0.5]}}
    here = max(-EDGE, min(EDGE, NORMAL.inv_cdf(min(max(found.share, 0.0005), 0.9995))))
    marker = {"data": {"values": [{"x": here, "y": 0.47, "zero": 0}]}}
    return frame(size) | {
        "layer": [
            *slices(x, y),
            {
                **marker,
                "mark": {"type": "rule", "color": "var(--accent)", "strokeWidth": 3},
                "encoding": {"x": x, "y": y, "y2": {"field": "zero"}},
            },
            {
                **marker,
                "mark": {"type": "point", "color": "var(--accent)", "fill": "var(--accent)", "size": 90, "opacity": 1},
                "encoding": {"x": x, "y": y},
            },
            *labels(found, x, y, size),
        ],
    }


def slices(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    cuts = [-EDGE, *DEVIATIONS, EDGE]
    return [
        {
            "data": {"values": [{"x": at, "y": NORMAL.pdf(at)} for at in between(first, last)]},
            "mark": {"type": "area", "color": fill, "line": {"color": "var(--line-strong)", "strokeWidth": 1}},
            "encoding": {"x": x, "y": y},
        }
        for first, last, fill in zip(cuts[:-1], cuts[1:], FILLS, strict=True)
    ]


def between(first: float, last: float, steps: int = 24) -> list[float]:
    return [first + (last - first) * step / steps for step in range(steps + 1)]


def labels(found: Rogers, x: dict[str, Any], y: dict[str, Any], size: Size) -> list[dict[str, Any]]:
    """The share of each slice below it; its name too where there is room (the table has it everywhere)."""
    middles = (-2.55, -1.5, -0.5, 0.5, 1.9)
    rows = [
        {"x": middle, "y": 0.0, "text": [str(one.name), f"{one.size:g} %"] if size.width > 600 else [f"{one.size:g} %"]}
        for middle, one in zip(middles, found.categories, strict=True)
    ]
    mark = {"type": "text", "baseline": "top", "dy": 8, "color": "currentColor", "fontSize": 13, "lineHeight": 18}
    encoding = {"x": x, "y": y, "text": {"field": "text"}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]
