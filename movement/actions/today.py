"""What actions put on Today: one idea for the week, the question, the rhythm of one's weeks, and a first step."""

from datetime import date
from typing import Any
from zlib import crc32

from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy

from movement.actions.commitments import Commitment, State
from movement.actions.forms import LogForm
from movement.actions.models import Action, Idea
from movement.allies.models import Ally
from movement.resolve.doings import Doing
from movement.resolve.doings import register as register_doing
from movement.resolve.rhythm import rhythm_of
from movement.today import Card, Step, register, register_step

ON_TODAY = 3


def idea_of_the_week(ally: Ally, day: date) -> Idea | None:
    """One they have not done: the same for the whole ISO week, another for the next ally."""
    year, week, _day = day.isocalendar()
    waiting = Idea.objects.published().new_to(ally)
    return min(waiting, key=lambda idea: crc32(f"{ally.pk}-{year}-{week}-{idea.pk}".encode()), default=None)


def suggestion(ally: Ally) -> dict[str, Any] | None:
    idea = idea_of_the_week(ally, timezone.localdate())
    return {"idea": idea} if idea else None


def my_list(ally: Ally) -> dict[str, Any] | None:
    """What they mean to do, the nearest first; nothing about what is late."""
    first = list(Commitment.objects.filter(ally=ally).open().nearest_first()[: ON_TODAY + 1])
    return {"commitments": first[:ON_TODAY], "is_more": len(first) > ON_TODAY} if first else None


def your_week(ally: Ally) -> dict[str, Any]:
    """The rhythm of one's own weeks."""
    return {"rhythm": rhythm_of(ally)}


def question(ally: Ally) -> dict[str, Any]:
    """Without the list of departments, which costs Today a query: their names can be typed."""
    form = LogForm()
    del form.fields["for_unit"]
    return {"form": form, "me": ally}


def kept() -> QuerySet[Commitment]:
    return Commitment.objects.filter(state=State.DONE)


def register_actions() -> None:
    register_doing(Doing(name="actions", rows=Action.objects.all, ally="ally", on="done_on", is_instant=False))
    register_doing(Doing(name="commitments", rows=kept, ally="ally", on="settled_at"))
    register(
        Card(name="idea", template="movement/actions/today_idea.html", gather=suggestion, position=10, place="act")
    )
    register(Card(name="log", template="movement/actions/today_log.html", gather=question, position=20, place="below"))
    register(Card(name="week", template="movement/actions/today_week.html", gather=your_week, position=40))
    register(Card(name="my-list", template="movement/actions/today_list.html", gather=my_list, position=35))
    register_step(
        Step(
            name="first-action",
            position=40,
            meta=gettext_lazy("Something small"),
            title=gettext_lazy("Do one small thing for somebody, and note it."),
            text=gettext_lazy("Ring before you change a report; thank someone upstream. A few words are enough."),
            url=reverse_lazy("movement:log_action"),
            label=gettext_lazy("Note a small action"),
            done=lambda ally: ally.actions.all(),
        )
    )
