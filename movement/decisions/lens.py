"""What a decision's table has to say, in words: which option helps most, whom it costs, and what is not known yet.

Nothing here is a verdict. Scores are added up only to put them in words; a tie stays a tie, and a field that is empty
is unknown, never zero: it could be anything from −2 to +2, and whether that could change the answer is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from movement.decisions.models import Decision, Effect, Option, Stakeholder, When

WORST, BEST = -2, 2


@dataclass(frozen=True)
class Cell:
    """What one option does to one stakeholder."""

    option: Option
    stakeholder: Stakeholder
    now: Effect | None = None
    year: Effect | None = None

    @property
    def both(self) -> list[tuple[str, Effect | None]]:
        return [(str(When.NOW.label), self.now), (str(When.YEAR.label), self.year)]

    @property
    def scores(self) -> list[int]:
        return [one.score for one in (self.now, self.year) if one and one.score is not None]

    @property
    def unknown(self) -> int:
        return len(When) - len(self.scores)

    @property
    def costs(self) -> bool:
        return any(score < 0 for score in self.scores)

    @property
    def helps(self) -> bool:
        return sum(self.scores) > 0

    @property
    def why(self) -> str:
        """The word at what it costs, the worst first."""
        paid = [one for one in (self.now, self.year) if one and (one.score or 0) < 0 and one.word]
        return min(paid, key=lambda one: one.score or 0).word if paid else ""


@dataclass(frozen=True)
class Weighed:
    """One option, for everybody."""

    option: Option
    cells: list[Cell]

    @cached_property
    def total(self) -> int:
        return sum(sum(cell.scores) for cell in self.cells)

    @cached_property
    def unknown(self) -> int:
        return sum(cell.unknown for cell in self.cells)

    @property
    def at_least(self) -> int:
        return self.total + WORST * self.unknown

    @property
    def at_most(self) -> int:
        return self.total + BEST * self.unknown

    @property
    def is_begun(self) -> bool:
        return any(cell.scores for cell in self.cells)

    @property
    def helped(self) -> list[Stakeholder]:
        return [cell.stakeholder for cell in self.cells if cell.helps]

    @property
    def trade_offs(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.costs]

    @property
    def price(self) -> int:
        """What it takes from those whom it costs something: points, without the sign."""
        return -sum(score for cell in self.cells for score in cell.scores if score < 0)

    def _at(self, when: str) -> int:
        return sum(one.score or 0 for cell in self.cells if (one := getattr(cell, when)))

    @property
    def comes_later(self) -> bool:
        """It costs something at first, and gives more than that within the year."""
        return 0 < -self._at("now") < self._at("year")

    @property
    def goes_again(self) -> bool:
        """It helps at first, and costs more than that within the year."""
        return 0 < self._at("now") < -self._at("year")


@dataclass(frozen=True)
class Lens:
    """The whole table, and what can be read from it. `options` in their order."""

    options: list[Weighed]
    stakeholders: list[Stakeholder]
    rows: list[tuple[Stakeholder, list[Cell]]] = field(repr=False)

    @property
    def begun(self) -> list[Weighed]:
        return [one for one in self.options if one.is_begun]

    @property
    def is_comparable(self) -> bool:
        return len(self.begun) == len(self.options) > 1

    @cached_property
    def most(self) -> list[Weighed]:
        """Those that help most; several are a tie."""
        best = max((one.total for one in self.begun), default=0)
        return [one for one in self.begun if one.total == best]

    @cached_property
    def cheapest(self) -> list[Weighed]:
        """Those that cost the fewest people something, and the least."""
        least = min(((len(one.trade_offs), one.price) for one in self.begun), default=(0, 0))
        return [one for one in self.begun if (len(one.trade_offs), one.price) == least]

    @property
    def both(self) -> list[Weighed]:
        """Those that help most and cost least at once."""
        return [one for one in self.most if one in self.cheapest]

    @property
    def unknown(self) -> int:
        return sum(one.unknown for one in self.options)

    @property
    def could_turn(self) -> bool:
        """Whether what is not known yet could make another option the one that helps most, or one of them."""
        least = max((one.at_least for one in self.most), default=0)
        others = [one for one in self.options if one not in self.most]
        return (len(self.most) > 1 and self.unknown > 0) or any(one.at_most >= least for one in others)


def lens_of(decision: Decision) -> Lens:
    """Three queries, whatever is in it."""
    options, stakeholders = list(decision.options.all()), list(decision.stakeholders.all())
    found = Effect.objects.filter(option__decision=decision)
    return make(options, stakeholders, found)


def make(options: list[Option], stakeholders: list[Stakeholder], effects: Iterable[Effect]) -> Lens:
    by_place = {(one.option_id, one.stakeholder_id, one.when): one for one in effects}

    def cell(option: Option, who: Stakeholder) -> Cell:
        now, year = (by_place.get((option.pk, who.pk, when)) for when in (When.NOW, When.YEAR))
        return Cell(option, who, now, year)

    rows = [(who, [cell(option, who) for option in options]) for who in stakeholders]
    weighed = [Weighed(option, [cells[place] for _who, cells in rows]) for place, option in enumerate(options)]
    return Lens(weighed, stakeholders, rows)
