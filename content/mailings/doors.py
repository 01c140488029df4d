"""What the mailings register with the floors below."""

from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from accounts.models import User
from content.mailings import services, trying
from content.mailings.models import Mailing
from postbox.kinds import Kind, register


def forget_who(user: User) -> None:
    """That an article went out stays; by whose hand is forgotten."""
    Mailing.objects.filter(started_by=user).update(started_by=None)
    Mailing.objects.filter(stopped_by=user).update(stopped_by=None)


def open_doors() -> None:
    # A subscription is ended by its own links, with or without a login: it is not among a person's preferences.
    wanted = services.still_wanted
    register(Kind(name=services.KIND, label=_("A new article"), still_wanted=wanted, in_preferences=False))
    register(Kind(name=trying.KIND, label=_("A test of a mail"), by_choice=False, is_covered=False))
    personal_data.declare(
        Mailing, export=personal_data.rows(Mailing, "started_by", "article__title", "started_at"), erase=forget_who
    )
