"""What the directory was asked for, and how each wish narrows the list.

Whatever narrows it looks at nothing that the list does not show: a department counts only for who shows it, a name
only for who goes by it. So no combination of filters tells more than scrolling to the end would.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from movement.allies.circles import in_circles_of
from movement.allies.languages import AllyLanguage, codes, name_of
from movement.allies.models import Ally, AllyQuerySet, Unit, Visibility
from movement.allies.names import skeleton
from movement.allies.tags import AllyTag, key_of

LONGEST_WORDS, MOST_UNITS, MOST_WORDS = 80, 100, 6
SHORTEST_PART = 3


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Departments and divisions by slug, words of a name or tag, one tag, one language, and where the pages go on."""

    units: Sequence[str] = ()
    divisions: Sequence[str] = ()
    words: str = ""
    tag: str = ""
    language: str = ""
    new: bool = False
    fellows: bool = False
    after: str = ""
    alias_after: str = ""

    @classmethod
    def asked(cls, query: QueryDict) -> "Wish":
        def text(name: str) -> str:
            return " ".join(query.get(name, "").replace("\x00", "").split())[:LONGEST_WORDS]

        return cls(
            units=query.getlist("dep")[:MOST_UNITS],
            divisions=query.getlist("div")[:MOST_UNITS],
            words=text("q"),
            tag=text("tag"),
            language=text("lang") if text("lang") in codes() else "",
            new=bool(query.get("new")),
            fellows=bool(query.get("clubs")),
            after=query.get("after", ""),
            alias_after=query.get("alias_after", ""),
        )

    @property
    def is_narrow(self) -> bool:
        """Besides departments."""
        return bool(self.words or self.tag or self.language or self.new or self.fellows)

    def without(self, name: str) -> "Wish":
        empty: Any = {"divisions": (), "units": (), "new": False, "fellows": False}.get(name, "")
        return replace(self, **{name: empty, "after": "", "alias_after": ""})

    def chips(self) -> list[tuple[str, str]]:
        """Each narrowing in words, with the query string that goes without it."""
        said = {
            "words": _("“%(it)s”") % {"it": self.words} if self.words else "",
            "tag": self.tag,
            "language": name_of(self.language) if self.language else "",
            "new": _("new since %(month)s") % {"month": date_format(newcomers_since(), "F")} if self.new else "",
            "fellows": _("in my reading groups") if self.fellows else "",
        }
        return [(words, self.without(name).query()) for name, words in said.items() if words]

    def query(self) -> str:
        """As a query string, without a place in the pages."""
        found = QueryDict(mutable=True)
        found.setlist("dep", list(self.units))
        found.setlist("div", list(self.divisions))
        one = {"q": self.words, "tag": self.tag, "lang": self.language}
        ticks = {"new": self.new, "clubs": self.fellows}
        for name, value in (one | {name: "1" for name, on in ticks.items() if on}).items():
            if value:
                found[name] = value
        return found.urlencode()


def newcomers_since(now: datetime | None = None) -> datetime:
    """The first day of last month: by the calendar, so that nobody's own day can be read off the list."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return today.replace(day=1) - relativedelta(months=1)


def narrowed(
    allies: AllyQuerySet, wish: Wish, *, me: Ally, name_key: str, common: Collection[tuple[str, str]]
) -> AllyQuerySet:
    """Those who match the whole wish but its departments. `name_key` is what they are called by here; `common` as in
    `facets.Counted`."""
    for word in wish.words.split()[:MOST_WORDS]:
        allies = allies.filter(_called(word, name_key))
    if wish.tag:
        key = key_of(wish.tag)
        allies = among(allies, AllyTag.objects.filter(key=key), is_common=("tag", key) in common)
    if wish.language:
        rows = AllyLanguage.objects.filter(code=wish.language)
        allies = among(allies, rows, is_common=("lang", wish.language) in common)
    if wish.new:
        allies = allies.filter(appears_since__gte=newcomers_since())
    if wish.fellows:
        allies = allies.filter(in_circles_of(me))
    return allies


def _called(word: str, name_key: str) -> Q:
    """In the name, or at the beginning of a tag. A letter or two are the beginning of a name, or a whole tag.

    The names are looked through by themselves: an index holds them, so no other part of a row is read.
    """
    part, tag = skeleton(word), key_of(word)
    found = Q(pk__in=[])
    if len(part) >= SHORTEST_PART:
        visibility = Visibility.OPEN if name_key == "name_key" else Visibility.ALIAS
        named = Ally.objects.filter(visibility=visibility, **{f"{name_key}__contains": part})
        found |= Q(pk__in=named.values("pk"))
    elif part:
        found |= Q(**{f"{name_key}__startswith": part})
    if tag:
        how = "key__begins" if len(tag) >= SHORTEST_PART else "key"
        found |= Q(pk__in=AllyTag.objects.filter(**{how: tag}).order_by().values("ally"))
    return found


def among(allies: AllyQuerySet, rows: QuerySet[Any], *, is_common: bool) -> AllyQuerySet:
    """Those whom these rows are of. Either way the database looks at few rows, which its own guess often misses."""
    if is_common:
        return allies.filter(Exists(rows.order_by().filter(ally=OuterRef("pk"))))
    return allies.filter(pk__in=rows.order_by().values("ally"))


def in_divisions(allies: AllyQuerySet, divisions: Sequence[Unit]) -> AllyQuerySet:
    """Aliases who let their division be seen."""
    if not divisions:
        return allies
    there = Q(unit__in=divisions) | Q(unit__parent__in=divisions)
    return allies.filter(there, show_unit=True)
