"""An ally's own milestones that belong to no other part: years of being here."""

from collections.abc import Iterable

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from movement.allies.models import Ally
from movement.resolve.milestones import Course, Reached, register

#: Half a year is the first: by then one knows that it takes quarters.
MONTHS = (6, 12, 24, 36, 60)


def reached() -> Iterable[Reached]:
    today = timezone.localdate()
    newest = today - relativedelta(months=MONTHS[0])
    for number, joined in Ally.objects.active().filter(joined_at__date__lte=newest).values_list("pk", "joined_at"):
        for months in MONTHS:
            if (on := joined.date() + relativedelta(months=months)) <= today:
                yield Reached(number, f"months-{months}", on)


def say(_title: str, name: str) -> str:
    months = int(name.rpartition("-")[2])
    if months < 12:
        return _("Half a year with the movement. It takes quarters; you have been through two.")
    said = ngettext("A year with the movement.", "%(n)s years with the movement.", months // 12) % {"n": months // 12}
    return f"{said} " + _("Hardly anything that lasts came faster.")


def own_titles(numbers: Iterable[int]) -> dict[int, str]:
    return dict.fromkeys(numbers, "")


def register_own_course() -> None:
    register(
        Course(
            name="time",
            reached=reached,
            say=say,
            titles=own_titles,
            concerns=lambda number: User.objects.filter(ally=number),
            of=lambda ally: [ally.pk],
        )
    )
