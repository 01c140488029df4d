"""Django looks here: each feature keeps its models in its own folder."""

from movement.actions.commitments import Commitment
from movement.actions.models import Action, Idea
from movement.actions.thanks import Thanks
from movement.allies.blocks import Block
from movement.allies.languages import AllyLanguage
from movement.allies.meeting import PutAside
from movement.allies.models import Ally, Unit, Visibility
from movement.allies.portraits import Portrait
from movement.allies.stays import Stay
from movement.allies.steps import StepTaken
from movement.allies.tags import AllyTag
from movement.allies.unit_history import Belonging, Headcount
from movement.decisions.models import Decision, Effect, Option, Stakeholder
from movement.definitions.models import Definition, DefinitionFlag
from movement.introductions.models import Introduction, Side
from movement.introductions.reports import Report
from movement.invitations.models import Arrival, Invitation, NeverAgain, Redemption
from movement.lunch.models import Lunch, LunchRound, LunchWish, Seat
from movement.personas.gap import GapMonth
from movement.personas.models import PersonaCard
from movement.personas.ratings import Rating
from movement.personas.service_map import ServiceLink, ServiceMap
from movement.personas.ties import Tie
from movement.personas.versions import CardVersion
from movement.personas.workshops import Guest, Workshop
from movement.pulse.models import Asked, Pulse, Question, Result
from movement.pulse.papers import AddressList, ListCount, NoTicket, Slip, Ticket, Urn
from movement.pulse.voices import Hiding, Voice
from movement.resolve.hellos import Hello
from movement.resolve.milestones import Milestone
from movement.resolve.models import SelfNote
from movement.resolve.nudges import Nudge, NudgeWish
from movement.spread.idea_months import IdeaMonth
from movement.spread.models import ChartPicture, Estimate, UnitSnapshot
from movement.spread.report.models import SpreadReport
from movement.spread.second_ally.models import Hint
from movement.spread.settings import SpreadSettings
from movement.spread.what_if.models import FittedDraws, Scenario

__all__ = [
    "Action",
    "AddressList",
    "Ally",
    "AllyLanguage",
    "AllyTag",
    "Arrival",
    "Asked",
    "Belonging",
    "Block",
    "CardVersion",
    "ChartPicture",
    "Commitment",
    "Decision",
    "Definition",
    "DefinitionFlag",
    "Effect",
    "Estimate",
    "FittedDraws",
    "GapMonth",
    "Guest",
    "Headcount",
    "Hello",
    "Hiding",
    "Hint",
    "Idea",
    "IdeaMonth",
    "Introduction",
    "Invitation",
    "ListCount",
    "Lunch",
    "LunchRound",
    "LunchWish",
    "Milestone",
    "NeverAgain",
    "NoTicket",
    "Nudge",
    "NudgeWish",
    "Option",
    "PersonaCard",
    "Portrait",
    "Pulse",
    "PutAside",
    "Question",
    "Rating",
    "Redemption",
    "Report",
    "Result",
    "Scenario",
    "Seat",
    "SelfNote",
    "ServiceLink",
    "ServiceMap",
    "Side",
    "Slip",
    "SpreadReport",
    "SpreadSettings",
    "Stakeholder",
    "Stay",
    "StepTaken",
    "Thanks",
    "Ticket",
    "Tie",
    "Unit",
    "UnitSnapshot",
    "Urn",
    "Visibility",
    "Voice",
    "Workshop",
]
