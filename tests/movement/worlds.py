"""What movement adds to the world of the permission matrix."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from movement.actions.models import Action, Idea, Kind
from movement.allies.models import Ally
from movement.definitions.models import Definition
from movement.definitions.services import define
from movement.personas.models import Audience, PersonaCard
from movement.resolve.models import SelfNote
from movement.resolve.services import write_note
from tests import cast


def make_idea(title: str = "Ring one reader", **fields: Any) -> Idea:
    wanted = {"slug": title.lower().replace(" ", "-"), "text": "Ask what they read first.", "kind": Kind.SERVICING}
    return Idea.objects.create(title=title, **wanted | fields)


def make_action(ally: Ally, text: str = "Rang the depot.", **fields: Any) -> Action:
    return Action.objects.create(ally=ally, text=text, **fields)


def make_card(owner: Ally, name: str = "Ines", **fields: Any) -> PersonaCard:
    lines = {"role": "depot planner", "want": "the list by half past three", "use": "send the van once"}
    return PersonaCard.objects.create(owner=owner, name=name, **lines | fields)


def make_definition(ally: Ally, text: str = "We clear each other’s way.", *, show: bool = True) -> Definition:
    return define(ally=ally, text=text, show=show)


def make_note(ally: Ally, text: str = "Because of the hinge.", *, months: int = 3, **wishes: Any) -> SelfNote:
    given = {"in_mail": False, "today": timezone.localdate()}
    return write_note(ally=ally, text=text, months=months, **given | wishes)


def doing_world(people: Mapping[str, Ally]) -> dict[str, Any]:
    """Something that "ally" did, a card and a definition of theirs that allies see, a note that nobody else sees, an
    idea, and a department."""
    owner = people["ally"]
    return {
        "action": make_action(owner),
        "definition": make_definition(owner),
        "note": make_note(owner),
        "card": make_card(owner, audience=Audience.ALLIES),
        "idea": make_idea(),
        "unit": owner.unit or cast.make_unit("Route Planning", headcount=12),
    }
