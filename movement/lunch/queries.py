"""A lunch as one of its guests sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.models import User
from movement.allies.models import Ally, Visibility
from movement.allies.tags import tags_of
from movement.lunch import starters
from movement.lunch.hours import MINUTES
from movement.lunch.models import ASKED_FOR, Lunch, Met, Seat, SeatQuerySet

NEWCOMER = timedelta(days=60)
MOST_PAST = 12


@dataclass(frozen=True, kw_only=True)
class Table:
    """`others` are those at the table who are still shown, as they were when it was drawn."""

    seat: Seat
    others: list[Seat]

    @property
    def lunch(self) -> Lunch:
        assert self.seat.lunch is not None
        return self.seat.lunch

    @property
    def names(self) -> str:
        return get_text_list([other.ally.shown_name or "" for other in self.others], _("and")) or _("an ally")

    @property
    def ends_at(self) -> datetime:
        return self.lunch.starts_at + timedelta(minutes=MINUTES)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_asked(self) -> bool:
        """Whether this is the time to ask: did you meet?"""
        return self.is_over and self.seat.met == Met.UNSAID and self.ends_at > timezone.now() - ASKED_FOR

    @property
    def starters(self) -> list[Promise]:
        return starters.pick(facts([self.seat, *self.others]), seed=self.lunch.pk)


def facts(seats: list[Seat]) -> set[str]:
    """What is true of a table, by what its guests show each other."""
    allies, drawn_at = [seat.ally for seat in seats], seats[0].round.matched_at or timezone.now()
    divisions = {ally.shown_place.division.pk for ally in allies if ally.shown_place}
    known = {starters.TRIO} if len(allies) > 2 else set()
    if len(divisions) > 1:
        known.add(starters.ACROSS)
    elif len(divisions) == 1 and all(ally.shown_place for ally in allies) and len(allies) > 1:
        known.add(starters.NEAR)
    if any(ally.visibility == Visibility.ALIAS for ally in allies):
        known.add(starters.ALIAS)
    if len({ally.user.timezone for ally in allies}) > 1:
        known.add(starters.FAR)
    new = [drawn_at - ally.joined_at < NEWCOMER for ally in allies]
    known.add(starters.NEWCOMER if any(new) else starters.OLD_HANDS)
    return known | ({starters.TEACHES} if _teach(allies) else set())


def _teach(allies: list[Ally]) -> bool:
    tags = tags_of(allies).values()
    can, want = [{tag.key for tag in one.help} for one in tags], [{tag.key for tag in one.learn} for one in tags]
    return any(can[i] & want[j] for i in range(len(can)) for j in range(len(want)) if i != j)


def tables_of(user: User, seats: SeatQuerySet, most: int = MOST_PAST) -> list[Table]:
    """These seats of this person, each with those beside them, in a fixed number of queries."""
    shown = Ally.objects.visible_to(user).values("pk")
    beside = Seat.objects.filter(ally__in=shown).select_related("ally__unit__parent", "ally__user").order_by("pk")
    mine = seats.visible_to(user).at_a_table().select_related("lunch", "round", "ally__unit__parent", "ally__user")
    return [_table(seat) for seat in mine.prefetch_related(Prefetch("lunch__seats", beside, to_attr="guests"))[:most]]


def _table(seat: Seat) -> Table:
    at = seat.round.matched_at or timezone.now()
    guests: Iterable[Seat] = seat.lunch.guests  # type: ignore[union-attr]
    others = [guest for guest in guests if guest.pk != seat.pk and guest.ally.shown_name_since(at)]
    return Table(seat=seat, others=others)


def one(user: User, number: int) -> Table | None:
    return next(iter(tables_of(user, Seat.objects.filter(pk=number))), None)


def newest(user: User) -> list[Table]:
    """The last ones, newest first."""
    return tables_of(user, Seat.objects.order_by("-round__monday"))
