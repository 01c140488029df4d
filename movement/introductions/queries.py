"""Introductions as one person sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from movement.allies.models import Ally
from movement.introductions.letters import words_to
from movement.introductions.models import OPEN_FOR, REST, Answer, Introduction, Side, State

#: On one page; whoever has met more people than this knows them by now.
MOST = 100


@dataclass(frozen=True, kw_only=True)
class Seen:
    """`mine` and `theirs` are the two sides to one of the two; to a third one who began it, `mine` is None."""

    introduction: Introduction
    me: Ally
    people: list[Ally]
    mine: Side | None
    theirs: Side | None

    @property
    def begun_by_me(self) -> bool:
        return self.introduction.by_id == self.me.pk

    @property
    def other(self) -> Ally:
        return self.people[0]

    @property
    def third(self) -> Ally | None:
        """Who brought the two together, where that is neither of them."""
        return None if self.introduction.is_direct else self.introduction.by

    @property
    def is_agreed(self) -> bool:
        return self.introduction.state == State.AGREED

    @property
    def is_mine_to_answer(self) -> bool:
        return self.is_open and self.mine is not None and self.mine.answer != Answer.YES

    @property
    def is_open(self) -> bool:
        waits = self.introduction.state in (State.OPEN, State.UNHEARD)
        return waits and self.introduction.created_at > timezone.now() - OPEN_FOR

    @property
    def they_said_yes(self) -> bool:
        return self.theirs is not None and self.theirs.answer == Answer.YES

    @property
    def their_words(self) -> str:
        return words_to(self.mine, self.theirs) if self.mine and self.theirs else ""


@dataclass(frozen=True, kw_only=True)
class Overview:
    waiting: list[Seen]
    put_off: list[Seen]
    begun: list[Seen]
    agreed: list[Seen]


def overview(me: Ally) -> Overview:
    """All of one's own, newest first. What has ended is nowhere: it says nothing about anybody."""
    shown = Introduction.objects.visible_to(me.user).filter(pk__in=_own(me)).exclude(state=State.ENDED).at_hand()
    found = [
        seen for seen in as_seen(shown.order_by("-created_at", "-pk")[:MOST], me) if seen.is_open or seen.is_agreed
    ]
    mine = [seen for seen in found if seen.is_mine_to_answer]
    return Overview(
        waiting=[seen for seen in mine if seen.mine and seen.mine.answer == Answer.NONE],
        put_off=[seen for seen in mine if seen.mine and seen.mine.answer == Answer.NOT_NOW],
        begun=[seen for seen in found if seen.is_open and not seen.is_mine_to_answer],
        agreed=[seen for seen in found if seen.is_agreed and seen.mine],
    )


def _own(me: Ally) -> list[int]:
    """The numbers of the latest they have a part in: looked up by their own indexes, whatever others have begun."""
    sides = Side.objects.filter(ally=me).order_by("-introduction").values_list("introduction", flat=True)
    begun = Introduction.objects.filter(by=me).order_by("-pk").values_list("pk", flat=True)
    return [*sides[: 2 * MOST], *begun[: 2 * MOST]]


def as_seen(introductions: Iterable[Introduction], me: Ally) -> list[Seen]:
    """Of `at_hand` ones, without further queries."""
    return [_seen(introduction, me) for introduction in introductions]


def _seen(introduction: Introduction, me: Ally) -> Seen:
    sides = {side.ally_id: side for side in introduction.sides.all()}
    others = [ally for ally in (introduction.low, introduction.high) if ally.pk != me.pk]
    theirs = sides.get(others[0].pk) if len(others) == 1 else None
    return Seen(introduction=introduction, me=me, people=others, mine=sides.get(me.pk), theirs=theirs)


def one(me: Ally, number: int) -> Seen | None:
    """Theirs to see, and not ended."""
    shown = Introduction.objects.visible_to(me.user).exclude(state=State.ENDED).at_hand().filter(pk=number)
    found = next(iter(as_seen(shown, me)), None)
    return found if found and (found.is_open or found.is_agreed) else None


def waiting_for(me: Ally, most: int) -> list[Seen]:
    """What they have not answered, the oldest first."""
    mine = Introduction.objects.visible_to(me.user).waiting()
    mine = mine.filter(sides__ally=me, sides__answer=Answer.NONE)
    return as_seen(mine.at_hand().order_by("created_at", "pk")[:most], me)


def standing_between(me: Ally, other: Ally) -> Seen | None:
    """What is between the two at this moment, if anything; for the other's page."""
    shown = Introduction.objects.visible_to(me.user).between(me, other).at_hand().order_by("-created_at", "-pk")
    found = [seen for seen in as_seen(shown, me) if seen.is_agreed or seen.is_open]
    return found[0] if found else None


def may_ask_again_on(me: Ally, other: Ally) -> datetime | None:
    """When they may, where they asked not long ago and it is over."""
    begun = Introduction.objects.between(me, other).as_they_were().filter(by=me, state=State.ENDED)
    last = begun.filter(created_at__gt=timezone.now() - REST).order_by("-created_at").first()
    return last.created_at + REST if last else None
