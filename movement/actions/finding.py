"""How search finds ideas: for allies only, every word somewhere in title or text."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content.search.marking import excerpt, marked
from content.search.rows import matching, taken
from content.search.sources import Found, Hit, Source, Wanted, register
from content.search.words import Asked
from movement.actions.models import Idea
from movement.permissions import ally_of


def search(user: User | AnonymousUser, asked: Asked, wanted: Wanted) -> Iterator[Found]:
    if ally_of(user) is None:
        return
    found = matching(Idea.objects.published(), asked, name=["title"], rest=["text"])
    ideas, total, strength = taken(found, asked, wanted.of("ideas"))
    hits = [
        Hit(title=marked(idea.title, asked), url=idea.get_absolute_url(), text=excerpt(idea.text, asked))
        for idea in ideas
    ]
    yield Found(kind="ideas", hits=hits, total=total, strength=strength)


def register_search() -> None:
    register(Source(position=40, kinds={"ideas": _("Ideas")}, search=search))
