"""What actions put on Today: one idea for the week, the question, the rhythm of one's weeks, and a first step."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from movement.actions.forms import LogForm
from movement.actions.models import Idea
from movement.allies.models import Ally
from movement.today import Card, Step, register, register_step

WEEKS = 8


def idea_of_the_week(ally: Ally, day: date) -> Idea | None:
    """One they have not done: the same for the whole ISO week, another for the next ally."""
    year, week, _day = day.isocalendar()
    waiting = Idea.objects.published().new_to(ally)
    return min(waiting, key=lambda idea: crc32(f"{ally.pk}-{year}-{week}-{idea.pk}".encode()), default=None)


def suggestion(ally: Ally) -> dict[str, Any] | None:
    idea = idea_of_the_week(ally, timezone.localdate())
    return {"idea": idea} if idea else None


def weeks_of(ally: Ally, today: date) -> list[tuple[str, int]]:
    """The last eight weeks by their Monday, this one included, and how many small actions each had."""
    mondays = [today - timedelta(days=today.weekday(), weeks=back) for back in reversed(range(WEEKS))]
    days = ally.actions.filter(done_on__gte=mondays[0]).values_list("done_on", flat=True)
    counts = Counter(day - timedelta(days=day.weekday()) for day in days)
    return [(date_format(monday, "j M"), counts[monday]) for monday in mondays]


def your_week(ally: Ally) -> dict[str, Any]:
    """The question, and the rhythm of one's own weeks."""
    data = weeks_of(ally, timezone.localdate())
    return {"form": LogForm(), "me": ally, "weeks": data, "label": in_words(data), "sum": summed(data)}


def in_words(data: list[tuple[str, int]]) -> str:
    said = ", ".join(f"{count}" for _name, count in data)
    return _("Small actions in each of the last eight weeks, the oldest first: %(counts)s.") % {"counts": said}


def summed(data: list[tuple[str, int]]) -> str:
    """In how many of the weeks there was something; "" for none. Nothing is said about the others."""
    weeks = sum(count > 0 for _name, count in data)
    if not weeks:
        return ""
    said = ngettext(
        "You noted something in %(n)s of the last eight weeks.",
        "You noted something in %(n)s of the last eight weeks.",
        weeks,
    )
    return said % {"n": weeks}


def register_actions() -> None:
    register(
        Card(name="idea", template="movement/actions/today_idea.html", gather=suggestion, position=10, place="act")
    )
    register(Card(name="week", template="movement/actions/today_week.html", gather=your_week, position=40))
    register_step(
        Step(
            name="first-action",
            position=40,
            meta=gettext_lazy("Something small"),
            title=gettext_lazy("Do one small thing for somebody, and note it."),
            text=gettext_lazy("Ring before you change a report; thank someone upstream. A few words are enough."),
            url=reverse_lazy("movement:log_action"),
            label=gettext_lazy("Note a small action"),
            done=lambda ally: ally.actions.exists(),
        )
    )
