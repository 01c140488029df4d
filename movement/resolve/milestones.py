"""What was reached, each told once: an ally's own, a reading group's, a department's.

Whose milestones there are is a registry: a `Course` finds what has been reached, says it in a sentence, and knows whom
it concerns. A row is written once for each (its constraint says so), whatever number of clocks look. Then it is told,
by a notification that comes by mail only to whoever chooses that.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from movement.allies.models import Ally

#: Courses whose numbers are allies: what they reached is their own, and goes with them.
OWN = ("time", "actions")


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def own(self) -> Self:
        """Of allies, not of groups or departments."""
        return self.filter(course__in=OWN)


class Milestone(models.Model):
    """`course` and `number` say whose it is: an ally's by their own number, or a row of the course's. What was reached
    before anybody looked is written with `told_at` set: it stands in the timeline, and is told to nobody."""

    course = models.CharField(max_length=12)
    number = models.BigIntegerField()
    name = models.SlugField(max_length=40)
    reached_on = models.DateField()
    told_at = models.DateTimeField(null=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("milestone"), _("milestones")
        constraints = [models.UniqueConstraint(fields=["course", "number", "name"], name="a_milestone_is_reached_once")]
        indexes = [models.Index(fields=["course"], condition=models.Q(told_at=None), name="milestones_to_tell")]

    def __str__(self) -> str:
        return str(_("a milestone"))

    @property
    def event(self) -> str:
        return f"milestone:{self.pk}"


@dataclass(frozen=True)
class Reached:
    number: int
    name: str
    on: date


def _timeline(_number: int) -> str:
    return reverse("movement:milestones")


@dataclass(frozen=True, kw_only=True)
class Lately:
    """For a course that reads very many rows: `mark` is a number that has grown with each new one, and `reached` gives
    what a new one since a mark could have brought, without reading all the others."""

    mark: Callable[[], int]
    reached: Callable[[int], Iterable[Reached]]


@dataclass(frozen=True, kw_only=True)
class Course:
    """`reached` gives all that has been reached and may be told, old ones too. `say` is the sentence, from a number's
    title and the milestone's name; "" for what is not told any more. `titles` names those of these numbers that are
    still there. `concerns` gives the logins that a number's milestones are told to, `of` the numbers that are this
    ally's, as a list or one column of a query. `url` is where the notification leads; whoever may see that place no
    more has it taken back with the others (`postbox.services.take_back`). With `lately`, `reached` is asked once a week
    and when a month has begun: what comes about without anything new is found then."""

    name: str
    reached: Callable[[], Iterable[Reached]] = field(repr=False)
    say: Callable[[str, str], str] = field(repr=False)
    titles: Callable[[Sequence[int]], dict[int, str]] = field(repr=False)
    concerns: Callable[[int], models.QuerySet[User]] = field(repr=False)
    of: Callable[[Ally], "Sequence[int] | models.QuerySet[Any, Any]"] = field(repr=False)
    url: Callable[[int], str] = field(default=_timeline, repr=False)
    lately: Lately | None = field(default=None, repr=False)


_courses: dict[str, Course] = {}


def register(course: Course) -> None:
    if course.name in _courses:
        raise ValueError(f"There is a course {course.name} already.")
    _courses[course.name] = course


def courses() -> list[Course]:
    return list(_courses.values())


def course_of(milestone: Milestone) -> Course | None:
    return _courses.get(milestone.course)


def steps(count: int, at: Sequence[int]) -> list[int]:
    """Those of these numbers that a count has come to."""
    return [step for step in at if count >= step]
