"""Pictures of a pulse, and what the spread page tells of the latest one."""

from typing import Any

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from movement.pulse.reading import Range, Seen, latest_gap
from movement.pulse.scale import LOWEST, WORDS

register = Library()
#: The picture's own units: the scale runs from LEFT, with STEP to each rating.
LEFT, STEP, WIDTH, HEIGHT = 14.0, 93.0, 400, 62
ROWS = {"serving": 20, "served": 42}


def place(rating: float) -> float:
    return round(LEFT + STEP * (rating - LOWEST), 1)


@register.simple_tag
def both_art(seen: Seen) -> SafeString:
    """Both ends of one question on the scale: a dot each, with the bar of its interval."""
    ticks = format_html_join(
        "", '<line class="pu-tick" x1="{0}" x2="{0}" y1="6" y2="56"/>', ((place(rating),) for rating in WORDS)
    )
    said = _("As those who serve see it: %(serving)s of 5. As those who are served: %(served)s of 5.")
    label = said % {"serving": f"{seen.serving.mean:.1f}", "served": f"{seen.served.mean:.1f}"}
    halves = format_html("{}{}", _half("serving", seen.serving), _half("served", seen.served))
    return format_html(
        '<svg class="pu-art" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        WIDTH,
        HEIGHT,
        label,
        ticks,
        halves,
    )


def _half(name: str, figure: Range) -> SafeString:
    return format_html(
        '<line class="pu-range" x1="{}" x2="{}" y1="{y}" y2="{y}"/>'
        '<circle class="pu-dot pu-dot--{}" cx="{}" cy="{y}" r="7"/>',
        place(figure.low),
        place(figure.high),
        name,
        place(figure.mean),
        y=ROWS[name],
    )


@register.inclusion_tag("movement/pulse/on_spread.html")
def pulse_on_spread() -> dict[str, Any]:
    """The latest closed pulse's gap in a few words; nothing before the first."""
    return {"latest": latest_gap()}
