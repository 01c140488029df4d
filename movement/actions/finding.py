"""How search finds ideas: for allies only, every word somewhere in title or text."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content.search.sources import Hit, Source, register
from movement.actions.models import Idea
from movement.permissions import ally_of

MOST_WORDS = 6


def search(user: User | AnonymousUser, query: str, limit: int) -> list[Hit]:
    words = query.replace("\x00", "").split()[:MOST_WORDS]
    if not words or ally_of(user) is None:
        return []
    found = Idea.objects.published()
    for word in words:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return [Hit(title=idea.title, url=idea.get_absolute_url(), text=idea.text) for idea in found[:limit]]


def register_search() -> None:
    register(Source(name="ideas", label=_("Ideas"), search=search))
