"""`{% load conversation_tags %}{% conversation article %}` puts the talk under something."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template import Context, Library

from conversation import thread
from conversation.hosts import target_of

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
    may_write = target.host.may_write(user, target.thing)  # who reads the page may see it: not asked again
    return {
        "request": request,
        "user": user,
        "target": target,
        "thread": _thread(context, thing),
        "may_write": may_write,
        "looks_after": user.is_authenticated and thing.pk in target.host.moderated_by(user),
        "closed": "" if may_write else target.why_closed(user),
    }


@register.simple_tag(takes_context=True)
def comment_count(context: Context, thing: Any) -> int:
    """How many comments stand under `thing`, for a link to them; the talk below is then read already."""
    return _thread(context, thing).count if thing.pk else 0


def _thread(context: Context, thing: Any) -> thread.Thread:
    """Read once for each request that shows `thing`."""
    request = context.get("request")
    asked = request.GET.get("comments", "") if request else ""
    known = request.__dict__.setdefault("threads_read", {}) if request else {}
    key = (type(thing), thing.pk)
    if key not in known:
        user = getattr(request, "user", None) or AnonymousUser()
        known[key] = thread.read(target=target_of(thing), user=user, page=thread.wanted(asked))
    return known[key]
