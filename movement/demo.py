"""The demo organisation's people: units, allies who brought one another, what they did, whom they serve."""

import re
import unicodedata
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any

from allauth.account.models import EmailAddress
from dateutil.relativedelta import relativedelta
from django.contrib.auth.hashers import make_password
from django.db.models import Min, Q
from django.utils import timezone

from accounts.models import User
from movement import demo_cards
from movement.actions.models import Action, Idea
from movement.actions.services import where
from movement.actions.starter import ensure_ideas
from movement.actions.thanks import Thanks
from movement.allies.languages import AllyLanguage
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.portraits import keep_portrait, redrawn
from movement.allies.stays import Stay
from movement.allies.steps import StepTaken
from movement.allies.tags import AllyTag, Way
from movement.demo_portraits import portrait
from movement.invitations.models import Invitation, Purpose, Redemption
from movement.invitations.thanks import thank
from movement.spread.models import ChartPicture, Estimate, UnitSnapshot
from movement.spread.publishing import tell
from movement.spread.second_ally.services import keep_hints
from movement.spread.services import rebuild_snapshots
from movement.tasks import draw_growth

MONTHS = 14
#: The first of the cast have a part in the CMS and a name there; it shows nobody else's.
WORK_IN_THE_CMS = 3
#: They have been here for a while: Today shows them what it shows to old hands.
FIRST_STEPS = (
    "chapter-one", "definition", "find-allies", "note", "reading-group", "first-action", "first-card", "invite",
)  # fmt: skip
LANGUAGES = (("cy",), ("de", "fr"), ("pl",), ("es",), ("fi", "sv"), ("pt",))
#: Beside their thanks some write a line.
THANKED_WITH = ("", "That saved me a walk.", "We noticed on Thursday already.")
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
    demo_cards.add(cards=cards, allies=allies, units=units)
    StepTaken.objects.bulk_create(StepTaken(ally=ally, name=step) for ally in allies for step in FIRST_STEPS)
    return allies


def count_months() -> None:
    """The months of the spread, once everything that is counted is there: clubs and meetings too."""
    rebuild_snapshots()
    if month := tell():
        keep_hints(month)
    draw_growth.enqueue()


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
    add_words(people, allies)
    add_invitations(allies)
    return allies


def add_invitations(allies: list[Ally]) -> None:
    """Everybody's link, by which those came who were brought; the first of the cast also asks to lunch."""
    links = Invitation.objects.bulk_create(Invitation(owner=ally) for ally in allies)
    by_owner = {link.owner_id: link for link in links}
    Redemption.objects.bulk_create(
        Redemption(invitation=by_owner[ally.invited_by_id], joined=ally, at=ally.joined_at)
        for ally in allies
        if ally.invited_by_id is not None
    )
    words = "We meet once a month over lunch. Nobody sells you anything, and you may leave whenever you like."
    first, until = allies[0], timezone.now() + timedelta(days=12)
    Invitation.objects.filter(owner=first).update(words=words)
    Invitation.objects.create(
        owner=first, purpose=Purpose.OCCASION, occasion="Lunch in the canteen", expires_at=until, seats=20
    )
    newest = max((ally for ally in allies if ally.invited_by_id == first.pk), key=lambda ally: ally.joined_at)
    thank(inviter=first, joined=newest)


def add_words(people: Rows, allies: list[Ally]) -> None:
    """What they can help with, what they would like to learn (what a colleague further on can help with), languages,
    and a portrait, drawn here, of every fifth open one."""
    helps = [row.get("can_help") or [] for row in people]
    learns = [(helps[(place * 7 + 11) % len(helps)] or [""])[0] for place in range(len(people))]
    tags = [
        AllyTag(ally=ally, way=way, name=name)
        for ally, can, learn in zip(allies, helps, learns, strict=True)
        for way, name in [*((Way.HELP, name) for name in can), (Way.LEARN, learn)]
        if name and (way == Way.HELP or name not in can)
    ]
    AllyTag.objects.bulk_create(tags)
    AllyLanguage.objects.bulk_create(
        AllyLanguage(ally=ally, code=code)
        for place, ally in enumerate(allies)
        for code in ["en", *(LANGUAGES[place % len(LANGUAGES)] if place % 3 == 0 else ())]
    )
    for place, ally in enumerate(allies):
        if place % 5 == 0 and ally.visibility == Visibility.OPEN:
            keep_portrait(ally=ally, picture=redrawn(portrait(place)))


def add_actions(rows: Rows, allies: list[Ally]) -> None:
    today, now = timezone.localdate(), timezone.now()
    ideas = {idea.slug: idea for idea in Idea.objects.all()}
    actions = Action.objects.bulk_create(
        Action(
            ally=allies[row["person"]],
            **where(allies[row["person"]]),
            text=row["text"],
            kind=row["kind"],
            for_whom=row.get("for_whom") or "",
            done_on=today - timedelta(days=row["days_ago"]),
            created_at=now - timedelta(days=row["days_ago"]),
            idea=ideas.get(row.get("idea") or ""),
        )
        for row in rows
    )
    add_answers(actions, allies)


def add_answers(actions: list[Action], allies: list[Ally]) -> None:
    """Some are thanked for what they did."""
    Thanks.objects.bulk_create(
        Thanks(action=action, ally=ally, line=THANKED_WITH[place % len(THANKED_WITH)])
        for place, action in enumerate(actions[-30:])
        for ally in allies[place % 5 : place % 5 + place % 3]
        if ally.pk != action.ally_id
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
    Stay.objects.filter(Q(unit__is_demo=True) | Q(ally__user__is_demo=True)).delete()
    User.objects.filter(is_demo=True).delete()
    Unit.objects.filter(is_demo=True, parent__isnull=False).delete()
    Unit.objects.filter(is_demo=True).delete()
    # Other units were counted for the months of the demo too: those before anybody real had joined go.
    first = Ally.objects.aggregate(at=Min("joined_at"))["at"]
    begun = first.date().replace(day=1) if first else timezone.localdate()
    UnitSnapshot.objects.filter(month__lt=begun).delete()
    ChartPicture.objects.all().delete()
    demo_cards.remove()
    Estimate.objects.all().delete()
    if month := tell():
        keep_hints(month)
    draw_growth.enqueue()
