"""`{% own_words ally %}`: the definition that this ally shows, on their page."""

from typing import Any

from django.template import Context, Library

from movement.allies.models import Ally
from movement.definitions.models import Definition

register = Library()


@register.inclusion_tag("movement/definitions/own_words.html", takes_context=True)
def own_words(context: Context, ally: Ally) -> dict[str, Any]:
    """Nothing where they show none to whoever is looking."""
    words = Definition.objects.visible_to(context["request"].user).filter(ally=ally).select_related("ally").first()
    return {"words": words if words and words.is_shown else None}
