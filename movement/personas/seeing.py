"""One card as one person sees it: their end, the other's as far as it is theirs to know, the months, what changed."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from movement.allies.models import Ally
from movement.personas.models import LINES, PersonaCard
from movement.personas.ratings import Mark, Rating, month_of
from movement.personas.ties import Tie
from movement.personas.versions import CardVersion

MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class MonthOfTwo:
    """What this person may read of one month: their own answer, and the other's once they have given theirs."""

    month: date
    server: Mark | None
    served: Mark | None

    @property
    def gap(self) -> int | None:
        return None if self.server is None or self.served is None else self.server - self.served


@dataclass(frozen=True, kw_only=True)
class Seen:
    """`tie` is None for whoever is not one of the two. `other` is who sits at the other end from `me`."""

    card: PersonaCard
    me: Ally
    tie: Tie | None
    months: list[MonthOfTwo] = field(default_factory=list)
    versions: list[CardVersion] = field(default_factory=list)

    @property
    def is_mine(self) -> bool:
        return self.card.owner_id == self.me.pk

    @property
    def is_other_end(self) -> bool:
        return self.tie is not None and not self.is_mine

    @property
    def other(self) -> Ally | None:
        if self.tie is None:
            return None
        return self.tie.ally if self.is_mine else self.card.owner

    @property
    def i_serve(self) -> bool:
        return self.is_mine == self.card.is_by_server

    @property
    def is_agreed(self) -> bool:
        return self.tie is not None and self.tie.is_agreed

    @property
    def this_month(self) -> date:
        return month_of(timezone.now())

    @property
    def mine_this_month(self) -> Mark | None:
        now = next((one for one in self.months if one.month == self.this_month), None)
        return (now.server if self.i_serve else now.served) if now else None

    @property
    def latest(self) -> MonthOfTwo | None:
        """The newest month in which both answers may be read."""
        return next((one for one in reversed(self.months) if one.gap is not None), None)

    @property
    def server_name(self) -> str | None:
        return self._name(self.me if self.i_serve else self.other)

    @property
    def served_name(self) -> str | None:
        return self._name(self.other if self.i_serve else self.me)

    @staticmethod
    def _name(ally: Ally | None) -> str | None:
        return ally.shown_name if ally else None

    @property
    def corrected(self) -> dict[str, list[tuple[str, str]]]:
        """The lines that the other has changed last, word for word; none where the last word is one's own."""
        if self.tie is None or len(self.versions) < 2 or self.versions[0].by_id == self.me.pk:
            return {}
        return dict(changes(self.versions[1], self.versions[0]))


def seen(card: PersonaCard, me: Ally) -> Seen:
    """A fixed number of queries: one for whoever is not at an end."""
    tie = Tie.objects.visible_to(me.user).filter(card=card).select_related("ally", "card__owner").first()
    if tie is not None:
        tie.card = card
    versions = history(card, me)[:2] if tie else []
    months = months_of(tie, me) if tie is not None and tie.is_agreed else []
    return Seen(card=card, me=me, tie=tie, months=months, versions=versions)


def history(card: PersonaCard, me: Ally) -> list[CardVersion]:
    """The newest first."""
    return list(CardVersion.objects.visible_to(me.user).filter(card=card).order_by("-edition"))


def months_of(tie: Tie, me: Ally) -> list[MonthOfTwo]:
    """The last months in which this person has answered, oldest first."""
    marks: dict[date, dict[bool, Mark]] = {}
    rows = Rating.objects.visible_to(me.user).filter(tie=tie, at__gte=tie.asked_at)
    for month, is_server, mark in rows.order_by("-month").values_list("month", "is_server", "mark")[: 2 * MONTHS]:
        marks.setdefault(month, {})[is_server] = Mark(mark)
    latest = sorted(marks)[-MONTHS:]
    return [MonthOfTwo(month=month, server=marks[month].get(True), served=marks[month].get(False)) for month in latest]


def changes(before: CardVersion, after: CardVersion) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each line that is another, as pieces: ("kept" | "gone" | "new", words)."""
    for line in LINES:
        old, new = getattr(before, line), getattr(after, line)
        if old != new:
            yield line, list(_pieces(old.split(), new.split()))


def _pieces(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for what, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            yield "kept", " ".join(old[a:b])
            continue
        if b > a:
            yield "gone", " ".join(old[a:b])
        if d > c:
            yield "new", " ".join(new[c:d])
