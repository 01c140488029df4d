"""`{% load conversation_tags %}{% conversation article %}` puts the talk under something."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template import Context, Library

from conversation import thread
from conversation.hosts import target_of
from conversation.models import Comment

register = Library()


@register.inclusion_tag("comments/conversation.html", takes_context=True)
def conversation(context: Context, thing: Any) -> dict[str, Any]:
    """The comments under `thing` (its model is registered with conversation.hosts), and the way to add one.

    Nothing for what isn't saved yet, such as a draft in the CMS's preview. At most four queries, however long the talk.
    """
    request = context.get("request")
    if not thing.pk:
        return {}
    target = target_of(thing)
    user = getattr(request, "user", None) or AnonymousUser()
    asked = request.GET.get("comments", "") if request else ""
    return {
        "request": request,
        "user": user,
        "target": target,
        "thread": thread.read(target=target, user=user, page=thread.wanted(asked)),
        "may_write": target.host.may_write(user, target.thing),  # who reads the page may see it: not asked again
    }


@register.simple_tag
def comment_count(thing: Any) -> int:
    """How many comments stand under `thing`, for a link to them; one query."""
    return Comment.objects.under(target_of(thing)).standing().count() if thing.pk else 0
