"""Meetings of a club, the series they come in, and who comes."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Access, Club, Membership
from clubs.meetings.own import CalendarKey, ReminderWish
from clubs.meetings.rhythm import Every, Rhythm
from clubs.reading.models import Section
from movement.allies.models import Ally
from movement.editing import Edited

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

__all__ = ["CalendarKey", "Coming", "Meeting", "ReminderWish", "Rsvp", "Series", "Telling"]


def new_uid() -> str:
    return str(uuid.uuid4())


class Coming(models.TextChoices):
    """`WAITING` is a yes for which there was no seat; the first who waits gets the next."""

    YES = "yes", _("I’ll be there")
    MAYBE = "maybe", _("Perhaps")
    NO = "no", _("Not this time")
    WAITING = "waiting", _("On the waiting list")


#: What one can say; the waiting list is where a yes may lead.
ANSWERS = [choice for choice in Coming.choices if choice[0] != Coming.WAITING]


class Telling(models.TextChoices):
    """What the members are still to be told of a meeting, by the next round of the clock."""

    NOTHING = ""
    SET = "set"
    MOVED = "moved"
    ALL_MOVED = "all-moved"
    OFF = "off"
    ALL_OFF = "all-off"


class Terms(models.Model):
    """What a meeting and a series of them say alike. `zone` is where the clock on the wall hangs."""

    title = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=160, blank=True)
    call_link = models.URLField(max_length=300, blank=True)
    agenda = models.TextField(max_length=1000, blank=True)
    questions = models.TextField(max_length=2000, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    host = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


TERMS = ("title", "zone", "minutes", "place", "call_link", "agenda", "questions", "capacity", "host")


class Series(Terms):
    """A group that meets again and again. Its meetings are made ahead, each a row of its own."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="series")
    every = models.CharField(max_length=8, choices=Every)
    first = models.DateField()
    time = models.TimeField()
    skips = models.JSONField(default=list, blank=True)
    until = models.DateField(null=True, blank=True)
    uid = models.CharField(max_length=64, unique=True, default=new_uid, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("series of meetings"), _("series of meetings")

    def __str__(self) -> str:
        return str(_("a series of meetings"))

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.every, self.first, frozenset(self.skips), self.until)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Meetings are their members' own; of an open club's, `public()` tells the rest."""
        if not user.is_authenticated:
            return self.none()
        mine = Membership.objects.filter(club=models.OuterRef("club"), ally__user=user.pk)
        return self.filter(models.Exists(mine))

    def public(self) -> Self:
        """Those whose day, time and place anybody may know: an open club's."""
        return self.filter(club__access=Access.OPEN)

    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def upcoming(self, now: datetime | None = None) -> Self:
        """Not over yet: a meeting stays here until it ends, at most a day."""
        moment = now or timezone.now()
        return self.standing().filter(ends_at__gt=moment).order_by("starts_at", "pk")

    def from_on(self, meeting: "Meeting") -> Self:
        """This one and the later ones of its series, called off or not."""
        if meeting.series_id is None:
            return self.filter(pk=meeting.pk)
        return self.filter(series=meeting.series_id, planned_at__gte=meeting.planned_at).order_by("planned_at")

    def answered_by(self, ally: Ally, *answers: str) -> Self:
        return self.filter(rsvps__ally=ally, rsvps__coming__in=answers)

    def with_room(self) -> Self:
        return self.filter(models.Q(capacity=None) | models.Q(seats_taken__lt=models.F("capacity")))


class Meeting(Edited, Terms):
    """`starts_at` is the instant, `planned_at` the one that its series gave it: a meeting that was moved keeps that.

    `seats_taken` counts the answers "yes", the quiet ones' too: it decides, and is never shown. It may be more than
    `capacity`, where seats became fewer afterwards: nobody is sent away, and nobody new gets in.
    """

    club = models.ForeignKey(Club, models.CASCADE, related_name="meetings")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, related_name="meetings", editable=False)
    planned_at = models.DateTimeField(null=True, editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(editable=False)
    sections = models.ManyToManyField(Section, blank=True, related_name="meetings")
    seats_taken = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_why = models.CharField(max_length=280, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    uid = models.CharField(max_length=64, unique=True, default=new_uid, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    to_tell = models.CharField(max_length=9, choices=Telling, blank=True, editable=False)
    #: When its members were first told of it; the later ones of a series are asked about in good time.
    invited_at = models.DateTimeField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["club", "ends_at"], name="next_meeting_of_a_club"),
            models.Index(fields=["starts_at"], condition=models.Q(invited_at=None), name="meetings_to_invite_to"),
            models.Index(fields=["to_tell"], condition=~models.Q(to_tell=""), name="meetings_to_be_told_of"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "planned_at"], name="one_meeting_per_day_of_a_series"),
        ]

    def __str__(self) -> str:
        return str(_("a meeting"))

    def save(self, *args: object, **kwargs: object) -> None:
        self.ends_at = self.starts_at + timedelta(minutes=self.minutes)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("clubs:meeting", kwargs={"slug": self.club.slug, "id": self.pk})

    @property
    def local_start(self) -> datetime:
        """By the clock of the place where it is held."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone))

    @property
    def host_name(self) -> str | None:
        """Of the one who hosts, where there is one who shows themselves in the club."""
        return self.host.shown_name if self.host and self.host.ally.user.is_active else None

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def has_begun(self) -> bool:
        return not self.cancelled_at and self.starts_at <= timezone.now()

    @property
    def is_to_come(self) -> bool:
        return not self.cancelled_at and not self.is_over

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.seats_taken >= self.capacity


class Rsvp(models.Model):
    """An answer, with a word to whoever hosts. `answered_at` is also the place in the waiting list."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rsvps")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="rsvps")
    coming = models.CharField(max_length=7, choices=Coming)
    note = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("answer to a meeting"), _("answers to meetings")
        indexes = [models.Index(fields=["meeting", "coming", "answered_at"], name="who_waits_for_a_meeting")]
        constraints = [models.UniqueConstraint(fields=["meeting", "ally"], name="one_answer_per_meeting_and_ally")]

    def __str__(self) -> str:
        return str(_("an answer"))
