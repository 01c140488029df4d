"""Looks after the links of published pages: by the clock, in batches, never while serving."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import EDITORS
from content.links.inside import is_inside, leads_somewhere
from content.links.models import Link, LinkCheck
from content.links.reaching import Bounds, Unreachable, reach
from postbox.services import notify

EVERY = timedelta(days=7)
A_BATCH = 40
KIND = "dead-links"
REPORT = "/cms/reports/dead-links/"


@transaction.atomic
def follow_the_pages() -> None:
    """One row for each address that a public page points to; what nobody points to any more is forgotten."""
    named = Link.objects.public_ones().exclude(address="").exclude(address__startswith="mailto:").order_by()
    LinkCheck.objects.exclude(address__in=named.values("address")).delete()
    new = named.exclude(address__in=LinkCheck.objects.values("address")).values_list("address", flat=True).distinct()
    LinkCheck.objects.bulk_create([LinkCheck(address=address) for address in new], ignore_conflicts=True)


def check_some(bounds: Bounds | None = None) -> int:
    """Looks at those that are due, the longest not looked at first; returns how many."""
    due = list(LinkCheck.objects.due(EVERY).order_by(F("checked_at").asc(nulls_first=True), "pk")[:A_BATCH])
    for one in due:
        look_at(one, today=timezone.localdate(), bounds=bounds)
    return len(due)


def anything_due() -> bool:
    return LinkCheck.objects.due(EVERY).exists()


def look_at(one: LinkCheck, *, today: date, bounds: Bounds | None = None) -> None:
    """Remembers what was found. Several failures on one day count as one: the other side may be at work."""
    why = fault_of(one.address, bounds)
    one.checked_at = timezone.now()
    if not why:
        one.failed_days, one.failing_since, one.last_failed_on, one.why = 0, None, None, ""
    else:
        one.failed_days += one.last_failed_on != today
        one.failing_since = one.failing_since or today
        one.last_failed_on, one.why = today, why[:200]
    one.save()


def fault_of(address: str, bounds: Bounds | None = None) -> str:
    """Why it leads nowhere; empty when all is well, or when the organisation wants nothing fetched."""
    if is_inside(address):
        return "" if leads_somewhere(address) else "is no page of this site (any more)"
    if not settings.CHECK_LINKS:
        return ""
    try:
        reach(address, bounds)
    except Unreachable as fault:
        return str(fault)
    return ""


def tell_editors() -> None:
    """Once a week at most, and only when there is something to look at."""
    count = Link.objects.public_ones().dead().count()
    if not count:
        return
    year, week, _weekday = timezone.localdate().isocalendar()
    one, more = _("A link on a published page leads nowhere."), _("%(count)s links on published pages lead nowhere.")
    text = one if count == 1 else more % {"count": count}
    for editor in User.objects.filter(groups__name=EDITORS, is_active=True).distinct():
        notify(kind=KIND, user=editor, event=f"{KIND}:{year}-{week}", text=text, url=REPORT)


def still_dead(_user: User | None, _event: str) -> bool:
    return Link.objects.public_ones().dead().exists()
