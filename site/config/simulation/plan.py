"""What is simulated: an organisation, the rules its people follow, so many months, and a seed."""

import json
from dataclasses import asdict, dataclass

from movement.allies.models import Unit
from movement.spread.methods.agents import Rules

#: Departments of a made-up division.
IN_A_DIVISION = 6
MOST_UNITS, MOST_PEOPLE, MOST_MONTHS = 2_000, 200_000, 120


class Impossible(ValueError):
    """One sentence for whoever typed it."""


@dataclass(frozen=True)
class Plan:
    """`units` are (division, department, headcount), in the order of the organisation; a department without a name is
    its division."""

    units: list[tuple[str, str, int]]
    rules: Rules
    months: int
    seed: int

    def __post_init__(self) -> None:
        people = sum(headcount for _division, _name, headcount in self.units)
        if not people:
            raise Impossible("There are no people: give units their headcounts, or say --units and --people.")
        if len(self.units) > MOST_UNITS or people > MOST_PEOPLE or not 1 <= self.months <= MOST_MONTHS:
            raise Impossible(f"At most {MOST_UNITS} units, {MOST_PEOPLE} people and {MOST_MONTHS} months.")

    def to_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Plan":
        told = json.loads(text)
        units = [(division, name, headcount) for division, name, headcount in told["units"]]
        return cls(units, Rules(**told["rules"]), told["months"], told["seed"])


def real_units() -> list[tuple[str, str, int]]:
    """The organisation of the database that is connected."""
    return [
        (unit.division.name, unit.name if unit.parent_id else "", unit.headcount) for unit in Unit.objects.choosable()
    ]


def made_up_units(units: int, people: int) -> list[tuple[str, str, int]]:
    """So many departments of different sizes (as 1 : 2 : 3 : 4 in turn), so many people in all."""
    if not 1 <= units <= people:
        raise Impossible("At least one person in each unit, and one unit.")
    weights = [1 + number % 4 for number in range(units)]
    sizes = [max(1, people * weight // sum(weights)) for weight in weights]
    sizes[-1] = max(1, sizes[-1] + people - sum(sizes))
    return [
        (f"Division {number // IN_A_DIVISION + 1}", f"Department {number + 1}", size)
        for number, size in enumerate(sizes)
    ]
