"""A round of lunches: who is due, the matching, and everything it leaves behind in one transaction.

The matching itself holds nothing in the database: it may take a minute. What it found is written under the round's
own claim (`matched_at`), so that a round that runs twice, or is killed and runs again, pairs and tells once.
"""

import importlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from movement.allies.blocks import pairs_apart
from movement.lunch import hours, letters
from movement.lunch.models import Lunch, LunchRound, LunchWish, Seat
from movement.lunch.ties import ties
from movement.lunch.weighing import MEMORY_WEEKS, Guest, Known, Pair

#: From Thursday morning on, the next week's lunches are known.
DRAWN_BEFORE = timedelta(days=4) - timedelta(hours=5)
AT_ONCE = 500


def next_monday(now: datetime) -> date | None:
    """Of the round whose time has come and that has not been drawn; else None."""
    today = now.astimezone(UTC).date()
    monday = today + timedelta(days=7 - today.weekday())
    begins = datetime.combine(monday, time(0), tzinfo=UTC)
    if now < begins - DRAWN_BEFORE or LunchRound.objects.filter(monday=monday, matched_at__isnull=False).exists():
        return None
    return monday


def run(monday: date) -> int:
    """Draw the round of that week, once; returns how many took part."""
    found, _new = LunchRound.objects.get_or_create(monday=monday)
    if found.matched_at:
        return 0
    wishes = {wish.ally_id: wish for wish in due(monday)}
    guests = [_guest(wish, monday, waited) for wish, waited in _with_waiting(wishes.values())]
    # Loaded here and not above: the web process imports this module, and must not import the graphs.
    matching = importlib.import_module("movement.lunch.matching")
    seated = matching.tables(guests, known(guests, monday), seed=monday.isoformat())
    return _keep(found, wishes, seated)


def due(monday: date) -> list[LunchWish]:
    """Whoever takes part that week: shown by a name, not pausing, and by their rhythm it is time again."""
    theirs = Seat.objects.at_a_table().filter(ally=OuterRef("ally")).order_by("-round__monday")
    coming = LunchWish.objects.standing().coming(monday).exclude(days="")
    wishes = coming.annotate(last=Subquery(theirs.values("round__monday")[:1])).select_related(
        "ally__unit__parent", "ally__user"
    )
    return [wish for wish in wishes if wish.last is None or wish.last + timedelta(weeks=wish.rhythm) <= monday]


def _with_waiting(wishes: Iterable[LunchWish]) -> Iterable[tuple[LunchWish, bool]]:
    """Each with whether nobody was found for them since they last sat at a table."""
    latest = Seat.objects.filter(lunch=None).values("ally").annotate(at=Max("round__monday"))
    alone = dict(latest.values_list("ally", "at"))
    for wish in wishes:
        at, last = alone.get(wish.ally_id), wish.last  # type: ignore[attr-defined]
        yield wish, at is not None and (last is None or at > last)


def _guest(wish: LunchWish, monday: date, waited: bool) -> Guest:
    zone, place = zone_of(wish.ally.user.timezone), wish.ally.shown_place
    noon = datetime.combine(monday, time(12), tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    return Guest(
        number=wish.ally_id,
        days=hours.lunch_weekdays(wish.days),
        zone=zone,
        offset=int(noon.total_seconds() // 60),
        department=place.pk if place and place.parent_id else None,
        division=place.division.pk if place else None,
        waited=waited,
    )


def zone_of(chosen: str) -> str:
    return chosen or settings.TIME_ZONE


def known(guests: Sequence[Guest], monday: date) -> Known:
    numbers = {guest.number for guest in guests}
    bound: dict[Pair, int] = defaultdict(int)
    for tie in ties():
        for pair in set(tie.find(numbers)):
            bound[pair] += tie.weight
    apart = frozenset((min(pair), max(pair)) for pair in pairs_apart())
    return Known(apart=apart, met_weeks_ago=_met(numbers, monday), ties=bound)


def _met(numbers: set[int], monday: date) -> dict[Pair, int]:
    """For how many weeks each pair has not had lunch, of those who did within a year."""
    since = monday - timedelta(weeks=MEMORY_WEEKS)
    seats = Seat.objects.at_a_table().filter(round__monday__gte=since).order_by("round__monday")
    at_table: dict[int, list[int]] = defaultdict(list)
    weeks: dict[int, int] = {}
    for lunch, ally, week in seats.values_list("lunch", "ally", "round__monday").iterator():
        if ally in numbers:
            at_table[lunch].append(ally)
            weeks[lunch] = (monday - week).days // 7
    return {pair: weeks[lunch] for lunch, sat in at_table.items() for pair in combinations(sorted(sat), 2)}


@transaction.atomic
def _keep(found: LunchRound, wishes: dict[int, LunchWish], seated: Sequence[Sequence[Guest]]) -> int:
    """Lunches, seats and letters, if nobody else has written them; those who changed their mind meanwhile are left
    out, and whoever sat with them is told that nobody was found."""
    now = timezone.now()
    if not LunchRound.objects.filter(pk=found.pk, matched_at=None).update(matched_at=now):
        return 0
    still = set(LunchWish.objects.standing().coming(found.monday).values_list("ally", flat=True))
    apart = pairs_apart()
    tables = [group for table in seated for group in _as_they_are_now(table, still, apart)]
    meeting = [table for table in tables if len(table) > 1]
    lunches = Lunch.objects.bulk_create(
        (Lunch(round=found, starts_at=_offer(found.monday, table, turn)) for turn, table in enumerate(meeting)),
        batch_size=AT_ONCE,
    )
    at_table = [(guest, lunch) for table, lunch in zip(meeting, lunches, strict=True) for guest in table]
    alone = [(table[0], None) for table in tables if len(table) == 1]
    seats = Seat.objects.bulk_create(
        (_seat(found, wishes[guest.number], lunch) for guest, lunch in [*at_table, *alone]), batch_size=AT_ONCE
    )
    letters.tell(seats)
    return len(seats)


def _as_they_are_now(table: Sequence[Guest], still: set[int], apart: set[frozenset[int]]) -> list[list[Guest]]:
    """The table, or each alone where two of them have been kept apart since."""
    here = [guest for guest in table if guest.number in still]
    if any(frozenset((one.number, other.number)) in apart for one, other in combinations(here, 2)):
        return [[guest] for guest in here]
    return [here] if here else []


def _offer(monday: date, table: Sequence[Guest], turn: int) -> datetime:
    days = frozenset.intersection(*(guest.days for guest in table))
    return hours.offer(monday, days, {guest.zone for guest in table}, turn=turn)


def _seat(found: LunchRound, wish: LunchWish, lunch: Lunch | None) -> Seat:
    return Seat(round=found, ally=wish.ally, lunch=lunch, reach=wish.reach if lunch else "")
