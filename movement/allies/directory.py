"""The directory: open allies by name or by department, aliases apart. Everything is read through `visible_to`.

Paged by key (name and public number), never by offset, so that the last page costs what the first does. An alias is
never filtered by department: whoever appeared under one would be known to work there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import OuterRef, Q, Subquery

from movement.allies.facets import Facets, facets
from movement.allies.models import Ally, AllyQuerySet, Unit
from movement.allies.narrowing import Wish, in_divisions, narrowed
from movement.allies.profiles import Shown, dressed

PAGE = 30
IN_A_GLANCE = 4
#: A small number is not told, and a large one not counted to its end.
FEWEST, MOST = 5, 1_000
KEY = "movement.directory"


@dataclass(kw_only=True)
class Section:
    """Open allies under one heading; `unit` is None for the list of everybody. `open` counts all of them, or is None
    where they are few or not counted; `more` says whether some are left over."""

    unit: Unit | None
    allies: list[Shown]
    open: int | None = None
    more: bool = False
    next_key: str = ""


@dataclass(kw_only=True)
class Directory:
    """`open` is how many open allies match, if that `is_counted`; no page tells a number of few, or more than MOST."""

    sections: list[Section]
    aliases: list[Shown]
    next_alias_key: str
    chosen: list[Unit]
    divisions: list[Unit]
    open: int
    is_counted: bool
    facets: Facets

    @property
    def is_few(self) -> bool:
        return self.open < FEWEST

    @property
    def is_cut(self) -> bool:
        return self.open > MOST


def directory(*, viewer: Ally, wish: Wish) -> Directory:
    """What this ally may see of the others, as wished."""
    visible = Ally.objects.visible_to(viewer.user)
    counts = facets(visible)
    units = [unit for _division, rows in counts.groups for unit, _count in rows]
    divisions = [division for division, _rows in counts.groups if division.slug in set(wish.divisions)]
    chosen = [unit for unit in units if unit.slug in set(wish.units) or unit.division in divisions]
    opened = narrowed(visible.open(), wish, me=viewer, name_key="name_key", common=counts.counted.common)
    if chosen:
        opened = opened.working_in(*chosen)
    sections = _glances(opened, chosen) if len(chosen) > 1 else [_page(opened, chosen, wish.after)]
    for section in sections:
        section.open = None if wish.is_narrow or not section.unit else counts.of(section.unit)
    aliases = narrowed(visible.by_alias(), wish, me=viewer, name_key="alias_key", common=counts.counted.common)
    aliases = in_divisions(aliases, divisions)
    shown, next_alias_key = _keyed(aliases, "alias_key", wish.alias_after)
    return _dressed(
        Directory(
            sections=sections,
            aliases=shown,  # type: ignore[arg-type]
            next_alias_key=next_alias_key,
            chosen=chosen,
            divisions=divisions,
            open=_open(sections, opened, wish, counts),
            is_counted=len(sections) == 1 or not wish.is_narrow,
            facets=counts,
        )
    )


def _open(sections: Sequence[Section], opened: AllyQuerySet, wish: Wish, counts: Facets) -> int:
    """How many they are, up to MOST; what stands on the page already, or was counted already, is not asked again."""
    if len(sections) > 1 and not wish.is_narrow:
        return sum(counts.counted.units.get(section.unit.pk, 0) for section in sections if section.unit)
    if wish.after or sections[0].next_key:
        return len(opened.order_by().values_list("pk", flat=True)[: MOST + 1])
    return sum(len(section.allies) for section in sections)


def _dressed(found: Directory) -> Directory:
    """Lists hold bare allies up to here; what stands beside their names comes for all of them at once."""
    lists: list[list[Any]] = [*(section.allies for section in found.sections), found.aliases]
    shown = {one.ally.pk: one for one in dressed([ally for rows in lists for ally in rows])}
    for rows in lists:
        rows[:] = [shown[ally.pk] for ally in rows]
    return found


def _glances(opened: AllyQuerySet, chosen: Sequence[Unit]) -> list[Section]:
    """The first few of each chosen department: where each glance ends, and then all of them."""
    there = opened.filter(unit=OuterRef("pk")).order_by("name_key", "public_id")
    last = Subquery(there.values("name_key")[IN_A_GLANCE : IN_A_GLANCE + 1])
    wanted = Q(pk__in=[])
    for unit in Unit.objects.filter(pk__in=[unit.pk for unit in chosen]).annotate(ends=last):
        upto = {} if unit.ends is None else {"name_key__lte": unit.ends}
        wanted |= Q(unit=unit, **upto)
    rows: dict[int | None, list[Any]] = {}
    for ally in opened.filter(wanted).select_related("unit__parent").order_by("name_key", "public_id")[: _most(chosen)]:
        rows.setdefault(ally.unit_id, []).append(ally)
    return [
        Section(unit=unit, allies=rows.get(unit.pk, [])[:IN_A_GLANCE], more=len(rows.get(unit.pk, [])) > IN_A_GLANCE)
        for unit in chosen
    ]


def _most(chosen: Sequence[Unit]) -> int:
    """A bound against a thousand of one name; a glance each and some room."""
    return (IN_A_GLANCE + 1) * len(chosen) + 200


def _page(opened: AllyQuerySet, chosen: Sequence[Unit], after: str) -> Section:
    shown, next_key = _keyed(opened, "name_key", after)
    return Section(unit=chosen[0] if chosen else None, allies=shown, next_key=next_key)  # type: ignore[arg-type]


def _keyed(allies: AllyQuerySet, key: str, after: str) -> tuple[list[Ally], str]:
    """One page in the order of `key`, and the key of the next. An unreadable key starts from the beginning."""
    last = _read(after)
    if last:
        beyond = Q(**{f"{key}__gt": last[0]}) | Q(public_id__gt=last[1])
        allies = allies.filter(beyond, **{f"{key}__gte": last[0]})
    rows = list(allies.select_related("unit__parent").order_by(key, "public_id")[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, ""
    end = rows[PAGE - 1]
    return rows[:PAGE], signing.dumps([getattr(end, key), end.public_id], salt=KEY)


def _read(key: str) -> tuple[str, int] | None:
    try:
        name, number = signing.loads(key, salt=KEY) if key else ("", 0)
    except (signing.BadSignature, ValueError):
        return None
    return (name, number) if key else None
