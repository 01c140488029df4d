"""The two bands in one picture. Only the worker loads this module."""

from datetime import date
from typing import Any

from movement.spread.figures import Point
from movement.spread.pictures import NARROW, WIDE, Size, curve, draw
from movement.spread.what_if.answers import Answer

#: Months behind us that are drawn: as many as lie ahead, and half as many again.
BEHIND = 18


def beside_svg(points: list[Point], month: date, told: dict[str, Any]) -> str:
    """Twice, as every chart: the stylesheet shows the one that fits."""
    return "".join(draw(beside_spec(points[-BEHIND:], Answer(month, told), size), size) for size in (WIDE, NARROW))


def beside_spec(points: list[Point], answer: Answer, size: Size) -> dict[str, Any]:
    """As it goes now: grey, dashed edges. With what is wished for: the accent, full edges and a dotted middle."""
    here = {"month": answer.month.isoformat(), **dict.fromkeys(("low", "middle", "high"), answer.told["now"])}

    def rows(which: str) -> dict[str, Any]:
        found = (getattr(one, which) for one in answer.months)
        ahead = [{"month": e.month.isoformat(), "low": e.low, "middle": e.middle, "high": e.high} for e in found]
        return {"values": [here, *ahead]}

    grey = {"color": "var(--ink-faint)", "strokeWidth": 1.5, "strokeDash": [6, 4]}
    strong = {"color": "var(--accent)", "strokeWidth": 1.5}
    dots = {"color": "var(--accent)", "strokeWidth": 2.5, "strokeDash": [2, 6], "strokeCap": "round"}
    layers = [
        wash(rows("then"), "var(--accent-wash)", 1.0),
        wash(rows("as_now"), "var(--ink-faint)", 0.22),
        *(line(rows("as_now"), end, grey) for end in ("low", "high")),
        *(line(rows("then"), end, strong) for end in ("low", "high")),
        line(rows("then"), "middle", dots),
    ]
    return curve(points, layers, size)


def wash(data: dict[str, Any], color: str, opacity: float) -> dict[str, Any]:
    encoding = {"y": {"field": "high", "type": "quantitative"}, "y2": {"field": "low"}}
    return {"data": data, "mark": {"type": "area", "color": color, "opacity": opacity}, "encoding": encoding}


def line(data: dict[str, Any], field: str, look: dict[str, Any]) -> dict[str, Any]:
    encoding = {"y": {"field": field, "type": "quantitative"}}
    return {"data": data, "mark": {"type": "line"} | look, "encoding": encoding}
