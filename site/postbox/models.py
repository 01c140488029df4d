"""What was sent to whom, what people are told, and what the clock has done."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from post_office.models import Email

from postbox.bounces.models import Bounce, Troubled
from postbox.digests.models import Digest, DigestChoice, DigestReader
from postbox.pauses.models import Pause

__all__ = [
    "Allowance",
    "Bounce",
    "ClockRun",
    "Digest",
    "DigestChoice",
    "DigestReader",
    "Discretion",
    "Dispatch",
    "How",
    "Mould",
    "Notification",
    "Pace",
    "Pause",
    "Preference",
    "Troubled",
    "WorkerPulse",
]


class Mould(models.Model):
    """A letter that goes to many, written once; see `postbox.bulk`.

    In `text` and `html` stand marks, which nobody can guess, for what each person gets filled in. While `is_held`
    none of its mails goes out.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    marks = models.JSONField(default=dict)
    is_held = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)


class Dispatch(models.Model):
    """One mail of a kind, about an event, to an address: the row that makes it go out once only.

    The address is kept as a keyed hash, because this row outlives the mail itself (post-office's `Email`).
    """

    event = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    recipient = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    email = models.OneToOneField(Email, null=True, on_delete=models.SET_NULL, related_name="+")
    mould = models.ForeignKey(Mould, null=True, on_delete=models.SET_NULL, related_name="dispatches")
    created_at = models.DateTimeField(auto_now_add=True)
    withheld_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "recipient", "kind"], name="one_mail_per_event")]


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: Any) -> "NotificationQuerySet":
        """One's own, and nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def newest_first(self) -> "NotificationQuerySet":
        return self.order_by("-id")


class Notification(models.Model):
    """Something a signed-in person is told once; `url` is a path on this site."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    event = models.CharField(max_length=200)
    text = models.CharField(max_length=400)
    url = models.CharField(max_length=400)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "event"], name="told_once")]
        indexes = [models.Index(fields=["user", "read_at"])]

    def __str__(self) -> str:
        return self.text


class How(models.TextChoices):
    """When a kind reaches somebody by mail. On the site it always stands among the notifications."""

    NOW = "now", _("Write to me at once")
    DIGEST = "digest", _("With the digest")
    NEVER = "never", _("Only here")


class Preference(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=60)
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_preference_per_kind")]


class ClockRun(models.Model):
    """A job in one slot of time; see `postbox.clock`."""

    job = models.CharField(max_length=100)
    slot = models.DateTimeField(db_index=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "slot"], name="one_run_per_slot")]


class WorkerPulse(models.Model):
    """When a worker was last seen alive: what a silent one left running is given to another."""

    worker = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()


class Pace(models.Model):
    """When the next mail that can wait may go out; one row. See `postbox.pace`."""

    free_at = models.DateTimeField()


class Allowance(models.Model):
    """One of the mails that an address may get unasked in seven days; `postbox.budget` alone reads and writes it.

    `number` counts them; the mail that has taken this one last keeps it while it is tried again.
    """

    recipient = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    taken_on = models.DateField()
    dispatch = models.OneToOneField(Dispatch, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "number"], name="an_allowance_is_there_once")]


class Discretion(models.Model):
    """An address whose inbox others may see, by its hash; `postbox.discretion` alone reads and writes it."""

    recipient = models.CharField(max_length=64, primary_key=True)
