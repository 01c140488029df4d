"""How I would appear with what now stands in the form, to each kind of reader.

It cannot lie: what the form says is saved, the true pages' own queries and templates are asked on behalf of somebody
who just came, and all of it is taken back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import STEWARDS
from movement.allies.models import Ally
from movement.allies.profiles import profile_seen_by
from movement.allies.services import change_profile

PAGE, ENTRY = "movement/allies/person.html", "movement/allies/entry.html"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """`entry` and `page` as they would stand in the directory and at one's own address; both empty for nothing at all.

    `signature` stands beside one's comments, which everybody reads.
    """

    name: str
    who: str | Promise
    entry: SafeString
    page: SafeString
    signature: str


def preview(request: HttpRequest, *, ally: Ally, **chosen: Any) -> list[Seen]:
    """`chosen` as `change_profile` takes it. Raises AliasTaken."""
    with undone():
        me = change_profile(ally=Ally.objects.select_related("user").get(pk=ally.pk), **chosen)
        return [
            _seen("ally", _("Another ally"), request, _somebody("ally"), me),
            _seen("steward", _("The steward"), request, _somebody("steward", STEWARDS), me),
            _seen("reader", _("A reader"), request, AnonymousUser(), me),
        ]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _somebody(name: str, *groups: str) -> User:
    """An ally who is here for as long as it takes to look."""
    user = User.objects.create(email=f"{name}@preview.invalid", is_active=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    Ally.objects.create(user=user)
    return user


def _seen(name: str, who: Promise, request: HttpRequest, viewer: User | AnonymousUser, me: Ally) -> Seen:
    there = copy(request)
    there.user = viewer
    shown = profile_seen_by(viewer, public_id=me.public_id)
    context = {"shown": shown, "ally": shown and shown.ally, "is_preview": True}
    return Seen(
        name=name,
        who=who,
        entry=render_to_string(ENTRY, context, there) if shown else SafeString(""),
        page=render_to_string(PAGE, context, there) if shown else SafeString(""),
        signature=me.signature or "",
    )
