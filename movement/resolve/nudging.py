"""The nudge on Monday at eight, by the clock of whoever asked for it: one suggestion, once, and on that day only.

Silent during a pause, in an ally's first week, and when there is nothing to suggest. Whether one led to something is
judged by what an ally does anyway: noted or attended something since, or pressed a button below it. Openings are not
measured. Three that led to nothing, and it comes every fourth Monday, until one leads to something again.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from movement.allies.models import Ally
from movement.resolve.coming_back import FURTHEST_EAST, its_morning
from movement.resolve.doings import did_something, zone_of
from movement.resolve.nudges import IGNORED, REMEMBERED, SELDOM, WEEK, Nudge, NudgeWish, next_monday
from movement.resolve.suggesting import Suggestion, find, suggestion_for
from postbox import links, unsubscribing
from postbox.kinds import Kind
from postbox.models import Pause
from postbox.services import PREFERENCES, send_mail
from postbox.unsubscribing import Stoppable, Subject

KIND = "monday-nudge"
#: At once by one job; what is left over is the next one's.
MOST = 500
FIRST_WEEK = timedelta(days=7)


@transaction.atomic
def want_nudges(*, ally: Ally) -> NudgeWish:
    """From the next Monday on."""
    first = next_monday(timezone.now().astimezone(zone_of(ally)).date())
    return NudgeWish.objects.get_or_create(ally=ally, defaults={"next_on": first})[0]


@transaction.atomic
def want_no_nudges(*, ally: Ally) -> None:
    NudgeWish.objects.filter(ally=ally).delete()


@transaction.atomic
def answer(*, nudge: Nudge) -> None:
    """A button was pressed: this one led to something, and so the next comes in a week."""
    if Nudge.objects.filter(pk=nudge.pk, answered_at=None).update(answered_at=timezone.now()):
        wish = NudgeWish.objects.filter(ally=nudge.ally_id, ignored__gt=0)
        wish.update(ignored=0, next_on=next_monday(timezone.now().astimezone(zone_of(nudge.ally)).date()))


def nudge(now: datetime | None = None) -> int:
    """Everybody whose Monday morning has come, each once; returns how many mails were written."""
    moment = now or timezone.now()
    waiting = NudgeWish.objects.filter(next_on__lte=(moment + FURTHEST_EAST).date(), ally__user__is_active=True)
    rows = waiting.order_by("next_on", "pk").values_list("pk", "next_on", "ally__user__timezone")
    due = [(number, day) for number, day, zone in rows if its_morning(day, zone, moment)]
    return sum(_nudge(number, day, moment) for number, day in due[:MOST])


@transaction.atomic
def _nudge(number: int, monday: date, moment: datetime) -> bool:
    """The conditional update lets one clock have this Monday; the mail is written in the same transaction."""
    wish = NudgeWish.objects.select_related("ally__user").get(pk=number)
    ally, ignored = wish.ally, _ignored(wish, moment)
    today = moment.astimezone(zone_of(ally)).date()
    said = suggestion_for(ally, monday, but=_lately(ally)) if today == monday and not _is_silent(ally, moment) else None
    rest = SELDOM if ignored >= IGNORED and said else WEEK
    following = max(monday + rest, next_monday(today))
    mine = NudgeWish.objects.filter(pk=number, next_on=monday)
    if not mine.update(next_on=following, ignored=ignored) or said is None:
        return False
    made = Nudge.objects.create(ally=ally, monday=monday, name=said.name, sent_at=moment)
    _write(ally.user, made, said)
    return True


def _is_silent(ally: Ally, moment: datetime) -> bool:
    return ally.joined_at > moment - FIRST_WEEK or Pause.objects.on(moment).filter(user=ally.user_id).exists()


def _ignored(wish: NudgeWish, moment: datetime) -> int:
    """How many in a row by now. The last one is judged once, when its next would be due."""
    last = Nudge.objects.filter(ally=wish.ally_id, sent_at__gte=wish.since).order_by("-monday").first()
    if last is None:
        return 0
    if last.answered_at or did_something(wish.ally, since=last.sent_at, until=moment):
        return 0
    return wish.ignored + 1


def _lately(ally: Ally) -> Collection[str]:
    return set(Nudge.objects.filter(ally=ally).order_by("-monday").values_list("name", flat=True)[:REMEMBERED])


def _write(user: User, made: Nudge, said: Suggestion) -> None:
    send_mail(
        kind=KIND,
        to=user.email,
        event=made.event,
        template="monday_nudge",
        context={
            "suggestion": said,
            "url": links.absolute(reverse("movement:nudge", args=[made.pk])),
            "manage_url": links.absolute(PREFERENCES),
        },
        user=user,
        unsubscribe_url=unsubscribing.link(KIND, ally=made.ally_id),
    )


def still_wanted(user: User | None, event: str) -> bool:
    """Right before it goes out: still wished for, still that Monday where they are, and the idea is still there."""
    if user is None:
        return False
    found = Nudge.objects.select_related("ally__user").filter(pk=event.split(":")[1], ally__user=user).first()
    if found is None or not NudgeWish.objects.filter(ally=found.ally_id).exists():
        return False
    today = timezone.now().astimezone(zone_of(found.ally)).date()
    return today == found.monday and find(found.ally, found.name) is not None


def _describe(subject: Subject) -> Stoppable | None:
    wish = NudgeWish.objects.filter(ally=subject["ally"]).select_related("ally__user").first()
    return Stoppable(what=str(_("a suggestion on Mondays")), address=wish.ally.user.email) if wish else None


def _stop(subject: Subject) -> None:
    NudgeWish.objects.filter(ally=subject["ally"]).delete()


def register_nudges() -> None:
    unsubscribing.register(KIND, describe=_describe, act=_stop)


NUDGE = Kind(
    name=KIND, label=_("A suggestion on Mondays"), still_wanted=still_wanted, in_preferences=False, is_unasked=True
)
