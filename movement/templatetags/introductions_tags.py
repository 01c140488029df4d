"""Where an ally's page and the lists lead to an introduction."""

from typing import Any

from django.template import Context, Library

from movement.allies.models import Ally
from movement.introductions.queries import standing_between
from movement.permissions import ally_of

register = Library()


@register.inclusion_tag("movement/introductions/on_ally.html", takes_context=True)
def introduction_with(context: Context, ally: Ally) -> dict[str, Any]:
    """On the page of one ally: ask them, or what is between the two already."""
    me = ally_of(context["request"].user)
    if me is None or me.pk == ally.pk:
        return {"ally": ally, "me": me, "is_other": False}
    return {"ally": ally, "me": me, "is_other": True, "seen": standing_between(me, ally)}
