"""What the home page may tell everybody: the stage in words, without any number or department."""

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from movement.allies.models import Ally
from movement.spread import figures
from movement.spread.stages import Stage, Standing, standing

register = Library()

SENTENCES = {
    Stage.NOT_BEGUN: gettext_noop("Nobody has begun yet. Somebody goes first."),
    Stage.HANDFUL: gettext_noop("A handful of people have begun."),
    Stage.DEPARTMENT: gettext_noop("Past a first department, and on the way to a division."),
    Stage.DIVISION: gettext_noop("Past a first division, and on the way to the whole organisation."),
    Stage.ORGANISATION: gettext_noop("It has become the way the whole organisation works."),
}


def where_it_is() -> Standing:
    latest = figures.latest()
    return standing(latest, has_allies=latest.month is not None or Ally.objects.active().exists())


@register.simple_tag
def stage_reached() -> Standing:
    """`.stage` is 0 to 4; `.share` how much of the next one is there already."""
    return where_it_is()


@register.simple_tag
def where_it_has_come(now: Standing) -> SafeString:
    return format_html(
        '<b>{}</b> {} <a href="/how-we-count/">{}</a>',
        _("Where it has come to."),
        _(SENTENCES[now.stage]),
        _("How we count"),
    )
