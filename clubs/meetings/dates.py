"""Finding a day: a few times to choose from, what suits whom, and the meeting that comes of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clubs.groups.models import Club, Membership
from clubs.meetings.answering import answer
from clubs.meetings.models import Coming, Meeting
from clubs.meetings.services import arrange
from postbox.kinds import Kind
from postbox.services import notify

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

DATES = "meeting-dates"


class DatePollQuerySet(models.QuerySet["DatePoll"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The members' own."""
        if not user.is_authenticated:
            return self.none()
        mine = Membership.objects.filter(club=models.OuterRef("club"), ally__user=user.pk)
        return self.filter(models.Exists(mine))

    def open(self) -> Self:
        return self.filter(meeting=None, club__archived_at=None, times__starts_at__gt=timezone.now()).distinct()


class DatePoll(models.Model):
    """Open until a time was picked; `meeting` is what came of it."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="date_polls")
    title = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=160, blank=True)
    meeting = models.OneToOneField(Meeting, models.SET_NULL, null=True, related_name="found_by", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    is_told = models.BooleanField(default=False, editable=False)

    objects = DatePollQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("choice of dates"), gettext_lazy("choices of dates")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(_("a choice of dates"))

    def get_absolute_url(self) -> str:
        return reverse("clubs:dates", kwargs={"slug": self.club.slug, "id": self.pk})


class PollTime(models.Model):
    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("time to choose"), gettext_lazy("times to choose")
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["poll", "starts_at"], name="a_time_is_offered_once")]

    def __str__(self) -> str:
        return str(_("a time to choose"))


class Fits(models.TextChoices):
    YES = "yes", gettext_lazy("Suits me")
    IF_NEED_BE = "ifneed", gettext_lazy("If need be")
    NO = "no", gettext_lazy("Does not")


#: What an answer to a time says of the meeting that is held then.
CARRIED = {Fits.YES: Coming.YES, Fits.IF_NEED_BE: Coming.MAYBE, Fits.NO: Coming.NO}


class TimeAnswer(models.Model):
    time = models.ForeignKey(PollTime, models.CASCADE, related_name="answers")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="time_answers")
    fits = models.CharField(max_length=6, choices=Fits)

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("answer to a time"), gettext_lazy("answers to times")
        constraints = [models.UniqueConstraint(fields=["time", "membership"], name="one_answer_per_time_and_member")]

    def __str__(self) -> str:
        return str(_("an answer to a time"))


class AlreadyPicked(Exception):
    """A day was chosen; the meeting is there."""


@transaction.atomic
def offer_dates(*, club: Club, moments: Iterable[datetime], **about: object) -> DatePoll:
    poll = DatePoll.objects.create(club=club, **about)  # type: ignore[misc]
    PollTime.objects.bulk_create(PollTime(poll=poll, starts_at=moment) for moment in moments)
    return poll


@transaction.atomic
def say_what_fits(*, poll: DatePoll, membership: Membership, fits: Mapping[int, str]) -> None:
    """By the number of the time; again at any time until a day is picked. Raises AlreadyPicked."""
    if DatePoll.objects.select_for_update(of=("self",)).get(pk=poll.pk).meeting_id:
        raise AlreadyPicked
    for time in poll.times.filter(pk__in=fits):
        TimeAnswer.objects.update_or_create(time=time, membership=membership, defaults={"fits": Fits(fits[time.pk])})


@transaction.atomic
def pick(*, time: PollTime) -> Meeting:
    """The meeting at this time, with what everybody answered to it. Raises AlreadyPicked."""
    poll = DatePoll.objects.select_for_update(of=("self",)).select_related("club").get(pk=time.poll_id)
    if poll.meeting_id:
        raise AlreadyPicked
    about = {"zone": poll.zone, "title": poll.title, "minutes": poll.minutes, "place": poll.place}
    poll.meeting = arrange(club=poll.club, starts_at=time.starts_at, **about)  # type: ignore[arg-type]
    poll.save(update_fields=["meeting"])
    for said in time.answers.select_related("membership__ally"):
        answer(meeting=poll.meeting, ally=said.membership.ally, coming=CARRIED[Fits(said.fits)])
    return poll.meeting


@dataclass(frozen=True)
class Offered:
    """A time, what I said to it, and whom it suits, of those who show themselves. `is_best`: of all it suits most."""

    time: PollTime
    mine: str
    yes: list[str]
    if_need_be: list[str]
    is_best: bool


def offered(poll: DatePoll, membership: Membership) -> list[Offered]:
    """What unseen members answered is in no figure here and moves no mark."""
    times = list(poll.times.all())
    names = {member.pk: member.shown_name or "" for member in Membership.objects.shown().filter(club=poll.club_id)}
    said: dict[tuple[int, str], list[str]] = defaultdict(list)
    mine: dict[int, str] = {}
    for time, member, fits in TimeAnswer.objects.filter(time__poll=poll).values_list("time", "membership", "fits"):
        if member == membership.pk:
            mine[time] = fits
        if member in names:
            said[time, fits].append(names[member])
    weights = {time.pk: 2 * len(said[time.pk, Fits.YES]) + len(said[time.pk, Fits.IF_NEED_BE]) for time in times}
    most = max(weights.values(), default=0)
    return [
        Offered(
            time=time,
            mine=mine.get(time.pk, ""),
            yes=sorted(said[time.pk, Fits.YES]),
            if_need_be=sorted(said[time.pk, Fits.IF_NEED_BE]),
            is_best=0 < weights[time.pk] == most,
        )
        for time in times
    ]


def tell_of_dates() -> int:
    """For the clock: each member hears once that a day is looked for."""
    told = 0
    for poll in DatePoll.objects.open().filter(is_told=False).select_related("club"):
        said = _("“%(club)s” looks for a day. Which of these would suit you?") % {"club": poll.club.name}
        members = poll.club.memberships.filter(ally__user__is_active=True).select_related("ally__user")
        for member in members.iterator():
            event, url = f"dates:{poll.pk}", poll.get_absolute_url()
            told += notify(kind=DATES, user=member.ally.user, event=event, text=said, url=url) is not None
        DatePoll.objects.filter(pk=poll.pk).update(is_told=True)
    return told


def still_looked_for(user: User | None, event: str) -> bool:
    polls = DatePoll.objects.open().filter(pk=event.split(":")[1])
    return user is not None and polls.visible_to(user).exists()


LOOKED_FOR = Kind(
    name=DATES,
    label=gettext_lazy("My reading group looks for a day"),
    still_wanted=still_looked_for,
    digest="notifications",
)
