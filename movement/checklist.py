"""What the first steward of an empty organisation sets up, on Today and on the CMS's first page, until all is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import SignupPolicy
from content.settings import OrganisationSettings
from movement.allies.models import Ally, Unit


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to set up: where that is done, and how to see that it was."""

    name: str
    title: str | Promise
    text: str | Promise
    where: Callable[[], str]
    is_done: Callable[[], bool]


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
        is_done=lambda: bool(OrganisationSettings.current().name),
    ),
    Item(
        name="units",
        title=_("Divisions, departments and headcounts"),
        text=_("By hand or from a CSV file. Rough numbers will do; they show how far the movement has come."),
        where=lambda: reverse("units:index"),
        is_done=lambda: Unit.objects.exists(),
    ),
    Item(
        name="signup",
        title=_("Who may sign up"),
        text=_("Anybody, people with an address of yours, or people whom an ally invites. Save it once to decide."),
        where=lambda: reverse("wagtailsettings:edit", args=["accounts", "signuppolicy"]),
        is_done=lambda: SignupPolicy.objects.filter(decided=True).exists(),
    ),
    Item(
        name="invitations",
        title=_("The first invitations"),
        text=_("Bring two or three people who think as you do. It counts as done once somebody has come."),
        where=lambda: reverse("movement:invite"),
        is_done=lambda: Ally.objects.filter(invited_by__isnull=False).exists(),
    ),
]


def marks() -> list[Mark]:
    """Every item with its mark; nothing at all once the whole list is done, or while the demo has moved in."""
    if OrganisationSettings.current().is_demo:
        return []
    found = [Mark(item=item, url=item.where(), done=item.is_done()) for item in ITEMS]
    return [] if all(mark.done for mark in found) else found
