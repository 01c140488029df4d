"""Personal data of the movement (design rule 11), and the rights that its models give to the roles."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.personal_data import (
    addresses_of,
    declare,
    delete_rows,
    kept_without_name,
    known_by,
    nothing_to_export,
    rows,
)
from accounts.roles import STEWARDS, grant
from movement.actions.commitments import Commitment
from movement.actions.models import Action, Idea
from movement.actions.proposing import erase_proposals
from movement.actions.services import erase_actions, what_i_did
from movement.actions.thanks import Thanks
from movement.allies.languages import AllyLanguage
from movement.allies.meeting import PutAside
from movement.allies.models import LONGEST_SIGNATURE, Ally, Unit
from movement.allies.portraits import Portrait, erase_portrait, portraits_of
from movement.allies.stays import Stay, forget_stays
from movement.allies.steps import StepTaken
from movement.allies.tags import AllyTag
from movement.allies.unit_history import Headcount
from movement.definitions.models import Definition, DefinitionFlag
from movement.invitations.letters import erase_receiver
from movement.invitations.models import Arrival, Invitation, Purpose, Redemption
from movement.pulse.models import Pulse, Question
from movement.pulse.papers import Ticket
from movement.pulse.voices import Hiding
from movement.spread.report.models import SpreadReport
from movement.spread.settings import SpreadSettings

#: Neither whether one was used nor by whom. The code of a letter leads nowhere: its link is its receiver's.
GIVEN_OUT = (
    "purpose", "code", "words", "is_signed", "occasion", "seats", "expires_at", "shown_address", "created_at",
    "ended_at",
)  # fmt: skip
ABOUT_ME = (
    "name", "alias", "visibility", "unit__name", "show_unit", "role", "show_role", "about", "reach_me", "joined_at",
)  # fmt: skip


def names_of(user: User) -> Iterator[str]:
    for ally in Ally.objects.filter(user=user):
        yield from (ally.name, ally.alias, ally.name[:LONGEST_SIGNATURE])


def _given_out(user: User) -> Iterator[dict[str, Any]]:
    """A letter that is left after its month was answered: that is its receiver's to tell, so none of those is there."""
    forgotten = Q(purpose=Purpose.LETTER, recipient="")
    yield from Invitation.objects.filter(owner__user=user).exclude(forgotten).values(*GIVEN_OUT)


def _erase_invitations(user: User) -> None:
    """Theirs, and whom those of others went to."""
    Invitation.objects.filter(owner__user=user).delete()
    for address in addresses_of(user):
        erase_receiver(address)


def declare_allies() -> None:
    known_by(names_of)
    declare(
        Redemption,
        export=rows(Redemption, "joined__user", "at"),
        erase=delete_rows(Redemption, "joined__user"),
    )
    declare(
        Invitation,
        export=_given_out,
        erase=_erase_invitations,
    )
    declare(
        Arrival,
        export=rows(Arrival, "user", "at"),
        erase=delete_rows(Arrival, "user"),
    )
    declare(
        StepTaken,
        export=rows(StepTaken, "ally__user", "name", "at"),
        erase=delete_rows(StepTaken, "ally__user"),
    )
    declare(AllyTag, export=rows(AllyTag, "ally__user", "way", "name"), erase=delete_rows(AllyTag, "ally__user"))
    declare(
        AllyLanguage,
        export=rows(AllyLanguage, "ally__user", "code"),
        erase=delete_rows(AllyLanguage, "ally__user"),
    )
    declare(PutAside, export=rows(PutAside, "ally__user", "at"), erase=delete_rows(PutAside, "ally__user"))
    declare(Portrait, export=nothing_to_export, erase=erase_portrait, files=portraits_of)
    where = rows(Stay, "ally__user", "unit__name", "since", "until")
    declare(Stay, export=where, erase=forget_stays)
    declare(Ally, export=rows(Ally, "user", *ABOUT_ME), erase=delete_rows(Ally, "user"))


def declare_doing() -> None:
    declare(Action, export=what_i_did, erase=erase_actions)
    proposed = rows(Idea, "proposed_by__user", "title", "text", "is_published", "proposed_at", "word_back")
    declare(Idea, export=proposed, erase=erase_proposals)
    declare(Thanks, export=rows(Thanks, "ally__user", "line", "at"), erase=delete_rows(Thanks, "ally__user"))
    meant = ("text", "by_on", "idea__title", "state", "made_at", "settled_at")
    declare(Commitment, export=rows(Commitment, "ally__user", *meant), erase=delete_rows(Commitment, "ally__user"))


def declare_words() -> None:
    own = ("text", "taken_down_why", "shown_at", "read_since", "written_at")
    declare(Definition, export=rows(Definition, "ally__user", *own), erase=delete_rows(Definition, "ally__user"))
    flags = rows(DefinitionFlag, "ally__user", "at")
    declare(DefinitionFlag, export=flags, erase=delete_rows(DefinitionFlag, "ally__user"))


def declare_pulses() -> None:
    """A ticket goes with its owner, and until the close it is told to them alone. What they answered stays: it is
    nobody's, and nobody could find it."""
    tickets = rows(Ticket, "ally__user", "pulse__opens_at", "is_used")
    declare(Ticket, export=tickets, erase=delete_rows(Ticket, "ally__user"))
    planned = rows(Pulse, "planned_by", "audience", "opens_at", "closes_at")
    declare(Pulse, export=planned, erase=kept_without_name)
    declare(Hiding, export=rows(Hiding, "by", "at", "hides", "why"), erase=kept_without_name)


def declare_report() -> None:
    """The note stays without the name of who wrote it."""
    noted = rows(SpreadReport, "note_by__user", "note", "note_at", "is_signed")
    declare(SpreadReport, export=noted, erase=kept_without_name)


def grant_rights() -> None:
    grant(STEWARDS, Unit, "add", "change", "delete", "view")
    grant(STEWARDS, Headcount, "add", "change", "delete", "view")
    grant(STEWARDS, Idea, "add", "change", "delete", "view")
    grant(STEWARDS, Question, "add", "change", "delete", "view")
    grant(STEWARDS, SpreadSettings, "change")
