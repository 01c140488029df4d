from typing import Any

from django import template

from postbox import telling

register = template.Library()


@register.simple_tag
def new_notifications(user: Any) -> str:
    """How many this person has not seen, as it stands beside the bell: "" for none, "9+" for more than nine."""
    if user is None or not user.is_authenticated or user.pk is None:
        return ""
    count = telling.count_new(user)
    return f"{telling.COUNTED}+" if count > telling.COUNTED else str(count or "")
