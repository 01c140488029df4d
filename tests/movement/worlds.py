"""What movement adds to the world of the permission matrix."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from movement.actions.committing import commit_to
from movement.actions.models import Action, Idea, Kind
from movement.actions.proposing import propose
from movement.actions.services import where
from movement.allies.blocks import block
from movement.allies.models import Ally
from movement.decisions.models import Decision
from movement.decisions.services import weigh, write_decision
from movement.definitions.judging import flag
from movement.definitions.models import Definition
from movement.definitions.services import define
from movement.introductions import services as introductions
from movement.introductions.models import Introduction
from movement.introductions.reports import report
from movement.lunch import rounds
from movement.lunch.models import LunchWish, Rhythm, Seat
from movement.lunch.services import take_part
from movement.personas.gathering import come_in, open_workshop, put_on_table
from movement.personas.models import Audience, PersonaCard
from movement.personas.services import write_card
from movement.personas.ties import Tie
from movement.personas.tying import confirm
from movement.personas.workshops import Workshop
from movement.resolve.hellos import Hello
from movement.resolve.models import SelfNote
from movement.resolve.nudges import Nudge
from movement.resolve.services import write_note
from tests import cast


def make_idea(title: str = "Ring one reader", **fields: Any) -> Idea:
    wanted = {"slug": title.lower().replace(" ", "-"), "text": "Ask what they read first.", "kind": Kind.SERVICING}
    return Idea.objects.create(title=title, **wanted | fields)


def make_action(ally: Ally, text: str = "Rang the depot.", **fields: Any) -> Action:
    return Action.objects.create(**where(ally) | {"ally": ally, "text": text} | fields)


def make_proposal(ally: Ally, title: str = "Carry the second box", **fields: Any) -> Idea:
    said = {"text": "Two hands are free.", "kind": Kind.RELATIONS} | fields
    return propose(ally=ally, title=title, **said)


def make_card(owner: Ally, name: str = "Ines", **fields: Any) -> PersonaCard:
    lines = {"role": "depot planner", "want": "the list by half past three", "use": "send the van once"}
    return write_card(owner=owner, name=name, **lines | fields)


def make_pair(owner: Ally, ally: Ally, *, agreed: bool = True, **lines: Any) -> PersonaCard:
    """A card of `owner`'s with `ally` at the other end, who has said that it is right, or was just asked."""
    said = {"name": "Percival", "role": "buyer", "want": "late orders named", "use": "ring suppliers", **lines}
    card = write_card(owner=owner, ally=ally, **said)
    if agreed:
        confirm(card=card, by=ally, edition=card.edition)
    return card


def tie_of(card: PersonaCard) -> Tie:
    return Tie.objects.get(card=card, ended_at=None)


TABLE_LINES = {"name": "Nan", "role": "night porter", "want": "the key hung up", "use": "go home at six"}


def make_workshop(host: Ally, title: str = "Whom does the bench serve?", **fields: Any) -> Workshop:
    return open_workshop(host=host, title=title, **fields)


def make_decision(owner: Ally, text: str = "Where does the tray stand?", **said: Any) -> Decision:
    """Two ways and two stakeholders, weighed for the first: +1 and then +2 one way, -1 and then +1 the other."""
    given = {"audience": Audience.ALLIES, "background": "It stands on the far side."} | said
    ways, whom = {1: "By the door", 2: "Where it is"}, {1: "", 6: "Drivers"}
    decision = write_decision(owner=owner, text=text, options=ways, stakeholders=whom, **given)
    who, (door, far) = decision.stakeholders.get(place=1), decision.options.all()
    effects = {
        (door.pk, "now"): (1, "shorter"),
        (door.pk, "year"): (2, ""),
        (far.pk, "now"): (-1, "a long walk"),
        (far.pk, "year"): (1, ""),
    }
    weigh(stakeholder=who, edition=1, effects=effects)
    who.refresh_from_db()
    return decision


def make_definition(ally: Ally, text: str = "We clear each other’s way.", *, show: bool = True) -> Definition:
    return define(ally=ally, text=text, show=show)


def make_note(ally: Ally, text: str = "Because of the hinge.", *, months: int = 3, **wishes: Any) -> SelfNote:
    given = {"in_mail": False, "when_away": True, "today": timezone.localdate()}
    return write_note(ally=ally, text=text, months=months, **given | wishes)


def make_introduction(by: Ally, to: Ally, note: str = "You keep the shelf that I pick from.") -> Introduction:
    return introductions.ask(by=by, to=to, note=note, reach="the desk by the east door")


def make_wish(ally: Ally, days: str = "12345", **wishes: Any) -> LunchWish:
    given: dict[str, Any] = {"rhythm": Rhythm.WEEKLY, "reach": f"{ally.shown_name}’s desk"}
    return take_part(ally=ally, days=days, **given | wishes)


def make_lunch(*allies: Ally, monday: date = date(2031, 5, 5), **wishes: Any) -> list[Seat]:
    """A round with these alone; their seats."""
    for ally in allies:
        make_wish(ally, **wishes)
    rounds.run(monday)
    return list(Seat.objects.filter(round__monday=monday).order_by("ally"))


def finding_world(people: Mapping[str, Ally]) -> dict[str, Any]:
    """A note from "organiser" that waits for "ally", somebody whom "ally" keeps apart from, a report by "member", and
    a lunch of "ally" with somebody."""
    owner, bystander = people["ally"], cast.make_ally("Ursel Blount")
    seats = {seat.ally_id: seat for seat in make_lunch(owner, cast.make_ally("Perpetua Lisle"))}
    return {
        "seat": seats[owner.pk],
        "introduction": make_introduction(people["organiser"], owner),
        "block": block(by=owner, other=bystander),
        "report": report(about=bystander, by=people["member"], reason="Writes to everybody, every day."),
    }


def doing_world(people: Mapping[str, Ally]) -> dict[str, Any]:
    """Something that "ally" did and means to do, a card and a definition of theirs that allies see, two cards with
    "organiser" at the other end, a workshop of the two, a note that nobody else sees, an idea, and a department."""
    owner = people["ally"]
    definition = make_definition(owner)
    flag(definition=definition, by=people["organiser"])
    workshop = make_workshop(owner)
    come_in(workshop=workshop, ally=people["organiser"])
    return {
        "action": make_action(owner),
        "commitment": commit_to(ally=owner, text="Ring the depot on Monday."),
        "proposal": make_proposal(owner),
        "definition": definition,
        "note": make_note(owner),
        "card": make_card(owner, audience=Audience.ALLIES),
        "agreed_card": make_pair(owner, people["organiser"]),
        "asked_card": make_pair(owner, people["organiser"], agreed=False, name="Thaddea"),
        "workshop": workshop,
        "table_card": put_on_table(workshop=workshop, ally=owner, said_by="Bo", **TABLE_LINES),
        "decision": make_decision(owner),
        "nudge": Nudge.objects.create(ally=owner, monday=date(2031, 5, 5), name="ring-one-reader"),
        "hello": Hello.objects.create(ally=owner, other=people["alias_ally"]),
        "idea": make_idea(),
        "unit": owner.unit or cast.make_unit("Route Planning", headcount=12),
    }
