"""What a person has chosen for their own calendar and reminders."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally


class CalendarKey(models.Model):
    """Replaced when the feed's address is: addresses made with another nonce lead nowhere. No row: the first one.

    `is_discreet`: the calendar, which colleagues may see, says "Meeting" and nothing else.
    """

    ally = models.OneToOneField(Ally, models.CASCADE, related_name="calendar_key")
    nonce = models.CharField(max_length=32, blank=True)
    is_discreet = models.BooleanField(default=False)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("calendar key"), _("calendar keys")

    def __str__(self) -> str:
        return str(_("a calendar key"))


class When(models.TextChoices):
    DAY = "day", _("A day before")
    EVENING = "evening", _("The evening before, at six by my clock")
    HOUR = "hour", _("An hour before")


class ReminderWish(models.Model):
    """When an ally wants to be reminded of meetings: some of `When`, or never. No row: a day before."""

    ally = models.OneToOneField(Ally, models.CASCADE, related_name="reminder_wish")
    times = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("wish to be reminded"), _("wishes to be reminded")

    def __str__(self) -> str:
        return str(_("a wish to be reminded"))
