"""Where the definition meets the primer and Today: the exercise of chapter one, and a newcomer's step."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from content.progress import exercises
from movement.definitions.models import Definition
from movement.today import Step, register_step


def register_definitions() -> None:
    exercises.register("/me/definition/", lambda user: Definition.objects.filter(ally__user=user))
    register_step(
        Step(
            name="definition",
            position=15,
            meta=_("Two lines"),
            title=_("Say what service focus is, in your own words."),
            text=_("As you would say it across a kitchen table. Only you see it, unless you choose to show it."),
            url=reverse_lazy("movement:definition"),
            label=_("Write my definition"),
            done=lambda ally: Definition.objects.filter(ally=ally),
        )
    )
