"""The origins that lie below: allies, departments, and chapters of the primer."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from content.pages.primer import ChapterPage
from movement.actions.origins import Origin, Place, register
from movement.allies.models import Ally, AllyQuerySet, Unit, Visibility
from movement.allies.names import skeleton

#: So many names at most stand ready while one types.
OFFERED = 60


def allies(viewer: Any, numbers: Collection[int]) -> Iterable[Place]:
    """By the number in their address: who appears anew is not found behind the old one."""
    return _told(Ally.objects.visible_to(viewer).filter(public_id__in=numbers))


def _told(found: AllyQuerySet) -> Iterable[Place]:
    for ally in found:
        name = str(ally.shown_name)
        said = _("For %(name)s") % {"name": name}
        yield Place(number=ally.public_id, said=said, url=ally.get_absolute_url(), name=name)


def allies_called(viewer: Any, text: str) -> Iterable[Place]:
    """Whatever its capitals and accents."""
    key = skeleton(text)
    shown = Q(visibility=Visibility.OPEN, name_key=key) | Q(visibility=Visibility.ALIAS, alias_key=key)
    return _told(Ally.objects.visible_to(viewer).filter(shown)[:2]) if key else ()


def allies_near(ally: Ally) -> Iterable[str]:
    """Those who show that they work in the same department."""
    if ally.unit is None:
        return []
    near = Ally.objects.visible_to(ally.user).working_in(ally.unit).exclude(pk=ally.pk)
    return [str(one.shown_name) for one in near.order_by("name_key", "public_id")[:OFFERED]]


def chapters(viewer: Any, numbers: Collection[int]) -> Iterable[Place]:
    for page in ChapterPage.objects.visible_to(viewer).filter(pk__in=numbers):
        said = _("From the chapter “%(title)s”") % {"title": page.title}
        yield Place(number=page.pk, said=said, url=page.get_absolute_url())


def units(viewer: Any, numbers: Collection[int]) -> Iterable[Place]:
    """One that was closed keeps its name, and leads nowhere."""
    return [_unit(unit) for unit in Unit.objects.filter(pk__in=numbers)]


def units_called(viewer: Any, text: str) -> Iterable[Place]:
    return [_unit(unit) for unit in Unit.objects.choosable().filter(name__iexact=text)[:2]]


def _unit(unit: Unit) -> Place:
    url = "" if unit.closed_on else reverse("movement:service_map_unit", args=[unit.slug])
    return Place(number=unit.pk, said=_("For %(name)s") % {"name": unit.name}, url=url, name=unit.name)


def register_sources() -> None:
    register(Origin(name="unit", seen=units, called=units_called, is_nobody=True))
    register(Origin(name="ally", seen=allies, offered=allies_near, called=allies_called))
    register(Origin(name="chapter", seen=chapters))
