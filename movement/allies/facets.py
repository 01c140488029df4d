"""What the filter offers: departments with the number of open allies, the languages and tags in use.

A small site counts at every look. A large one counts in the background and shows the last count: what it offers may be
a quarter of an hour old, whom it lists never is.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import CharField, Count, F, Min, Value
from django.db.models.functions import Cast

from movement.allies.languages import AllyLanguage, name_of
from movement.allies.models import Ally, AllyQuerySet, Unit
from movement.allies.tags import AllyTag

KEY, KEPT_FOR = "movement.facets", 3600
#: From so many visible allies on a site is large.
LARGE = 2_000
#: Fewer than so many people are never counted, and make no choice of a filter.
FEWEST = 5
MOST_TAGS = 40
#: What so many have is met again and again on the way down the list; what fewer have is gathered first.
COMMON = 2_000


@dataclass(frozen=True)
class Counted:
    """By primary key of the unit, by language code, and the commonest tags as they are written.

    `common` holds the languages and tags that so many have that a list narrowed by them is nearly the whole list.
    """

    units: dict[int, int]
    languages: list[str]
    tags: list[str]
    common: set[tuple[str, str]]


@dataclass(frozen=True)
class Facets:
    """Departments by division, each with its number of open allies, or None for fewer than FEWEST."""

    groups: list[tuple[Unit, list[tuple[Unit, int | None]]]]
    languages: list[tuple[str, str]]
    counted: Counted

    def of(self, unit: Unit) -> int | None:
        return next((count for _division, rows in self.groups for one, count in rows if one == unit), None)


def facets(visible: AllyQuerySet) -> Facets:
    """For the filter of one viewer; all allies see the same, so what was counted for one is shown to each."""
    counted = _kept_or_counted(visible)
    groups: dict[Unit, list[tuple[Unit, int | None]]] = {}
    for unit in Unit.objects.choosable():
        count = counted.units.get(unit.pk, 0)
        groups.setdefault(unit.division, []).append((unit, count if count >= FEWEST else None))
    languages = sorted(((code, name_of(code)) for code in counted.languages), key=lambda choice: choice[1])
    return Facets(groups=list(groups.items()), languages=languages, counted=counted)


def _kept_or_counted(visible: AllyQuerySet) -> Counted:
    kept = cache.get(KEY)
    if kept is not None:
        return Counted(*kept)
    counted = count(visible)
    if sum(counted.units.values()) >= LARGE:
        _keep(counted)
    return counted


def count(visible: AllyQuerySet) -> Counted:
    """One query: how many have each department, language and tag."""
    text = CharField()
    open_ones = visible.open().filter(show_unit=True, unit__isnull=False).order_by()
    units = open_ones.annotate(what=Value("unit"), which=Cast("unit", text)).values("what", "which")
    spoken = AllyLanguage.objects.filter(ally__in=visible).order_by().annotate(what=Value("lang"), which=F("code"))
    tags = AllyTag.objects.filter(ally__in=visible).order_by().annotate(what=Value("tag"), which=F("key"))
    rows = units.annotate(n=Count("pk"), called=Value("")).values_list("what", "which", "n", "called")
    others = (
        spoken.values("what", "which").annotate(n=Count("ally"), called=Value("")),
        tags.values("what", "which").annotate(n=Count("ally", distinct=True), called=Min("name")),
    )
    found = list(rows.union(*(one.values_list("what", "which", "n", "called") for one in others), all=True))
    named = sorted((-n, which, called) for what, which, n, called in found if what == "tag" and n >= FEWEST)
    return Counted(
        units={int(which): n for what, which, n, _called in found if what == "unit"},
        languages=[which for what, which, n, _called in found if what == "lang" and n >= FEWEST],
        tags=[called for _n, _key, called in named[:MOST_TAGS]],
        common={(what, which) for what, which, n, _called in found if what != "unit" and n >= COMMON},
    )


def count_again() -> None:
    """By the clock: for a site that has grown large; a small one keeps nothing."""
    counted = count(Ally.objects.shown_to_allies())
    if sum(counted.units.values()) >= LARGE:
        _keep(counted)
    else:
        cache.delete(KEY)


def _keep(counted: Counted) -> None:
    cache.set(KEY, (counted.units, counted.languages, counted.tags, counted.common), KEPT_FOR)
