"""The service map as arcs over one ground line: whom a unit serves stands to its right, what goes the other way hangs
below. Geometry only; colours and light or dark paper are the stylesheet's (`cards.css`)."""

import textwrap
from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH, MARGIN, GROUND = 1120, 80, 330
#: Names stand in two rows, so that neighbours have room beside each other.
ROWS, LINE, LETTERS, MOST_LINES = (26, 74), 16, 17, 2
BELOW, DEEPEST, HIGHEST = 452, 120, 290
OUTSIDE = 0
#: From how many cards on an arc is drawn stronger.
WEIGHTS = (5, 15, 40)


def drawn(order: list[int], names: Mapping[int, str], links: Mapping[tuple[int, int], int]) -> SafeString:
    """`order` is the line from left to right, `links` how many cards are told of each edge (0 for fewer than five)."""
    step = (WIDTH - 2 * MARGIN) / max(1, len(order) - 1)
    places = {place: round(MARGIN + number * step, 1) for number, place in enumerate(order)}
    seen = [(one, other, cards) for (one, other), cards in sorted(links.items()) if {one, other} <= places.keys()]
    onward = [(places[one], places[other], cards) for one, other, cards in seen if places[one] < places[other]]
    back = [(places[one], places[other], cards) for one, other, cards in seen if places[one] > places[other]]
    height = BELOW + (DEEPEST + 10 if back else -20)
    return format_html(
        '<svg class="smap chart--wide" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}'
        '<line class="s-ground" x1="20" x2="{}" y1="{}" y2="{}"/>{}</svg>',
        WIDTH,
        height,
        _("Who serves whom, the same as the list and the table below it."),
        format_html_join("", "{}", ((arc(*link),) for link in onward)),
        format_html_join("", "{}", ((hanging(*link),) for link in back)),
        WIDTH - 20,
        GROUND,
        GROUND,
        format_html_join("", "{}", ((node(n, place, places[place], names, links),) for n, place in enumerate(order))),
    )


def weight(cards: int) -> int:
    return sum(cards >= least for least in WEIGHTS)


def arc(left: float, right: float, cards: int) -> SafeString:
    across = (right - left) / 2
    high = min(across * 0.82, HIGHEST)
    middle, top = round((left + right) / 2, 1), round(GROUND - high, 1)
    return format_html(
        '<path class="m-arc m-arc--w{}" d="M{} {}A{} {} 0 0 1 {} {}"/><path class="m-head" d="M{} {}l8 6l-8 6"/>',
        weight(cards), left, GROUND, round(across, 1), round(high, 1), right, GROUND, middle - 5, top - 6,
    )  # fmt: skip


def hanging(right: float, left: float, cards: int) -> SafeString:
    """From the right to the left, below the names."""
    across = (right - left) / 2
    deep = min(across * 0.5, DEEPEST)
    middle, bottom = round((left + right) / 2, 1), round(BELOW + deep, 1)
    return format_html(
        '<path class="m-arc m-arc--back m-arc--w{}" d="M{} {}A{} {} 0 0 1 {} {}"/>'
        '<path class="m-head m-head--back" d="M{} {}l-8 6l8 6"/>',
        weight(cards), right, BELOW, round(across, 1), round(deep, 1), left, BELOW, middle + 5, bottom - 6,
    )  # fmt: skip


def node(
    number: int, place: int, x: float, names: Mapping[int, str], links: Mapping[tuple[int, int], int]
) -> SafeString:
    name = names.get(place) or _("Outside")
    own = format_html('<circle class="m-own" cx="{}" cy="{}" r="15"/>', x, GROUND) if (place, place) in links else ""
    first = GROUND + ROWS[number % 2]
    leader = (
        format_html('<line class="m-lead" x1="{}" x2="{}" y1="{}" y2="{}"/>', x, x, GROUND + 12, first - 15)
        if number % 2
        else ""
    )
    lines = textwrap.wrap(name, LETTERS, max_lines=MOST_LINES, placeholder="…") or [name]
    words = format_html_join(
        "", '<text class="s-name" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((x, first + LINE * line, part) for line, part in enumerate(lines)),
    )  # fmt: skip
    kind = "m-node m-node--out" if place == OUTSIDE else "m-node"
    return format_html('{}{}<circle class="{}" cx="{}" cy="{}" r="8"/>{}', own, leader, kind, x, GROUND, words)
