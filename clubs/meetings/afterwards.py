"""What stays of a meeting: notes with what was decided and who does what, and who was there."""

from collections.abc import Iterable, Mapping

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Club, Membership
from clubs.meetings.models import Meeting
from clubs.meetings.wording import lines
from movement.editing import Edited, take_edition


class Minutes(Edited):
    """Decisions and actions are typed one a line. An action names nobody: each member takes up what is theirs."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="kept")
    text = models.TextField(max_length=4000, blank=True)
    decisions = models.TextField(max_length=2000, blank=True)
    actions = models.TextField(max_length=2000, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("notes of a meeting"), _("notes of meetings")

    def __str__(self) -> str:
        return str(_("notes of a meeting"))

    @property
    def decided(self) -> list[str]:
        return lines(self.decisions)

    @property
    def agreed(self) -> list[str]:
        return lines(self.actions)


class Attendance(models.Model):
    """Somebody was there."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="attendances")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("attendance"), _("attendances")
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="one_is_there_once")]

    def __str__(self) -> str:
        return str(_("an attendance"))


def kept_of(meeting: Meeting) -> Minutes:
    """Unsaved where nobody has written any yet."""
    return Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)


@transaction.atomic
def keep(*, meeting: Meeting, edition: int, words: Mapping[str, str]) -> Minutes:
    """Raises ChangedMeanwhile."""
    kept, _new = Minutes.objects.get_or_create(meeting=meeting)
    take_edition(kept, edition)
    for name in ("text", "decisions", "actions"):
        setattr(kept, name, words[name])
    kept.changed_at = timezone.now()
    kept.save()
    return kept


def last_kept(club: Club, *, before: Meeting) -> Minutes | None:
    """The notes of the meeting before this one that has some."""
    earlier = Minutes.objects.filter(meeting__club=club, meeting__starts_at__lt=before.starts_at)
    return earlier.select_related("meeting__club").order_by("-meeting__starts_at").first()


def seen_there(meeting: Meeting) -> list[Membership]:
    """Of those who were there, those who show themselves."""
    return list(Membership.objects.shown().filter(attendances__meeting=meeting).longest_first())


@transaction.atomic
def were_there(*, meeting: Meeting, members: Iterable[Membership]) -> None:
    """As an organiser ticks it, among those who show themselves; whoever is unseen says it of themselves alone."""
    there = {member.pk for member in members}
    seen = Membership.objects.shown().filter(club=meeting.club_id).order_by().values("pk")
    Attendance.objects.filter(meeting=meeting, membership__in=seen).exclude(membership__in=there).delete()
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, membership_id=number) for number in there], ignore_conflicts=True
    )


def was_there(*, meeting: Meeting, membership: Membership, there: bool) -> None:
    """What one says of oneself."""
    if there:
        Attendance.objects.get_or_create(meeting=meeting, membership=membership)
    else:
        Attendance.objects.filter(meeting=meeting, membership=membership).delete()
