"""What the wishes register with the floors below: their mails, how to stop them, and that they are personal data."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import personal_data
from accounts.models import User
from content.wishes import services
from content.wishes.models import PartWish, PartWishQuerySet
from postbox import unsubscribing
from postbox.kinds import Kind, register


def describe(subject: Mapping[str, Any]) -> unsubscribing.Stoppable | None:
    wish = PartWish.objects.select_related("part").filter(pk=subject["id"]).first()
    if wish is None:
        return None
    what = _("the letter about “%(title)s”") % {"title": wish.part.title}
    return unsubscribing.Stoppable(what=what, address=wish.email)


def _of(user: User) -> PartWishQuerySet:
    """For each of their addresses."""
    return PartWish.objects.annotate(folded=Lower("email")).filter(folded__in=personal_data.addresses_of(user))


def export_wishes(user: User) -> Iterable[dict[str, Any]]:
    for wish in _of(user).select_related("part__series"):
        yield {
            "series": wish.part.series.title,
            "part": wish.part.title,
            "email": wish.email,
            "created_at": wish.created_at,
            "confirmed_at": wish.confirmed_at,
        }


def open_doors() -> None:
    register(Kind(name=services.CONFIRM, label=gettext_lazy("Confirming a wish"), by_choice=False, is_covered=False))
    # One mail, asked for by name and stopped by its own link: nothing to prefer.
    out = gettext_lazy("A part that you wait for")
    register(Kind(name=services.OUT, label=out, still_wanted=services.still_wanted, in_preferences=False))
    unsubscribing.register("part", describe=describe, act=lambda subject: services.stop(wish_id=subject["id"]))
    personal_data.declare(PartWish, export=export_wishes, erase=lambda user: _of(user).delete() and None)
