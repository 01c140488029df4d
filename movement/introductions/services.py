"""Asking for an introduction, bringing two together, answering, and how it ends."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import limits
from movement.allies.blocks import are_apart
from movement.allies.models import Ally
from movement.introductions import letters
from movement.introductions.models import (
    OPEN_FOR,
    REST,
    Answer,
    Introduction,
    IntroductionQuerySet,
    Side,
    State,
    in_order,
)
from movement.introductions.reports import may_not_ask_until

A_DAY = 5
REMIND_AFTER = timedelta(weeks=1)


class NobodyToShow(Exception):
    """A quiet ally appears under no name: whoever is asked would hear from nobody."""


class Themselves(Exception):
    """Two are needed, and others than oneself to bring together."""


class KnowEachOther(Exception):
    """Both have agreed before."""


class AskedLately(Exception):
    """The same ally asked not long ago, whatever became of it; `again_on` is when they may once more."""

    def __init__(self, again_on: datetime) -> None:
        super().__init__(again_on)
        self.again_on = again_on


class MayNotAsk(Exception):
    """A steward has taken introductions from them; `until` says how long."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class NoLongerOpen(Exception):
    """It has ended, or somebody in it appears otherwise by now."""


@transaction.atomic
def ask(*, by: Ally, to: Ally, note: str, reach: str) -> Introduction:
    """`by` would like to meet `to`, whom they can see. Where the two are being introduced already, this is a yes.

    Raises NobodyToShow, Themselves, KnowEachOther, AskedLately, MayNotAsk, limits.TooMany.
    """
    _refuse_whoever_may_not(by)
    if by.pk == to.pk:
        raise Themselves
    _end_what_is_stale(by, to)
    known = Introduction.objects.between(by, to).as_they_were()
    if known.filter(state=State.AGREED).exists():
        raise KnowEachOther
    if standing := known.filter(state=State.OPEN).select_for_update(of=("self",)).first():
        return _join(standing, by, note, reach)
    _refuse_too_soon(known.filter(by=by))
    limits.hit("introductions.ask", by.pk, A_DAY, timedelta(days=1))
    try:
        with transaction.atomic():
            made = _begin(by, in_order(by, to), note, State.OPEN)
    except IntegrityError:
        standing = Introduction.objects.select_for_update().between(by, to).get(state=State.OPEN)
        return _join(standing, by, note, reach)
    _say_yes(made, by, reach)
    letters.tell_asked(made, to)
    return made


@transaction.atomic
def introduce(*, by: Ally, one: Ally, other: Ally, note: str) -> Introduction:
    """A third ally, who can see both, brings two together. Whether they know each other, are being introduced or are
    kept apart is theirs: to `by` it looks the same. Raises NobodyToShow, Themselves, AskedLately, MayNotAsk,
    limits.TooMany.
    """
    _refuse_whoever_may_not(by)
    if len({by.pk, one.pk, other.pk}) < 3:
        raise Themselves
    _end_what_is_stale(one, other)
    known = Introduction.objects.between(one, other).as_they_were()
    _refuse_too_soon(known.filter(by=by))
    limits.hit("introductions.ask", by.pk, A_DAY, timedelta(days=1))
    unheard = are_apart(one.pk, other.pk) or known.filter(state__in=[State.OPEN, State.AGREED]).exists()
    pair = in_order(one, other)
    try:
        with transaction.atomic():
            made = _begin(by, pair, note, State.UNHEARD if unheard else State.OPEN)
    except IntegrityError:
        return _begin(by, pair, note, State.UNHEARD)
    if not unheard:
        for ally in pair:
            letters.tell_asked(made, ally)
    return made


@transaction.atomic
def say_yes(*, introduction: Introduction, ally: Ally, reach: str) -> Introduction:
    """Give it as well; when both have, each gets what the other gave. Raises NoLongerOpen."""
    return _say_yes(_still_open(introduction, ally), ally, reach)


@transaction.atomic
def say_not_now(*, introduction: Introduction, ally: Ally) -> None:
    """Nobody is told. It stays open to who asked until it ends as silence does; a yes is possible until then. Raises
    NoLongerOpen."""
    _answer(_still_open(introduction, ally), ally, answer=Answer.NOT_NOW, reach="")


