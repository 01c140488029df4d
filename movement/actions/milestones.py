"""An ally's own small actions, by number: the first, the tenth, the fiftieth, the hundredth."""

from collections.abc import Iterable

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from accounts.models import User
from movement.actions.models import Action, ActionQuerySet
from movement.resolve.milestones import Course, Lately, Reached, register
from movement.resolve.own_course import own_titles

AT = (1, 10, 50, 100, 500)


def newest() -> int:
    return Action.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def reached() -> Iterable[Reached]:
    return _reached_among(Action.objects.all())


def reached_lately(mark: int) -> Iterable[Reached]:
    """Of those who have noted something since."""
    return _reached_among(Action.objects.filter(ally__in=Action.objects.filter(pk__gt=mark).values("ally")))


def _reached_among(actions: ActionQuerySet) -> Iterable[Reached]:
    """The day of the n-th, in the order of days; whether it is shown to anybody does not matter, it is told to its doer
    alone."""
    numbered = actions.annotate(
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
            lately=Lately(mark=newest, reached=reached_lately),
        )
    )
