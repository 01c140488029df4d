"""Somebody who keeps every page and file of every month, knows the method and all headcounts, and reckons.

What is published becomes linear constraints on the unknown whole numbers: allies and active ones by unit and month.
`Attack.values` then looks for other worlds. A world counts only if publishing it gives, letter by letter, what was
published of the true one: so whatever differs between such worlds, nobody can know, by linear means or others.
"""

import random
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import lil_array

Cell = Hashable
Counts = dict[Cell, int]


@dataclass
class Knowledge:
    """`limits` of each unknown, and sums of unknowns (with their signs) between two bounds."""

    limits: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    sums: list[tuple[dict[Cell, int], float, float]] = field(default_factory=list)

    def add(self, signs: dict[Cell, int], low: float, high: float) -> None:
        self.sums.append((signs, low, high))


class Attack:
    def __init__(self, known: Knowledge, true: Counts, publish: Callable[[Counts], Any]) -> None:
        self.known, self.publish, self.published = known, publish, publish(true)
        self.cells = list(known.limits)
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        matrix = lil_array((max(len(known.sums), 1), len(self.cells)))
        for row, (signs, _low, _high) in enumerate(known.sums):
            for cell, sign in signs.items():
                matrix[row, self.place[cell]] = sign
        lows = [low for _signs, low, _high in known.sums] or [-np.inf]
        highs = [high for _signs, _low, high in known.sums] or [np.inf]
        self.sums = LinearConstraint(matrix.tocsr(), lows, highs)
        self.seen: dict[Cell, set[int]] = {cell: {true[cell]} for cell in self.cells}

    def values(self, wanted: list[Cell], *, ends: bool = False) -> dict[Cell, set[int]]:
        """Values of each wanted unknown in worlds that look the same. With `ends` the least and the greatest are among
        them; without, it stops at two."""
        for sign in (1, -1):
            self._look(dict.fromkeys(wanted, sign))
        chance = random.Random(7)
        for _try in range(6):
            if not ends and all(len(self.seen[cell]) > 1 for cell in wanted):
                break
            self._look({cell: chance.choice((1, -1)) for cell in wanted})
        for cell in wanted:
            for sign in (1, -1):
                if ends or len(self.seen[cell]) < 2:
                    self._look({cell: sign})
        return {cell: self.seen[cell] for cell in wanted}

    def _look(self, weights: dict[Cell, int]) -> None:
        aim = np.zeros(len(self.cells))
        for cell, weight in weights.items():
            aim[self.place[cell]] = weight
        limits = np.array([self.known.limits[cell] for cell in self.cells], dtype=float)
        found = milp(
            aim, constraints=self.sums, bounds=(limits[:, 0], limits[:, 1]), integrality=np.ones(len(self.cells))
        )
        assert found.x is not None, "the truth itself is a world"
        world = {cell: round(value) for cell, value in zip(self.cells, found.x, strict=True)}
        if self.publish(world) == self.published:
            for cell, value in world.items():
                self.seen[cell].add(value)
