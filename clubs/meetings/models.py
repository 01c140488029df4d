"""Meetings of a club, who comes, and the key of one's own calendar feed."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Access, Club, Membership
from clubs.reading.models import Section
from movement.allies.models import Ally

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def new_uid() -> str:
    return str(uuid.uuid4())


class Coming(models.TextChoices):
    YES = "yes", _("I’ll be there")
    MAYBE = "maybe", _("Perhaps")
    NO = "no", _("Not this time")


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

    def answered_by(self, ally: Ally, *answers: str) -> Self:
        return self.filter(rsvps__ally=ally, rsvps__coming__in=answers)


class Meeting(models.Model):
    """`starts_at` is the instant; `zone` is where its wall clock hangs. `seats_taken` counts the answers "yes"."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(editable=False)
    zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=160, blank=True)
    call_link = models.URLField(max_length=300, blank=True)
    agenda = models.TextField(max_length=1000, blank=True)
    sections = models.ManyToManyField(Section, blank=True, related_name="meetings")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    seats_taken = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    uid = models.CharField(max_length=64, unique=True, default=new_uid, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["club", "ends_at"], name="next_meeting_of_a_club")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity=None) | models.Q(seats_taken__lte=models.F("capacity")),
                name="a_meeting_is_never_overbooked",
            )
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
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.seats_taken >= self.capacity


class Rsvp(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rsvps")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="rsvps")
    coming = models.CharField(max_length=5, choices=Coming)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("answer to a meeting"), _("answers to meetings")
        constraints = [models.UniqueConstraint(fields=["meeting", "ally"], name="one_answer_per_meeting_and_ally")]

    def __str__(self) -> str:
        return str(_("an answer"))


class CalendarKey(models.Model):
    """Replaced when the feed's address is: addresses made with another nonce lead nowhere. No row: the first one."""

    ally = models.OneToOneField(Ally, models.CASCADE, related_name="calendar_key")
    nonce = models.CharField(max_length=32)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("calendar key"), _("calendar keys")

    def __str__(self) -> str:
        return str(_("a calendar key"))
