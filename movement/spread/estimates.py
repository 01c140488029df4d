"""What the pages read of the estimates, in words. Loaded by the web process: computes nothing."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from movement.spread.models import Estimate
from movement.spread.rogers import Rogers, rogers

#: The names of what is kept: what the methods say, and what `publishing` tells.
AHEAD, CARRYING, ROGERS = "ahead", "carrying", "rogers"
SPREAD, TREE, GROWTH, HEAT, MILES = "spread", "tree", "growth", "heat", "milestones"
TIES, STAYING, DOING, IDEAS = "ties", "staying", "doing", "ideas"
#: No page reads it: the fingerprint of what AHEAD was worked out from.
FITTED = "fitted"
#: Counted from people and what they did, once for a month that has ended. Counted again in the middle of the next they
#: would change with whoever leaves, or takes something back, and point at them.
ONCE = (CARRYING, TIES, STAYING, DOING)
#: Shares of everybody whose month is looked for: Centola's quarter, and half.
MARKS = (0.25, 0.50)
MONTHS_AHEAD = 12


@dataclass(frozen=True)
class Expected:
    """The end of a month to come: 95 chances in 100 that so many allies lie between `low` and `high`."""

    month: date
    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Mark:
    """When a share of everybody is reached: between two months, or the words that say what is known instead."""

    share: str
    words: str


@dataclass(frozen=True)
class Ahead:
    """Where growth leads in the departments that are counted. `told` is what `estimating.ahead` kept."""

    month: date
    told: dict[str, Any]

    @property
    def months(self) -> list[Expected]:
        return [
            Expected(self.month + relativedelta(months=number), *ends)
            for number, ends in enumerate(self.told["band"], start=1)
        ]

    @property
    def last(self) -> Expected:
        return self.months[-1]

    @property
    def marks(self) -> list[Mark]:
        return [Mark(share, self._when(*ends)) for share, ends in self.told["reached"].items()]

    def _when(self, first: int | None, latest: int | None) -> str:
        if first == 0:
            return _("reached already")
        if first is None:
            return _("not within ten years, as it goes now")
        if latest is None:
            return _("not before %(first)s, if at all") % {"first": self._name(first)}
        return _("between %(first)s and %(latest)s") % {"first": self._name(first), "latest": self._name(latest)}

    def _name(self, ahead: int) -> str:
        return date_format(self.month + relativedelta(months=ahead), "F Y")


@dataclass(frozen=True)
class Carrying:
    """The reproduction number: how many more each ally brings, with its 95 % credible interval."""

    told: dict[str, Any]

    @property
    def verdict(self) -> str:
        if self.told["low"] > 1:
            return _("It carries itself, most likely: it would go on growing without another push.")
        if self.told["high"] < 1:
            return _("It does not carry itself yet: those who come by themselves keep it growing.")
        return _("It could be either: it may carry itself, or still need those who come by themselves.")


def keep(name: str, month: date, told: Any) -> None:
    """Only what differs is written: done again, nothing changes."""
    plain = json.loads(json.dumps(told))
    before = Estimate.objects.filter(name=name).first()
    if before is None or (before.month, before.told) != (month, plain):
        Estimate.objects.update_or_create(name=name, defaults={"month": month, "told": plain})


def kept(*names: str) -> dict[str, Estimate]:
    """By name, in one query."""
    return {estimate.name: estimate for estimate in Estimate.objects.filter(name__in=names)}


class Told(NamedTuple):
    """None for what is too early to say."""

    ahead: Ahead | None
    carrying: Carrying | None
    rogers: Rogers | None


def read(found: dict[str, Estimate] | None = None) -> Told:
    """In words, from what is kept; in one query where that has not been read yet."""
    all_of_them = kept(AHEAD, CARRYING, ROGERS) if found is None else found
    ahead, carrying, standing = (all_of_them.get(name) for name in (AHEAD, CARRYING, ROGERS))
    return Told(
        ahead=Ahead(ahead.month, ahead.told) if ahead and ahead.told else None,
        carrying=Carrying(carrying.told) if carrying and carrying.told else None,
        rogers=rogers(standing.told) if standing and standing.told else None,
    )
