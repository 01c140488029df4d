"""An ally asks the stewards to look at how another behaves. Stewards see both by the names they chose, and nothing
that leads to a login; whoever is reported never learns by whom."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import limits
from accounts.models import User
from movement.allies.models import Ally
from postbox.kinds import Kind
from postbox.services import notify

LONGEST_REASON, LONGEST_QUOTE = 500, 300
A_DAY = 5
#: How long introductions are taken from somebody.
HALT = timedelta(weeks=12)


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)


class Report(models.Model):
    """`quote` is the note it is about, if any. No name is kept: whoever appears otherwise by now is shown by none."""

    about = models.ForeignKey(Ally, models.CASCADE, related_name="+")
    by = models.ForeignKey(Ally, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(gettext_lazy("what happened"), max_length=LONGEST_REASON)
    quote = models.CharField(max_length=LONGEST_QUOTE, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    halted_until = models.DateTimeField(null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("report"), gettext_lazy("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["about", "by"], condition=models.Q(settled_at=None), name="one_open_report_per_pair"
            )
        ]

    def __str__(self) -> str:
        return str(_("a report"))

    @property
    def about_whom(self) -> str:
        return self.about.shown_name_since(self.at) or str(_("An ally who appears otherwise by now"))

    @property
    def by_whom(self) -> str:
        return (self.by and self.by.shown_name_since(self.at)) or str(_("An ally"))


@transaction.atomic
def report(*, about: Ally, by: Ally, reason: str, quote: str = "") -> Report:
    """One open report for each pair; said again, the newer words stand. Raises limits.TooMany."""
    limits.hit("introductions.report", by.pk, A_DAY, timedelta(days=1))
    said = {"reason": reason, "quote": quote, "at": timezone.now()}
    found, _new = Report.objects.update_or_create(about=about, by=by, settled_at=None, defaults=said)
    return found


@transaction.atomic
def let_be(*, found: Report) -> None:
    Report.objects.filter(pk=found.pk).update(settled_at=timezone.now())


@transaction.atomic
def halt(*, found: Report, why: str) -> None:
    """They ask nobody for a while, and are told why in the steward's words."""
    until = timezone.now() + HALT
    Report.objects.filter(pk=found.pk).update(settled_at=timezone.now(), halted_until=until)
    said = {"day": date_format(timezone.localtime(until), "j F Y"), "why": why}
    text = _("A steward asks you to write to nobody new until %(day)s. The reason: %(why)s") % said
    event = f"halt:{found.pk}"
    notify(kind=HALTED.name, user=found.about.user, event=event, text=text, url=reverse("movement:introductions"))


def may_not_ask_until(ally: Ally) -> datetime | None:
    standing = Report.objects.filter(about=ally, halted_until__gt=timezone.now())
    return standing.aggregate(until=models.Max("halted_until"))["until"]


def own_reports(user: User) -> list[dict[str, Any]]:
    """What they reported. What others said of them is the stewards'."""
    return [dict(row) for row in Report.objects.filter(by__user=user).values("reason", "quote", "at")]


def erase_reports(user: User) -> None:
    """What they reported stays without them; what was said about them goes."""
    Report.objects.filter(by__user=user).update(by=None)
    Report.objects.filter(about__user=user).delete()


HALTED = Kind(name="introductions-halted", label=gettext_lazy("A steward’s word to me"), by_choice=False)
