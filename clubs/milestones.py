"""A reading group's milestones, told to its members alone: meetings held, books read."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from clubs.groups.models import Club, Membership
from clubs.meetings.models import Meeting
from clubs.reading.models import Reading, Status
from movement.resolve.milestones import Course, Reached, register, steps

MEETINGS, BOOKS = (1, 10, 25, 50, 100), (1, 3, 10, 25)


def reached() -> Iterable[Reached]:
    yield from _meetings()
    yield from _books()


def _meetings() -> Iterable[Reached]:
    """Held: begun, and not called off."""
    held = Meeting.objects.filter(cancelled_at=None, ends_at__lte=timezone.now(), club__archived_at=None)
    rows = held.order_by("club", "starts_at", "pk").values_list("club", "starts_at")
    for club, some in groupby(rows, key=lambda row: row[0]):
        days = [at.date() for _club, at in some]
        for nth in steps(len(days), MEETINGS):
            yield Reached(club, f"meetings-{nth}", days[nth - 1])


def _books() -> Iterable[Reached]:
    """Read to the end. The day is that of the last meeting about it, or today where there was none: the end of a book
    bears no date of its own."""
    done = Reading.objects.filter(status=Status.FINISHED, club__archived_at=None).order_by("club", "pk")
    last = dict(
        Meeting.objects.filter(cancelled_at=None, sections__reading__status=Status.FINISHED)
        .order_by("starts_at")
        .values_list("sections__reading", "starts_at")
    )
    today = timezone.localdate()
    for club, some in groupby(done.values_list("club", "pk"), key=lambda row: row[0]):
        days = sorted(last[pk].date() if pk in last else today for _club, pk in some)
        for nth in steps(len(days), BOOKS):
            yield Reached(club, f"books-{nth}", min(days[nth - 1], today))


def say(title: str, name: str) -> str:
    what, _dash, number = name.partition("-")
    if what == "meetings":
        said = ngettext("“%(club)s” has met for the first time.", "“%(club)s” has met %(n)s times.", int(number))
    else:
        said = ngettext("“%(club)s” has read its first book.", "“%(club)s” has read %(n)s books.", int(number))
    return said % {"club": title, "n": number}


def titles(numbers: Sequence[int]) -> dict[int, str]:
    return dict(Club.objects.filter(pk__in=numbers).values_list("pk", "name"))


def register_milestones() -> None:
    register(
        Course(
            name="club",
            reached=reached,
            say=say,
            titles=titles,
            concerns=lambda number: User.objects.filter(ally__memberships__club=number),
            of=lambda ally: Membership.objects.filter(ally=ally).order_by().values("club"),
            url=lambda number: Club.objects.get(pk=number).get_absolute_url(),
        )
    )
