"""Lucide's icons, drawn into the page so that they take the colour of the words beside them."""

from functools import cache
from xml.etree.ElementTree import Element, QName

import lucide
from django.utils.html import escape
from django.utils.safestring import SafeString

DRAWN = {"class": "icon", "viewBox": "0 0 24 24", "fill": "none", "stroke": "currentColor", "stroke-width": "1.75"}
ROUND = {"stroke-linecap": "round", "stroke-linejoin": "round"}


@cache
def icon(name: str, *, label: str = "") -> SafeString:
    """The icon called `name`; raises `lucide.IconDoesNotExist` for a name that Lucide does not know."""
    svg = lucide._load_icon(name)
    inner = "".join(_element(child) for child in svg)
    attributes = " ".join(f'{key}="{value}"' for key, value in (DRAWN | ROUND).items())
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return SafeString(f"<svg {attributes} {spoken}>{inner}</svg>")


def _element(node: Element) -> str:
    attributes = " ".join(f'{key}="{escape(value)}"' for key, value in node.attrib.items())
    return f"<{_tag(node)} {attributes}/>"


def _tag(node: Element) -> str:
    name = node.tag  # lucide strips the namespace and leaves a QName
    return name.text if isinstance(name, QName) else str(name)
