"""People one may like to meet: at most three a day, each with the reason, and each can be put aside for good.

Reasons are a registry that higher floors fill in `AppConfig.ready()`. Whoever a reason finds is read through
`visible_to` at every look, so that what was found in the morning shows nobody who went quiet at noon.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.core.cache import cache
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from movement.allies.profiles import Shown, dressed
from movement.allies.tags import AllyTag, Way

MOST, CANDIDATES, A_DAY = 3, 20, 86_400

#: `find(ally, start)`: primary keys of allies with the reason in words, those after `start` first. Few, and quickly.
Find = Callable[[Ally, int], Iterable[tuple[int, str]]]
_reasons: dict[str, tuple[int, Find]] = {}
_left_out: list[Callable[[Ally], Iterable[int]]] = []


class PutAside(models.Model):
    """This ally does not want to be shown that other one again as somebody to meet. Nobody else learns of it."""

    ally = models.ForeignKey(Ally, models.CASCADE, related_name="put_aside")
    other = models.ForeignKey(Ally, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("suggestion put aside"), _("suggestions put aside")
        constraints = [models.UniqueConstraint(fields=["ally", "other"], name="put_aside_once")]


def register_reason(name: str, *, position: int, find: Find) -> None:
    _reasons[name] = (position, find)


def leave_out(whom: Callable[[Ally], Iterable[int]]) -> None:
    """`whom(ally)`: primary keys of those who are never proposed to this one, such as those whom either has blocked."""
    _left_out.append(whom)


@dataclass(frozen=True, kw_only=True)
class Proposed:
    shown: Shown
    why: str


def people_to_meet(me: Ally, *, day: date | None = None) -> list[Proposed]:
    """The same all day long, less those put aside or not visible any more."""
    today = day or timezone.localdate()
    key = f"movement.meet:{me.pk}:{today.isoformat()}"
    picked = cache.get(key)
    if picked is None:
        picked = _pick(me, today)
        cache.set(key, picked, A_DAY)
    why = dict(picked)
    seen = {one.ally.pk: one for one in dressed(list(_visible(me).filter(pk__in=why).select_related("unit__parent")))}
    return [Proposed(shown=seen[number], why=why[number]) for number, _words in picked if number in seen]


def put_aside(*, me: Ally, other: Ally) -> None:
    PutAside.objects.bulk_create([PutAside(ally=me, other=other)], ignore_conflicts=True)


def _visible(me: Ally) -> models.QuerySet[Ally]:
    unwanted = {number for whom in _left_out for number in whom(me)}
    aside = PutAside.objects.filter(ally=me).values("other")
    return Ally.objects.visible_to(me.user).exclude(pk=me.pk).exclude(pk__in=aside).exclude(pk__in=unwanted)


def _pick(me: Ally, today: date) -> list[tuple[int, str]]:
    """One of each reason in turn, so that the day's three are not three of a kind."""
    ends = Ally.objects.aggregate(oldest=models.Min("pk"), newest=models.Max("pk"))
    oldest, newest = ends["oldest"] or 0, ends["newest"] or 0
    start = oldest + int(sha256(f"{me.pk}:{today.isoformat()}".encode()).hexdigest(), 16) % (newest - oldest + 1)
    found = [list(find(me, start)) for _position, find in sorted(_reasons.values(), key=lambda reason: reason[0])]
    there = set(_visible(me).filter(pk__in={pk for rows in found for pk, _why in rows}).values_list("pk", flat=True))
    picked: dict[int, str] = {}
    for place in range(CANDIDATES):
        for rows in found:
            left = [row for row in rows if row[0] in there]
            if place < len(left) and len(picked) < MOST:
                picked.setdefault(*left[place])
    return list(picked.items())


def _by_tag(mine: str, theirs: str, words: str | Promise) -> Find:
    def find(me: Ally, start: int) -> list[tuple[int, str]]:
        keys = AllyTag.objects.filter(ally=me, way=mine).values_list("key", flat=True)
        rows = AllyTag.objects.filter(key__in=list(keys), way=theirs).exclude(ally=me)
        return [
            (number, str(words) % {"tag": name}) for number, name in from_start(rows, start, "ally", "ally_id", "name")
        ]

    return find


def from_start(rows: models.QuerySet, start: int, by: str, *fields: str) -> Sequence[tuple]:
    """A few rows from there on, then from the beginning."""
    onwards = list(rows.filter(Q(**{f"{by}__gt": start})).order_by(by).values_list(*fields)[:CANDIDATES])
    left = CANDIDATES - len(onwards)
    return onwards + list(rows.filter(Q(**{f"{by}__lte": start})).order_by(by).values_list(*fields)[:left])


def register_tags() -> None:
    learns, helps = _("Would like to learn what you know: %(tag)s"), _("Can help with what you want to learn: %(tag)s")
    register_reason("wants to learn what you know", position=20, find=_by_tag(Way.HELP, Way.LEARN, learns))
    register_reason("can help with what you want to learn", position=30, find=_by_tag(Way.LEARN, Way.HELP, helps))
