"""Charts as PNG files, to be put on a slide or into a mail: dark ink on white, with a title. Only the worker loads this
module."""

import json
import re
from typing import Any

import vl_convert

#: Outside of the page nobody reads its stylesheet: the light values of `site/static/css/core/tokens.css`.
LIGHT = {
    "accent": "#1a40b4",
    "accent-wash": "#e0e4f0",
    "ground": "#1d1a16",
    "line": "#d9ceb8",
    "line-strong": "#827866",
    "share-0": "#ece3d0",
    "share-1": "#cfd6ea",
    "share-2": "#a3b3e2",
    "share-3": "#7089d2",
    "share-4": "#4163c4",
    "share-5": "#1a40b4",
}
INK, INK_SOFT = "#1d1a16", "#534c41"
#: The renderer brings the first one along.
FACES = "Liberation Sans, Helvetica, Arial, sans-serif"
#: Dots for each unit of the spec: sharp on paper and on a projector.
SCALE = 2


def png(spec: dict[str, Any], title: str) -> bytes:
    """The same chart as in the page, as a file that stands for itself."""
    heading = {"text": title, "anchor": "start", "color": INK, "fontSize": 20, "fontWeight": 600, "offset": 18}
    alone = on_white(spec) | {"background": "#ffffff", "padding": 28, "title": heading}
    alone["config"] = alone["config"] | {"font": FACES}
    drawn: bytes = vl_convert.vegalite_to_png(json.dumps(alone), scale=SCALE)
    return drawn


def on_white(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec with colours instead of the names of tokens."""
    named = re.sub(r"var\(--([\w-]+)\)", lambda found: LIGHT[found[1]], json.dumps(spec))
    plain: dict[str, Any] = json.loads(named.replace("currentColor", INK_SOFT))
    return plain
