"""Django looks here: each feature keeps its models in its own folder."""

from movement.actions.models import Action, Idea
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.steps import StepTaken
from movement.definitions.models import Definition
from movement.invitations.models import Invitation, Redemption
from movement.personas.models import PersonaCard
from movement.resolve.models import SelfNote
from movement.spread.models import ChartPicture, UnitSnapshot

__all__ = [
    "Action",
    "Ally",
    "ChartPicture",
    "Definition",
    "Idea",
    "Invitation",
    "PersonaCard",
    "Redemption",
    "SelfNote",
    "StepTaken",
    "Unit",
    "UnitSnapshot",
    "Visibility",
]
