"""Looking what has been reached, writing it down once, and telling it once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.resolve.milestones import Course, Milestone, Reached, course_of, courses
from postbox.kinds import Kind
from postbox.services import notify

KIND = "milestone"
#: What is older when it is found is history: it stands in the timeline, and nobody is told of it.
NEWS = timedelta(days=45)
AT_ONCE = 500
#: A course that can tell what is new is read as a whole so often all the same.
WHOLE_AGAIN = timedelta(days=7)
#: A row may come to light after others that were begun later: so many are looked at twice.
LATE_COMERS = 1_000


def mark_milestones(now: datetime | None = None) -> int:
    """Find what is new and tell it; returns how many were told."""
    moment = now or timezone.now()
    for course in courses():
        _write(course, moment)
    waiting = Milestone.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(_tell(number, moment) for number in waiting[:AT_ONCE])


@contextmanager
def _found(course: Course, moment: datetime) -> Iterator[Iterable[Reached]]:
    """All that a course has reached, or what it has since it was last looked at. How far that was is kept in the cache
    once the rows are written: where it is forgotten, everything is read once more.
    """
    if course.lately is None:
        yield course.reached()
        return
    key, today = f"milestones:{course.name}", timezone.localdate(moment)
    mark, (former, whole) = course.lately.mark(), cache.get(key) or (0, None)
    if is_whole := whole is None or mark < former or _is_due(whole, today):
        whole = today
    yield course.reached() if is_whole else course.lately.reached(max(former - LATE_COMERS, 0))
    cache.set(key, (mark, whole), None)


def _is_due(whole: date, today: date) -> bool:
    return today - whole >= WHOLE_AGAIN or (today.year, today.month) != (whole.year, whole.month)


def _write(course: Course, moment: datetime) -> None:
    """Two clocks at once write each of them once: the constraint decides."""
    with _found(course, moment) as reached:
        _write_new(course, reached, moment)


def _write_new(course: Course, reached: Iterable[Reached], moment: datetime) -> None:
    known = set(Milestone.objects.filter(course=course.name).values_list("number", "name"))
    rows = [
        Milestone(
            course=course.name,
            number=one.number,
            name=one.name,
            reached_on=one.on,
            told_at=moment if _is_history(one.on, moment) else None,
        )
        for one in reached
        if (one.number, one.name) not in known
    ]
    Milestone.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def _is_history(on: date, moment: datetime) -> bool:
    return on < (moment - NEWS).date()


@transaction.atomic
def _tell(number: int, moment: datetime) -> bool:
    """The conditional update lets one clock have it."""
    if not Milestone.objects.filter(pk=number, told_at=None).update(told_at=moment):
        return False
    milestone = Milestone.objects.get(pk=number)
    course = course_of(milestone)
    said = sentence(milestone, course) if course else ""
    if course is None or not said:
        return False
    for user in course.concerns(milestone.number).filter(is_active=True):
        notify(kind=KIND, user=user, event=milestone.event, text=said, url=course.url(milestone.number))
    return True


def sentence(milestone: Milestone, course: Course) -> str:
    """ "" where the thing is gone, or there is nothing to say of it any more."""
    title = course.titles([milestone.number]).get(milestone.number)
    return course.say(title, milestone.name) if title is not None else ""


def still_wanted(user: User | None, event: str) -> bool:
    """Asked right before it goes out: it still concerns this person."""
    milestone = Milestone.objects.filter(pk=event.rpartition(":")[2]).first()
    course = course_of(milestone) if milestone else None
    if user is None or milestone is None or course is None:
        return False
    return course.concerns(milestone.number).filter(pk=user.pk).exists()


MILESTONE = Kind(
    name=KIND,
    label=gettext_lazy("Something was reached: by me, a reading group of mine, my department"),
    still_wanted=still_wanted,
    is_unasked=True,
    at_first="never",
    digest="notifications",
)
