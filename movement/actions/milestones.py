"""An ally's own small actions, by number: the first, the tenth, the fiftieth, the hundredth."""

from collections.abc import Iterable

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from accounts.models import User
from movement.actions.models import Action
from movement.resolve.milestones import Course, Reached, register
from movement.resolve.own_course import own_titles

AT = (1, 10, 50, 100, 500)


def reached() -> Iterable[Reached]:
    """The day of the n-th, in the order of days; whether it is shown to anybody does not matter, it is told to its doer
    alone."""
    numbered = Action.objects.annotate(
        nth=Window(RowNumber(), partition_by=F("ally"), order_by=[F("done_on").asc(), F("pk").asc()])
    )
    for ally, nth, on in numbered.filter(nth__in=AT).values_list("ally", "nth", "done_on"):
        yield Reached(ally, f"actions-{nth}", on)


def say(_title: str, name: str) -> str:
    count = int(name.rpartition("-")[2])
    if count == 1:
        return _("Your first small action is written down.")
    return _("%(n)s small actions of yours are written down. Each was somebody’s better day.") % {"n": count}


def register_own_actions() -> None:
    register(
        Course(
            name="actions",
            reached=reached,
            say=say,
            titles=own_titles,
            concerns=lambda number: User.objects.filter(ally=number),
            of=lambda ally: [ally.pk],
        )
    )
