"""A newcomer's first steps on Today that belong to no other part. Actions and reading groups register their own."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from movement.invitations.queries import named
from movement.today import Step, register_step


def register_first_steps() -> None:
    register_step(
        Step(
            name="find-allies",
            position=20,
            meta=_("One step at a time"),
            title=_("See who else is here."),
            text=_("Somebody in another department cares about the same thing. Have a look at the list of allies."),
            url=reverse_lazy("movement:allies"),
            label=_("Find allies"),
        )
    )
    register_step(
        Step(
            name="invite",
            position=60,
            meta=_("When you feel like it"),
            title=_("Bring one person you trust."),
            text=_("You have a link of your own. Give it to somebody who asks good questions, over lunch perhaps."),
            url=reverse_lazy("movement:invite"),
            label=_("My invitation"),
            done=lambda ally: named(Ally.objects.filter(invited_by=ally)),
        )
    )