@transaction.atomic
def take_back(*, introduction: Introduction, by: Ally) -> None:
    """Who began it ends it, at once and for all."""
    begun = Introduction.objects.filter(pk=introduction.pk, by=by, state__in=[State.OPEN, State.UNHEARD])
    begun.update(state=State.ENDED, settled_at=timezone.now())


def end_old(now: datetime | None = None) -> int:
    """Those whose time is over, answered or not; returns how many."""
    moment = now or timezone.now()
    old = Introduction.objects.filter(state__in=[State.OPEN, State.UNHEARD], created_at__lte=moment - OPEN_FOR)
    return old.update(state=State.ENDED, settled_at=moment)


def remind(now: datetime | None = None) -> int:
    """Once in its life, and only who has not answered at all; returns how many introductions."""
    moment = now or timezone.now()
    silent = Introduction.objects.waiting().as_they_were().filter(reminded_at=None)
    due = silent.filter(created_at__lte=moment - REMIND_AFTER, sides__answer=Answer.NONE).distinct()
    return sum(_remind(number, moment) for number in due.values_list("pk", flat=True))


@transaction.atomic
def _remind(number: int, moment: datetime) -> bool:
    if not Introduction.objects.filter(pk=number, state=State.OPEN, reminded_at=None).update(reminded_at=moment):
        return False
    introduction = Introduction.objects.get(pk=number)
    for side in introduction.sides.filter(answer=Answer.NONE).select_related("ally__user"):
        letters.tell_again(introduction, side.ally)
    return True


def _refuse_whoever_may_not(by: Ally) -> None:
    if by.shown_name is None:
        raise NobodyToShow
    if until := may_not_ask_until(by):
        raise MayNotAsk(until)


def _refuse_too_soon(asked: IntroductionQuerySet) -> None:
    last = asked.filter(created_at__gt=timezone.now() - REST).order_by("-created_at").first()
    if last:
        raise AskedLately(last.created_at + REST)


def _end_what_is_stale(one: Ally, other: Ally) -> None:
    """What is over, or was between these two as they appeared before, leaves room for what is between them now."""
    pair = Introduction.objects.between(one, other)
    stands = pair.waiting().as_they_were().values("pk")
    over = pair.filter(state=State.OPEN).exclude(pk__in=list(stands.values_list("pk", flat=True)))
    over.update(state=State.ENDED, settled_at=timezone.now())


def _begin(by: Ally, pair: tuple[Ally, Ally], note: str, state: State) -> Introduction:
    low, high = pair
    made = Introduction.objects.create(low=low, high=high, by=by, note=note, state=state)
    Side.objects.bulk_create(Side(introduction=made, ally=ally) for ally in pair)
    return made


def _join(standing: Introduction, by: Ally, note: str, reach: str) -> Introduction:
    """Who asks again says nothing new; who is asked, and asks, has said yes."""
    if standing.by_id == by.pk:
        return standing
    Side.objects.filter(introduction=standing, ally=by).update(words=note)
    return _say_yes(standing, by, reach)


def _still_open(introduction: Introduction, ally: Ally) -> Introduction:
    """Locked, so that two who answer at once do so one after the other."""
    mine = Introduction.objects.visible_to(ally.user).waiting().filter(sides__ally=ally)
    locked = Introduction.objects.select_for_update().filter(state=State.OPEN, pk=introduction.pk)
    found = locked.filter(pk__in=mine.values("pk")).first()
    if found is None:
        raise NoLongerOpen
    return found


def _answer(introduction: Introduction, ally: Ally, *, answer: str, reach: str) -> None:
    Side.objects.filter(introduction=introduction, ally=ally).update(
        answer=answer, reach=reach, answered_at=timezone.now()
    )


def _say_yes(introduction: Introduction, ally: Ally, reach: str) -> Introduction:
    _answer(introduction, ally, answer=Answer.YES, reach=reach)
    if not introduction.sides.exclude(answer=Answer.YES).exists():
        introduction.state, introduction.settled_at = State.AGREED, timezone.now()
        introduction.save(update_fields=["state", "settled_at"])
        letters.tell_agreed(introduction)
    return introduction
