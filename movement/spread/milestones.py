"""What has been reached and when, from recorded facts and published figures."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from movement.actions.models import Action, Audience
from movement.allies.models import Ally
from movement.spread.figures import Point

HUNDRED = 100


@dataclass(frozen=True)
class Milestone:
    month: date
    title: str
    text: str


def milestones(points: list[Point]) -> list[Milestone]:
    """Oldest first. Months, never days: a day can point at a person."""
    found = []
    if first := Ally.objects.active().order_by("joined_at").values_list("joined_at", flat=True).first():
        found.append(Milestone(first.date().replace(day=1), _("The beginning"), _("somebody went first")))
        # Only what all allies may read, and nothing dated before there was anybody.
        shared = Action.objects.filter(audience=Audience.ALLIES, done_on__gte=first.date())
    if first and (action := shared.order_by("done_on").values_list("done_on", flat=True).first()):
        found.append(Milestone(action.replace(day=1), _("The first small action"), _("done, and written down")))
    if unit := next((point for point in points if point.units), None):
        found.append(Milestone(unit.month, _("Five in one department"), _("enough to have lunch together")))
    if hundred := next((point for point in points if point.allies >= HUNDRED), None):
        found.append(Milestone(hundred.month, _("A hundred allies"), _("in the departments that are counted")))
    return sorted(found, key=lambda milestone: milestone.month)
