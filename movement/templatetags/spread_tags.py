"""What other pages tell of the spread: the home page the stage in words, without any number or department; the page of
an idea how far it has come."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from movement.actions.models import Idea
from movement.allies.models import Ally
from movement.spread.estimates import SPREAD, kept
from movement.spread.idea_figures import Spread, spread_of
from movement.spread.stages import Stage, Standing, from_told, standing
from movement.spread.top import is_open

register = Library()

SENTENCES = {
    Stage.NOT_BEGUN: gettext_noop("Nobody has begun yet. Somebody goes first."),
    Stage.HANDFUL: gettext_noop("A handful of people have begun."),
    Stage.DEPARTMENT: gettext_noop("Past a first department, and on the way to a division."),
    Stage.DIVISION: gettext_noop("Past a first division, and on the way to the whole organisation."),
    Stage.ORGANISATION: gettext_noop("It has become the way the whole organisation works."),
}


def where_it_is() -> Standing:
    if (page := kept(SPREAD).get(SPREAD)) and page.told:
        return from_told(page.told["standing"])
    return standing(None, has_allies=Ally.objects.active().exists())


@register.simple_tag
def stage_reached() -> Standing:
    """`.stage` is 0 to 4; `.share` how much of the next one is there already."""
    return where_it_is()


@register.simple_tag
def where_it_has_come(now: Standing) -> SafeString:
    """With the way on: to the spread page where readers may see the top of it."""
    address, words = ("/spread/", _("How far it has come")) if is_open() else ("/how-we-count/", _("How we count"))
    said = (_("Where it has come to."), _(SENTENCES[now.stage]), address, words)
    return format_html('<b>{}</b> {} <a href="{}">{}</a>', *said)


@register.inclusion_tag("movement/spread/of_idea.html")
def idea_spread(idea: Idea) -> dict[str, Spread]:
    """How far an idea has come, in words, bars and a table."""
    return {"spread": spread_of(idea)}


#: Where the shades of the heat map begin, in hundredths.
SHADES = (1, 10, 17, 25, 50)
UNTOLD = '<td class="heat__none"><span class="vh">{}</span><span aria-hidden="true">·</span></td>'


@register.filter
def heat_level(percent: int | None) -> str:
    return "none" if percent is None else str(sum(percent >= edge for edge in SHADES))


@register.filter
def heat_cells(cells: list[tuple[int | None, str]]) -> SafeString:
    """One unit's months. A map has up to 720 cells, of a hundred sorts: rendering each by itself was a third of the
    page's time in a large organisation."""
    untold = format_html(UNTOLD, _("not told"))
    return mark_safe("".join(untold if percent is None else _heat_cell(percent) for percent, _why in cells))


@lru_cache(maxsize=101)
def _heat_cell(percent: int) -> SafeString:
    return format_html('<td class="heat__{}">{}</td>', heat_level(percent), percent)


@register.filter
def day(written: str) -> date:
    return date.fromisoformat(written)


@register.filter
def actions_in_halves(told: dict[str, Any]) -> tuple[int, int]:
    """Of the earlier and of the later half of the weeks."""
    sums = [sum(counts) for _week, counts in told["weeks"]]
    half = len(sums) // 2
    return sum(sums[:half]), sum(sums[half:])
