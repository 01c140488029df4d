"""The directory: open allies by name or by department, aliases apart. Everything is read through `visible_to`.

Paged by key (name and public number), never by offset, so that the last page costs what the first does. An alias is
never filtered by department: whoever appeared under one would be known to work there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from movement.allies.models import Ally, AllyQuerySet, Unit

PAGE = 30
IN_A_GLANCE = 4
KEY = "movement.directory"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the visitor asked for: departments by slug, words, and where the pages of each list go on."""

    units: Sequence[str] = ()
    words: str = ""
    after: str = ""
    alias_after: str = ""


@dataclass(kw_only=True)
class Section:
    """Open allies under one heading. `open` counts all of them; `unit` is None for the list of everybody."""

    unit: Unit | None
    allies: list[Ally]
    open: int
    next_key: str = ""

    @property
    def more(self) -> int:
        return self.open - len(self.allies)


@dataclass(kw_only=True)
class Directory:
    sections: list[Section]
    aliases: list[Ally]
    next_alias_key: str
    chosen: list[Unit]
    open: int
    filter_groups: list[tuple[Unit, list[tuple[Unit, int]]]] = field(default_factory=list)


def directory(*, viewer: User, wish: Wish) -> Directory:
    """What this ally may see of the others, as wished."""
    visible = Ally.objects.visible_to(viewer).select_related("unit__parent")
    units = list(Unit.objects.choosable())
    chosen = [unit for unit in units if unit.slug in set(wish.units)]
    opened = _matching(visible.open(), wish.words, "name", "role", "about")
    counts = dict(opened.values_list("unit").annotate(Count("pk")).order_by())
    if len(chosen) > 1:
        sections = _glances(opened, chosen, counts)
    else:
        sections = [_page(opened, chosen[0] if chosen else None, counts, wish.after)]
    aliases = _matching(visible.by_alias(), wish.words, "alias", "about")
    shown, next_alias_key = _keyed(aliases, "alias", wish.alias_after)
    return Directory(
        sections=sections,
        aliases=shown,
        next_alias_key=next_alias_key,
        chosen=chosen,
        open=sum(section.open for section in sections),
        filter_groups=_groups(units, counts),
    )


def _matching(allies: AllyQuerySet, words: str, *fields: str) -> AllyQuerySet:
    """Those in whose fields every word stands."""
    for word in words.split()[:6]:
        found = Q()
        for name in fields:
            found |= Q(**{f"{name}__icontains": word})
        allies = allies.filter(found)
    return allies


def _glances(opened: AllyQuerySet, chosen: list[Unit], counts: dict[int | None, int]) -> list[Section]:
    """The first few of each chosen department, in one query."""
    rank = Window(RowNumber(), partition_by=F("unit"), order_by=["name", "public_id"])
    ranked = opened.filter(unit__in=chosen).annotate(rank=rank)
    by_unit: dict[int | None, list[Ally]] = {}
    for ally in ranked.filter(rank__lte=IN_A_GLANCE).order_by("name", "public_id"):
        by_unit.setdefault(ally.unit_id, []).append(ally)
    return [Section(unit=unit, allies=by_unit.get(unit.pk, []), open=counts.get(unit.pk, 0)) for unit in chosen]


def _page(opened: AllyQuerySet, unit: Unit | None, counts: dict[int | None, int], after: str) -> Section:
    rows = opened.filter(unit=unit) if unit else opened
    shown, next_key = _keyed(rows, "name", after)
    total = counts.get(unit.pk, 0) if unit else sum(counts.values())
    return Section(unit=unit, allies=shown, open=total, next_key=next_key)


def _keyed(allies: AllyQuerySet, name: str, after: str) -> tuple[list[Ally], str]:
    """One page in the order of `name`, and the key of the next. An unreadable key starts from the beginning."""
    last = _read(after)
    if last:
        allies = allies.filter(Q(**{f"{name}__gt": last[0]}) | Q(**{name: last[0], "public_id__gt": last[1]}))
    rows = list(allies.order_by(name, "public_id")[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, ""
    end = rows[PAGE - 1]
    return rows[:PAGE], signing.dumps([getattr(end, name), end.public_id], salt=KEY)


def _read(key: str) -> tuple[str, int] | None:
    try:
        name, number = signing.loads(key, salt=KEY) if key else ("", 0)
    except (signing.BadSignature, ValueError):
        return None
    return (name, number) if key else None


def _groups(units: list[Unit], counts: dict[int | None, Any]) -> list[tuple[Unit, list[tuple[Unit, int]]]]:
    groups: dict[Unit, list[tuple[Unit, int]]] = {}
    for unit in units:
        groups.setdefault(unit.division, []).append((unit, counts.get(unit.pk, 0)))
    return list(groups.items())
