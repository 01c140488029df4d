"""A simulated movement as the rows that the site would have kept, had it happened. Into an empty database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby

from allauth.account.models import EmailAddress
from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from clubs.groups.models import Access, Club, Membership
from config.simulation.plan import Plan
from config.simulation.scratch import NOBODYS
from movement.actions.models import Action, Kind
from movement.actions.services import where
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.stays import Ended, Stay
from movement.allies.unit_history import Past
from movement.spread import estimating, redrawing
from movement.spread.methods.agents import Movement, simulate
from movement.spread.publishing import tell
from movement.spread.second_ally.services import keep_hints
from movement.spread.services import build_month

LOOKER = f"looker{NOBODYS}"
A_BATCH = 1_000
#: Of ten allies six are open, one has an alias, three are quiet.
VISIBLE = (Visibility.OPEN,) * 6 + (Visibility.ALIAS,) + (Visibility.QUIET,) * 3


def begin_of(months: int, now: datetime) -> list[datetime]:
    """The first moments of so many finished months and of this one (UTC), oldest first."""
    this = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return [this - relativedelta(months=back) for back in range(months, -1, -1)]


@transaction.atomic
def write(plan: Plan, *, password: str) -> Movement:
    """Units, allies with who brought them, actions, reading groups, one snapshot a month as the clock would have made
    it, and what the worker makes of them. `LOOKER` can sign in and see it."""
    starts = begin_of(plan.months, timezone.now())
    bounds = [(start - starts[0]) / timedelta(days=1) for start in starts]
    movement = simulate(plan.rules, [headcount for *_names, headcount in plan.units], bounds, seed=plan.seed)
    units = add_units(plan)
    allies = add_allies(movement, units, starts[0])
    add_actions(movement, allies, starts[0])
    add_clubs(movement, allies)
    add_stays(movement, allies, starts[0])
    add_snapshots(starts)
    add_looker(password)
    if month := tell():
        keep_hints(month)
    estimating.estimate_all()
    redrawing.draw_all()
    return movement


def add_units(plan: Plan) -> list[Unit]:
    """Those where people work, in the order of the plan."""
    divisions: dict[str, Unit] = {}
    found: list[Unit] = []
    for place, (division, name, headcount) in enumerate(plan.units):
        parent = divisions.get(division) or Unit.objects.create(name=division, position=len(divisions))
        divisions[division] = parent
        if name:
            found.append(Unit.objects.create(name=name, parent=parent, headcount=headcount, position=place))
        else:
            parent.headcount = headcount
            parent.save()
            found.append(parent)
    return found


def add_allies(movement: Movement, units: list[Unit], first: datetime) -> list[Ally]:
    """Numbered in the order of joining. Who has left has a closed login, and counts no more."""
    end = movement.bounds[-1]
    users = User.objects.bulk_create(
        (
            User(email=f"ally-{number}{NOBODYS}", password="!", is_active=one.until >= end)
            for number, one in enumerate(movement.allies)
        ),
        batch_size=A_BATCH,
    )
    allies = []
    for number, (user, one) in enumerate(zip(users, movement.allies, strict=True)):
        at = first + timedelta(days=one.at)
        allies.append(
            Ally(
                user=user,
                name=f"Ally {number}",
                alias=f"Alias {number}",
                visibility=VISIBLE[number % len(VISIBLE)],
                unit=units[one.unit],
                joined_at=at,
                appears_since=at,
            )
        )
    Ally.objects.bulk_create(allies, batch_size=A_BATCH)
    brought = [number for number, one in enumerate(movement.allies) if one.inviter is not None]
    for number in brought:
        allies[number].invited_by = allies[movement.allies[number].inviter or 0]
    Ally.objects.bulk_update([allies[number] for number in brought], ["invited_by"], batch_size=A_BATCH)
    return allies


def add_actions(movement: Movement, allies: list[Ally], first: datetime) -> None:
    kinds = list(Kind)

    def rows() -> Iterator[Action]:
        for ally, one in zip(allies, movement.allies, strict=True):
            for number, day in enumerate(one.acts):
                at = first + timedelta(days=day)
                text = "Something small, simulated."
                said = {"text": text, "kind": kinds[number % 3], **where(ally)}
                yield Action(ally=ally, done_on=at.date(), created_at=at, **said)

    Action.objects.bulk_create(rows(), batch_size=A_BATCH)


def add_clubs(movement: Movement, allies: list[Ally]) -> None:
    pairs = [(one.club, ally) for one, ally in zip(movement.allies, allies, strict=True) if one.club is not None]
    for number, group in groupby(sorted(pairs, key=lambda pair: (pair[0], pair[1].pk)), key=lambda pair: pair[0]):
        members = [ally for _club, ally in group]
        begun, name = members[0].joined_at, f"Reading group {(number or 0) + 1}"
        said = {"slug": f"simulated-{(number or 0) + 1}", "purpose": "Simulated.", "access": Access.OPEN}
        club = Club.objects.create(name=name, created_at=begun, seats_taken=len(members), **said)
        Membership.objects.bulk_create(
            Membership(club=club, ally=ally, is_organiser=not place, joined_at=ally.joined_at)
            for place, ally in enumerate(members)
        )


def add_stays(movement: Movement, allies: list[Ally], first: datetime) -> None:
    """Where they were and until when: nobody moves, some leave."""
    end = movement.bounds[-1]

    def rows() -> Iterator[Stay]:
        for ally, one in zip(allies, movement.allies, strict=True):
            since = ally.joined_at.date()
            stay = Stay(ally=ally, unit=ally.unit, joined=since.replace(day=1), since=since)
            if one.until < end:
                stay.until, stay.ended = (first + timedelta(days=one.until)).date(), Ended.LEFT
            yield stay

    Stay.objects.bulk_create(rows(), batch_size=A_BATCH)


def add_snapshots(starts: list[datetime]) -> None:
    """Each month as it would have been counted when it ended: whoever left later was there still."""
    past = Past(list(Unit.objects.in_order()))
    for month in starts[:-1]:
        build_month(month.date(), past)


def add_looker(password: str) -> None:
    """An ally without a unit, who changes no figure by unit and has just come."""
    user = User.objects.create_user(LOOKER, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Ally.objects.create(user=user, name="Looker", visibility=Visibility.QUIET)
