"""Whom an ally may like to say hello to: somebody they know, whether away or not; found by the worker, once in four
weeks for each."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from movement.allies.circles import in_circles_of
from movement.allies.models import Ally, AllyQuerySet
from movement.introductions.models import Introduction, State
from movement.lunch.models import LunchWish, Seat
from movement.resolve.away import AWAY, away
from movement.resolve.hellos import REST, REST_OF_A_PAIR, SHOWN_FOR, Hello
from postbox.models import Pause

#: Each ally has their day in so many.
TURNS = REST.days
#: Of so many at most one is chosen.
MOST_KNOWN = 300


def propose_hellos(now: datetime | None = None) -> int:
    """For those whose day it is; returns how many were proposed."""
    moment = now or timezone.now()
    turn = moment.astimezone(UTC).date().toordinal() % TURNS
    allies = Ally.objects.shown_to_allies().alias(turn=F("pk") % TURNS).filter(turn=turn)
    allies = allies.filter(joined_at__lt=moment - REST).exclude(user__in=Pause.objects.on(moment).values("user"))
    return sum(_propose(ally, moment) for ally in allies.select_related("user").iterator(chunk_size=200))


@transaction.atomic
def _propose(ally: Ally, moment: datetime) -> bool:
    """One at a time: the constraint decides between two clocks. An old one that nobody pressed gives way."""
    Hello.objects.filter(ally=ally, settled_at=None, made_at__lte=moment - SHOWN_FOR).update(settled_at=moment)
    if Hello.objects.filter(ally=ally, made_at__gt=moment - REST + timedelta(days=1)).exists():
        return False
    other = choose(ally, moment)
    if other is None:
        return False
    made = Hello.objects.bulk_create([Hello(ally=ally, other_id=other, made_at=moment)], ignore_conflicts=True)
    return bool(made)


def choose(ally: Ally, moment: datetime, draw: Random | None = None) -> int | None:
    """An away one or a present one, by the toss of a coin; whichever there is where there is only one sort."""
    coin = draw or Random()
    them = sorted(_known(ally, moment))
    gone = set(away(moment).filter(pk__in=them).values_list("pk", flat=True))
    sorts = [[one for one in them if (one in gone) == is_gone] for is_gone in (True, False)]
    first, second = sorts if coin.random() < 0.5 else reversed(sorts)
    return coin.choice(first or second) if them else None


def _known(ally: Ally, moment: datetime) -> Iterable[int]:
    """Allies whom they see, and know from a reading group, an introduction, a lunch or an invitation; less those who
    pause, and those with whom there was something lately."""
    known = acquaintances(ally).exclude(user__in=Pause.objects.on(moment).values("user"))
    resting = LunchWish.objects.filter(paused_until__gt=moment.date()).values("ally")
    greeted = Hello.objects.filter(ally=ally, made_at__gt=moment - REST_OF_A_PAIR).values("other")
    fresh = _met_since(ally, moment - AWAY)
    found = known.exclude(pk__in=resting).exclude(pk__in=greeted).exclude(pk__in=fresh)
    return found.order_by("pk").values_list("pk", flat=True)[:MOST_KNOWN]


def acquaintances(ally: Ally) -> AllyQuerySet:
    """Each tie only from when both appeared as they do now: an alias is nobody's acquaintance from before."""
    pairs = Introduction.objects.as_they_were().filter(Q(low=ally) | Q(high=ally), state=State.AGREED)
    tables = Seat.objects.filter(ally=ally, lunch__isnull=False).values("lunch")
    beside = Seat.objects.filter(lunch__in=tables, ally__appears_since__lte=F("round__matched_at"))
    brought = Q(invited_by=ally) | Q(pk=ally.invited_by_id)
    openly = Ally.objects.open().filter(brought, appears_since__lte=F("joined_at"))
    tied = (
        in_circles_of(ally)
        | Q(pk__in=pairs.values("low"))
        | Q(pk__in=pairs.values("high"))
        | Q(pk__in=beside.values("ally"))
        | Q(pk__in=openly.values("pk"))
    )
    return Ally.objects.visible_to(ally.user).filter(tied).exclude(pk=ally.pk)


def _met_since(ally: Ally, moment: datetime) -> set[int]:
    """At a lunch or by an introduction since then."""
    pairs = Introduction.objects.filter(Q(low=ally) | Q(high=ally), settled_at__gt=moment, state=State.AGREED)
    tables = Seat.objects.filter(ally=ally, lunch__starts_at__gt=moment).values("lunch")
    met = {number for pair in pairs.values_list("low", "high") for number in pair}
    return met | set(Seat.objects.filter(lunch__in=tables).values_list("ally", flat=True))


def settle(*, hello: Hello) -> None:
    """Said, or not now: either way it is off Today."""
    Hello.objects.filter(pk=hello.pk, settled_at=None).update(settled_at=timezone.now())
