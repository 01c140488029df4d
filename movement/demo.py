"""The demo organisation's people: units, allies who brought one another, what they did, whom they serve."""

import re
import unicodedata
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any

from allauth.account.models import EmailAddress
from dateutil.relativedelta import relativedelta
from django.contrib.auth.hashers import make_password
from django.db.models import Min
from django.utils import timezone

from accounts.models import User
from movement.actions.models import Action, Idea
from movement.actions.starter import ensure_ideas
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.steps import StepTaken
from movement.invitations.models import Invitation
from movement.personas.models import Audience, PersonaCard
from movement.spread.models import ChartPicture, UnitSnapshot
from movement.spread.services import build_snapshots
from movement.tasks import draw_growth

MONTHS = 14
#: The first of the cast have a part in the CMS and a name there; it shows nobody else's.
WORK_IN_THE_CMS = 3
#: They have been here for a while: Today shows them what it shows to old hands.
FIRST_STEPS = (
    "chapter-one", "definition", "find-allies", "note", "reading-group", "first-action", "first-card", "invite",
)  # fmt: skip
Rows = list[dict[str, Any]]


def address_of(name: str) -> str:
    """marguerite.oldacre@tarebridge.example"""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return ".".join(re.findall("[a-z]+", plain)) + "@tarebridge.example"


def add(*, organisation: dict[str, Any], people: Rows, actions: Rows, cards: Rows, password: str) -> list[Ally]:
    """Everybody, in the order of `people`. Joining dates run from fourteen months ago to last week."""
    units = add_units(organisation)
    allies = add_allies(people, units, password)
    ensure_ideas()
    add_actions(actions, allies)
    add_cards(cards, allies, units)
    StepTaken.objects.bulk_create(StepTaken(ally=ally, name=step) for ally in allies for step in FIRST_STEPS)
    build_snapshots()
    draw_growth.enqueue()
    return allies


def add_units(organisation: dict[str, Any]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for place, division in enumerate(organisation["divisions"]):
        parent = Unit.objects.create(name=division["name"], position=place, is_demo=True)
        units[division["slug"]] = parent
        for number, row in enumerate(division["departments"]):
            units[row["slug"]] = Unit.objects.create(
                name=row["name"],
                headcount=row["headcount"],
                parent=parent,
                position=number,
                is_demo=True,
            )
    return units


def joined_at(month: int, place: int) -> datetime:
    """A working hour in that month; later places in the list never join earlier than the month says."""
    start = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) - relativedelta(months=MONTHS - month)
    return start + timedelta(days=(place * 7) % 21, minutes=(place * 37) % 420)


def add_allies(people: Rows, units: dict[str, Unit], password: str) -> list[Ally]:
    hashed = make_password(password)
    users = User.objects.bulk_create(
        User(
            email=address_of(row["name"]),
            name=row["name"] if place < WORK_IN_THE_CMS else "",
            password=hashed,
            is_demo=True,
        )
        for place, row in enumerate(people)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    newest = timezone.now() - timedelta(days=2)
    allies = [
        Ally(
            user=user,
            name=row["name"],
            alias=row["alias"],
            visibility=Visibility(row["visibility"]),
            unit=units[row["department"]],
            role=row["role"],
            about=row["about"] or "",
            joined_at=min(joined_at(row["joined_month"], place), newest),
        )
        for place, (row, user) in enumerate(zip(people, users, strict=True))
    ]
    for ally in allies:
        ally.appears_since = ally.joined_at
    Ally.objects.bulk_create(allies)
    for row, ally in zip(people, allies, strict=True):
        ally.invited_by = allies[row["invited_by"]] if row["invited_by"] is not None else None
    Ally.objects.bulk_update(allies, ["invited_by"])
    Invitation.objects.bulk_create(Invitation(owner=ally) for ally in allies)
    return allies


def add_actions(rows: Rows, allies: list[Ally]) -> None:
    today = timezone.localdate()
    ideas = {idea.slug: idea for idea in Idea.objects.all()}
    Action.objects.bulk_create(
        Action(
            ally=allies[row["person"]],
            text=row["text"],
            kind=row["kind"],
            for_whom=row.get("for_whom") or "",
            done_on=today - timedelta(days=row["days_ago"]),
            idea=ideas.get(row.get("idea") or ""),
        )
        for row in rows
    )


def add_cards(rows: Rows, allies: list[Ally], units: dict[str, Unit]) -> None:
    PersonaCard.objects.bulk_create(
        PersonaCard(
            owner=allies[row["owner"]],
            name=row["name"],
            role=row["role"],
            want=row["want"],
            use=row["use"],
            when=row.get("when") or "",
            side=row["where"],
            unit=units.get(row.get("department") or ""),
            audience=Audience.ALLIES,
        )
        for row in rows
    )


def set_password(password: str) -> None:
    User.objects.filter(is_demo=True).update(password=make_password(password))


def lift_real_departments() -> None:
    """What others founded under a demo division stands by itself before that goes."""
    for unit in Unit.objects.filter(is_demo=False, parent__is_demo=True).in_order():
        unit.name, unit.parent = free_name(unit.name), None
        unit.save()


def free_name(name: str) -> str:
    """A name that no division has: `Finance`, `Finance 2`…"""
    taken = set(Unit.objects.divisions().values_list("name", flat=True))
    others = (f"{name[:70]} {number}" for number in count(2))
    return next(free for free in chain([name], others) if free not in taken)


def remove() -> None:
    """The demo's people with all that is theirs, then its units. Real allies in a demo unit keep their account,
    real departments of a demo division become divisions.
    """
    lift_real_departments()
    Ally.objects.filter(unit__is_demo=True, user__is_demo=False).update(unit=None)
    User.objects.filter(is_demo=True).delete()
    Unit.objects.filter(is_demo=True, parent__isnull=False).delete()
    Unit.objects.filter(is_demo=True).delete()
    # Other units were counted for the months of the demo too: those before anybody real had joined go.
    first = Ally.objects.aggregate(at=Min("joined_at"))["at"]
    begun = first.date().replace(day=1) if first else timezone.localdate()
    UnitSnapshot.objects.filter(month__lt=begun).delete()
    ChartPicture.objects.all().delete()
    draw_growth.enqueue()
