"""Personal data of the cards (design rule 11). What two wrote together goes with whose card it is; what is left on
another's card after somebody has left is without their name."""

from accounts.personal_data import declare, delete_rows, kept_without_name, rows
from movement.personas.models import PersonaCard
from movement.personas.ratings import Rating
from movement.personas.ties import Tie
from movement.personas.versions import CardVersion
from movement.personas.workshops import Guest, Workshop

CARD = (
    "end", "name", "role", "want", "use", "when", "good", "side", "unit__name", "audience", "said_by",
    "created_at", "changed_at",
)  # fmt: skip
WROTE = ("name", "role", "want", "use", "when", "good", "at")


def declare_cards() -> None:
    """Answers and ratings first, the cards last."""
    said = ("month", "mark", "is_server", "at")
    declare(Rating, export=rows(Rating, "by__user", *said), erase=delete_rows(Rating, "by__user"))
    asked = ("answer", "asked_at", "answered_at")
    declare(Tie, export=rows(Tie, "ally__user", *asked), erase=delete_rows(Tie, "ally__user"))
    declare(CardVersion, export=rows(CardVersion, "by__user", *WROTE), erase=kept_without_name)
    declare(Guest, export=rows(Guest, "ally__user", "workshop__title", "at"), erase=delete_rows(Guest, "ally__user"))
    declare(PersonaCard, export=rows(PersonaCard, "owner__user", *CARD), erase=delete_rows(PersonaCard, "owner__user"))
    held = ("title", "started_at", "ended_at")
    declare(Workshop, export=rows(Workshop, "host__user", *held), erase=delete_rows(Workshop, "host__user"))
