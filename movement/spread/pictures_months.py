"""What the pages show as a table or in shapes of their own, drawn for a file: the heat map, and the gap month by month.
Only the worker loads this module."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from movement.personas.gap import GapMonth
from movement.personas.ratings import Mark
from movement.spread.pictures import NARROW, WIDE, Size, across, frame, in_colours

#: The shades of the page: from so many in a hundred on. Nothing told has none.
SHADES = [1, 10, 17, 25, 50]
RAMP = [f"var(--share-{number})" for number in range(6)]
#: From here on the figure stands in white upon the shade.
DARK = 25
ROW = 30


def heat_spec(told: dict[str, Any]) -> dict[str, Any]:
    """Units × months; a dot where nothing may be told."""
    months = [date_format(date.fromisoformat(month), "M y") for month in told["months"]]
    rows = [
        {"unit": name, "month": month, "share": percent, "said": "·" if percent is None else str(percent)}
        for name, _slug, cells in told["rows"]
        for month, (percent, _why) in zip(months, cells, strict=True)
    ]
    quiet = {"domain": False, "ticks": False, "labelPadding": 8, "labelLimit": 260}
    places = {
        "x": across(None, "ordinal", "month", quiet | {"orient": "top"}) | {"sort": None},
        "y": across(None, "ordinal", "unit", quiet) | {"sort": None},
    }
    shade = {"field": "share", "type": "quantitative", "legend": None}
    ink = {"condition": {"test": f"datum.share >= {DARK}", "value": "#ffffff"}, "value": "currentColor"}
    return frame(WIDE._replace(width=max(52 * len(months), 260), height=ROW * max(len(told["rows"]), 1))) | {
        "data": {"values": rows},
        "encoding": places,
        "layer": [
            {
                "transform": [{"filter": "datum.share !== null"}],
                "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 2},
                "encoding": {"color": shade | {"scale": {"type": "threshold", "domain": SHADES, "range": RAMP}}},
            },
            {
                "mark": {"type": "text", "fontSize": 13},
                "encoding": {"text": {"field": "said", "type": "nominal"}, "color": ink},
            },
        ],
    }


def gap_spec(months: Sequence[GapMonth], size: Size = NARROW) -> dict[str, Any]:
    """What who serves believes above what who is served receives: the averages of everybody together."""
    names = [_("believed"), _("received")]
    rows = [
        {"month": date_format(one.month, "M y"), "end": name, "mark": float(value)}
        for one in months
        for name, value in zip(names, (one.server, one.served), strict=True)
        if value is not None
    ]
    words = " : ".join(f"datum.value == {mark.value} ? {json.dumps(str(mark.label))}" for mark in Mark)
    marks = {
        "values": [mark.value for mark in Mark],
        "labelExpr": f"{words} : ''",
        "domain": False,
        "ticks": False,
        "gridColor": "var(--line)",
    }
    lowest, highest = min(Mark.values), max(Mark.values)
    return frame(size._replace(width=560, height=280)) | {
        "data": {"values": rows},
        "mark": {"type": "point", "size": 180, "opacity": 1, "strokeWidth": 2},
        "encoding": {
            "x": across(None, "ordinal", "month", {"domainColor": "var(--ground)"}) | {"sort": None},
            "y": {
                "field": "mark",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [lowest, highest]},
                "axis": marks,
            },
            "color": in_colours("end", names, ["var(--accent)"] * 2),
            "fill": {
                "field": "end",
                "type": "nominal",
                "scale": {"domain": names, "range": ["#ffffff", "var(--accent)"]},
            },
        },
    }
