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
INK, WHITE = "#1d1a16", "#ffffff"
ROW = 30
#: Between a unit's name and what tells it from another of that name; only what stands before is shown.
APART = "\ue000"


def heat_spec(told: dict[str, Any]) -> dict[str, Any]:
    """Units × months; a dot where nothing may be told."""
    months = [date_format(date.fromisoformat(month), "M y") for month in told["months"]]
    units = [f"{printable(name)}{APART}{slug}" for name, slug, _cells in told["rows"]]
    rows = [
        {"unit": unit, "month": month, "share": percent, "said": "·" if percent is None else str(percent)}
        for unit, (_name, _slug, cells) in zip(units, told["rows"], strict=True)
        for month, (percent, _why) in zip(months, cells, strict=True)
    ]
    quiet = {"domain": False, "ticks": False, "labelPadding": 8, "labelLimit": 260}
    name_alone = {"labelExpr": f"split(datum.label, {json.dumps(APART)})[0]"}
    places = {
        "x": across(None, "ordinal", "month", quiet | {"orient": "top"}) | {"sort": months},
        "y": across(None, "ordinal", "unit", quiet | name_alone) | {"sort": units},
    }
    shade = {"field": "share", "type": "quantitative", "legend": None}
    ink = {"condition": {"test": f"datum.share >= {DARK}", "value": WHITE}, "value": INK}
    return frame(WIDE._replace(width=max(52 * len(months), 260), height=ROW * max(len(told["rows"]), 1))) | {
        "data": {"values": rows},
        "encoding": places,
        "layer": [
            {
                "transform": [{"filter": "datum.share !== null"}],
                "mark": {"type": "rect", "stroke": WHITE, "strokeWidth": 2},
                "encoding": {"color": shade | {"scale": {"type": "threshold", "domain": SHADES, "range": RAMP}}},
            },
            {
                "mark": {"type": "text", "fontSize": 13},
                "encoding": {"text": {"field": "said", "type": "nominal"}, "color": ink},
            },
        ],
    }


def printable(name: str) -> str:
    """Without what no picture can hold: one odd character in a unit's name would leave all undrawn."""
    return "".join(letter for letter in name if letter.isprintable() and letter != APART)


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
    colours = in_colours("end", names, ["var(--accent)"] * 2)
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
            "color": colours | {"legend": colours["legend"] | {"symbolType": "circle"}},
            "fill": {
                "field": "end",
                "type": "nominal",
                "scale": {"domain": names, "range": [WHITE, "var(--accent)"]},
            },
        },
    }
