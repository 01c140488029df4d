"""Personal data of the movement (design rule 11), and the rights that its models give to the roles."""

from accounts.personal_data import declare, delete_rows, rows
from accounts.roles import STEWARDS, grant
from movement.actions.models import Action, Idea
from movement.allies.models import Ally, Unit
from movement.allies.steps import StepTaken
from movement.definitions.models import Definition
from movement.invitations.models import Invitation, Redemption
from movement.personas.models import PersonaCard
from movement.resolve.models import SelfNote

ABOUT_ME = ("name", "alias", "visibility", "unit__name", "role", "about", "joined_at")


def declare_allies() -> None:
    declare(
        Redemption,
        export=rows(Redemption, "joined__user", "at"),
        erase=delete_rows(Redemption, "joined__user"),
    )
    declare(
        Invitation,
        export=rows(Invitation, "owner__user", "code", "words", "created_at", "replaced_at"),
        erase=delete_rows(Invitation, "owner__user"),
    )
    declare(
        StepTaken,
        export=rows(StepTaken, "ally__user", "name", "at"),
        erase=delete_rows(StepTaken, "ally__user"),
    )
    declare(Ally, export=rows(Ally, "user", *ABOUT_ME), erase=delete_rows(Ally, "user"))


def declare_doing() -> None:
    said = ("text", "done_on", "kind", "for_whom", "audience", "idea__title", "created_at")
    declare(Action, export=rows(Action, "ally__user", *said), erase=delete_rows(Action, "ally__user"))
    lines = ("name", "role", "want", "use", "when", "side", "unit__name", "audience", "created_at", "changed_at")
    declare(PersonaCard, export=rows(PersonaCard, "owner__user", *lines), erase=delete_rows(PersonaCard, "owner__user"))


def declare_words() -> None:
    own = ("text", "shown_at", "read_since", "written_at")
    declare(Definition, export=rows(Definition, "ally__user", *own), erase=delete_rows(Definition, "ally__user"))
    note = ("text", "months", "in_mail", "written_on", "due_on", "came_back_at")
    declare(SelfNote, export=rows(SelfNote, "ally__user", *note), erase=delete_rows(SelfNote, "ally__user"))


def grant_rights() -> None:
    grant(STEWARDS, Unit, "add", "change", "delete", "view")
    grant(STEWARDS, Idea, "add", "change", "delete", "view")
