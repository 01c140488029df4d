"""How the site knows that a chapter's exercise is done: by what it leaves behind where it leads.

    exercises.register("/me/definition/", lambda user: Definition.objects.filter(ally__user=user))

Higher floors register in `AppConfig.ready()`. An exercise that leads anywhere else is done when its reader says so.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Exists, QuerySet

from accounts.models import User

#: The rows that somebody who has done it has left behind; one is enough.
LeftBehind = Callable[[User], QuerySet[Any]]

_known: dict[str, LeftBehind] = {}


def register(path: str, left_behind: LeftBehind) -> None:
    """`path` is the page where the exercise is done, as a chapter names it in "where it leads"."""
    _known[path] = left_behind


def done_by(user: User, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses whose exercise this person has done; one query for all of them."""
    asked = {address: _known[path] for address in addresses if (path := urlsplit(address).path) in _known}
    if not asked:
        return set()
    questions = {f"done_{place}": Exists(rows_of(user)) for place, rows_of in enumerate(asked.values())}
    answers = User.objects.filter(pk=user.pk).values_list(*questions.values()).get()
    return {address for address, done in zip(asked, answers, strict=True) if done}
