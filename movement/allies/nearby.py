"""The digest's part about people: open allies who are new in one's own department, or else in one's division.

Only open ones: an alias beside a department would say where its bearer works (design rule 6).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.allies.blocks import pairs_apart
from movement.allies.models import Ally
from postbox.digests import sections
from postbox.digests.sections import Due, Item, Section

NAME = "nearby-allies"
#: Introductions, not a list of everybody: the directory has that.
MOST = 5


def gather(dues: Sequence[Due]) -> Mapping[int, Sequence[Item]]:
    """Who came, or came to show themselves, in that time; three queries for all readers."""
    viewers = _viewers(dues)
    divisions = {ally.unit.division.pk for _due, ally in viewers if ally.unit}
    if not divisions:
        return {}
    since, until = min(due.since for due in dues), max(due.until for due in dues)
    by_division: dict[int, list[Ally]] = defaultdict(list)
    for ally in Ally.objects.newly_open(since=since, until=until).inside(divisions):
        if ally.unit:
            by_division[ally.unit.division.pk].append(ally)
    apart = pairs_apart()
    return {
        due.number: [_item(ally) for ally in _near(viewer, by_division[viewer.unit.division.pk], due, apart)]
        for due, viewer in viewers
        if viewer.unit
    }


def _viewers(dues: Sequence[Due]) -> list[tuple[Due, Ally]]:
    by_user = {due.user.pk: due for due in dues if due.user is not None}
    allies = Ally.objects.active().filter(user__in=by_user).select_related("unit__parent")
    return [(by_user[ally.user_id], ally) for ally in allies]


def _near(viewer: Ally, newly: list[Ally], due: Due, apart: set[frozenset[int]]) -> list[Ally]:
    """The nearest first, never oneself, nor whom one is kept apart from."""
    met = [ally for ally in newly if ally.pk != viewer.pk and frozenset((viewer.pk, ally.pk)) not in apart]
    others = [ally for ally in met if due.since < ally.appears_since <= due.until]
    return sorted(others, key=lambda ally: (ally.unit_id != viewer.unit_id, ally.appears_since))[:MOST]


def _item(ally: Ally) -> Item:
    place = ally.shown_place
    words = [ally.shown_role, place.name if place else ""]
    return Item(
        key=f"ally:{ally.public_id}",
        title=ally.shown_name or "",
        url=ally.get_absolute_url(),
        text=", ".join(word for word in words if word),
    )


def is_ally(user: User) -> bool:
    return Ally.objects.filter(user=user).exists()


def register_nearby() -> None:
    sections.register(
        Section(
            name=NAME,
            position=40,
            heading=gettext_lazy("New allies near you"),
            gather=gather,
            offer=gettext_lazy("Allies who are new in my department or division"),
            offered_to=is_ally,
        )
    )
