"""Saying thank you for an action, and telling who did it."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.actions.models import Action
from movement.actions.thanks import Thanks
from movement.allies.blocks import are_apart
from movement.allies.models import Ally
from postbox.kinds import Kind
from postbox.services import notify

KIND = "thanks"
LONGEST_QUOTE = 120


@transaction.atomic
def thank(*, action: Action, by: Ally, line: str = "") -> Thanks:
    """Once; said again, it is the line that changes. The doer is told once, and reads on the page from whom;
    nobody hears from those they are kept apart from.
    """
    thanks, _is_new = Thanks.objects.update_or_create(action=action, ally=by, defaults={"line": line})
    if are_apart(action.ally_id, by.pk):
        return thanks
    notify(
        kind=KIND,
        user=action.ally.user,
        event=event_of(thanks),
        text=_("Somebody says thank you for “%(text)s”.") % {"text": action.text[:LONGEST_QUOTE]},
        url=reverse("movement:thank_action", args=[action.pk]),
    )
    return thanks


@transaction.atomic
def take_thanks_back(*, action: Action, by: Ally) -> None:
    Thanks.objects.filter(action=action, ally=by).delete()


def event_of(thanks: Thanks) -> str:
    return f"thanks:{thanks.action_id}:{thanks.pk}"


def still_stands(user: User | None, event: str) -> bool:
    """Asked right before it goes out: neither the thanks nor the action was taken back."""
    number = event.rpartition(":")[2]
    return user is not None and Thanks.objects.standing().filter(pk=number, action__ally__user=user).exists()


THANKED = Kind(
    name=KIND,
    label=gettext_lazy("Thanks for something I did"),
    still_wanted=still_stands,
    is_unasked=True,
    digest="notifications",
)
