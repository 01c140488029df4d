"""What the first steward of an empty organisation sets up, on Today and on the CMS's first page, until all is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import SignupPolicy
from content.settings import OrganisationSettings
from movement.allies.models import Ally, Unit
from movement.invitations.queries import named


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to set up: where that is done, and how to see that it was."""

    name: str
    title: str | Promise
    text: str | Promise
    where: Callable[[], str]
    #: The rows that it leaves behind; one is enough.
    done: Callable[[], QuerySet[Any]]


@dataclass(frozen=True, kw_only=True)
class Mark:
    item: Item
    url: str
    done: bool


ITEMS = [
    Item(
        name="organisation",
        title=_("The name of your organisation"),
        text=_("It stands under the site’s name on every page."),
        where=lambda: reverse("wagtailsettings:edit", args=["content", "organisationsettings"]),
        done=lambda: OrganisationSettings.objects.exclude(name=""),
    ),
    Item(
        name="units",
        title=_("Divisions, departments and headcounts"),
        text=_("By hand or from a CSV file. Rough numbers will do; they show how far the movement has come."),
        where=lambda: reverse("units:index"),
        done=Unit.objects.all,
    ),
    Item(
        name="signup",
        title=_("Who may sign up"),
        text=_("Anybody, people with an address of yours, or people whom an ally invites. Save it once to decide."),
        where=lambda: reverse("wagtailsettings:edit", args=["accounts", "signuppolicy"]),
        done=lambda: SignupPolicy.objects.filter(decided=True),
    ),
    Item(
        name="invitations",
        title=_("The first invitations"),
        text=_("Bring two or three people who think as you do. It counts as done once somebody has come."),
        where=lambda: reverse("movement:invite"),
        done=lambda: named(Ally.objects.filter(invited_by__isnull=False)),
    ),
]


def marks(organisation: OrganisationSettings | None = None) -> list[Mark]:
    """Every item with its mark; nothing at all once the whole list is done, or while the demo has moved in.

    One query for all of it.
    """
    organisation = organisation or OrganisationSettings.current()
    if organisation.is_demo:
        return []
    questions = [Exists(item.done()) for item in ITEMS]
    answers = OrganisationSettings.objects.filter(pk=organisation.pk).values_list(*questions).get()
    found = [Mark(item=item, url=item.where(), done=done) for item, done in zip(ITEMS, answers, strict=True)]
    return [] if all(mark.done for mark in found) else found
