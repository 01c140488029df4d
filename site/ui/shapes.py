"""The few SVG shapes that every picture of the site is made of. Data stands in attributes, looks in classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def number(value: float) -> str:
    """The shortest writing of `value` with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    r: float
    looks: str
    stroke: float | None = None

    def svg(self) -> SafeString:
        stroke = format_html(' stroke-width="{}"', number(self.stroke)) if self.stroke else ""
        place = (number(self.x), number(self.y), number(self.r))
        return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"{}/>', self.looks, *place, stroke)


@dataclass(frozen=True)
class Line:
    x1: float
    x2: float
    y1: float
    y2: float
    looks: str = "s-ground"

    def svg(self) -> SafeString:
        ends = (number(self.x1), number(self.x2), number(self.y1), number(self.y2))
        return format_html('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', self.looks, *ends)


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    text: str
    looks: str
    anchor: str = "middle"

    def svg(self) -> SafeString:
        place = (number(self.x), number(self.y), self.anchor)
        return format_html('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', self.looks, *place, self.text)


@dataclass(frozen=True)
class Group:
    looks: str
    shapes: Sequence["Shape"]

    def svg(self) -> SafeString:
        return format_html('<g class="{}">{}</g>', self.looks, joined(self.shapes))


Shape = Circle | Line | Text | Group


def joined(shapes: Sequence[Shape]) -> SafeString:
    return format_html_join("", "{}", ((shape.svg(),) for shape in shapes))


@dataclass(frozen=True)
class Drawing:
    """A picture in its own units. Without a `label` it is decoration and hidden from screen readers."""

    width: float
    height: float
    shapes: Sequence[Shape]
    looks: str = ""
    label: str = ""
    top: float = 0
    fit: str = ""

    def svg(self) -> SafeString:
        looks = format_html(' class="{}"', self.looks) if self.looks else ""
        spoken = format_html(' role="img" aria-label="{}"', self.label) if self.label else ' aria-hidden="true"'
        fit = format_html(' preserveAspectRatio="{}"', self.fit) if self.fit else ""
        box = f"0 {number(self.top)} {number(self.width)} {number(self.height)}"
        return format_html('<svg{} viewBox="{}"{}{}>{}</svg>', looks, box, fit, SafeString(spoken), joined(self.shapes))
