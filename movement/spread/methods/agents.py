"""A movement made of people who meet, invite, act, read together and leave: for planning, and to try the estimates on.

Nobody in it is anybody. Time is in days from the first month on; months are the calendar's.

- By themselves: at the start of each month everybody within reach who has not joined does so within the month with the
  probability p + q · share, where share is that of their unit within reach who had joined by then (and have not left).
  This is the pooled Bass model, person by person (`bass`).
- Brought: an ally sends Poisson(`invitations`) invitations in all, each after a gamma time from their own joining with
  the mean `generation` and the deviation `generation_sd` (weeks), to somebody within reach, in their own unit with the
  probability `inside`. It is accepted with the probability `acceptance` by whoever has not joined. So in a large
  organisation the reproduction number is invitations · acceptance. Who has left sends none any more.
- Doing: Poisson(`activity`) small actions a month. Leaving: with the hazard `leaving` a month. Reading groups: an ally
  joins one with the probability `clubs` (they fill up to `club_size` in the order of joining); its members leave
  `staying` times as often.

Only the worker, the command and the tests load this module (numpy).
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

WEEK = 7.0
#: Days of a month, on the average, for rates that are told by the month.
MONTH = 30.4375


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What holds of everybody. Probabilities are between 0 and 1, rates are per month."""

    p: float = 0.004
    q: float = 0.05
    invitations: float = 2.0
    acceptance: float = 0.35
    generation: float = 7.0
    generation_sd: float = 4.0
    inside: float = 0.7
    activity: float = 1.5
    leaving: float = 0.01
    clubs: float = 0.3
    club_size: int = 9
    staying: float = 0.5
    reachable: float = 0.8

    def __post_init__(self) -> None:
        shares = ("p", "acceptance", "inside", "clubs", "staying", "reachable")
        wrong = [name for name in shares if not 0 <= getattr(self, name) <= 1]
        rates = ("q", "invitations", "generation_sd", "activity", "leaving")
        wrong += [name for name in rates if not 0 <= getattr(self, name) < math.inf]
        wrong += [name for name in ("generation", "club_size") if not getattr(self, name) > 0]
        if wrong:
            raise ValueError(f"out of range: {', '.join(wrong)}")


@dataclass(frozen=True)
class Joined:
    """One ally, numbered in the order of joining: when, where, who brought them, and when they leave (infinity: never).
    `acts` are days on which they did something; `club` is the number of theirs."""

    at: float
    unit: int
    inviter: int | None
    until: float
    club: int | None
    acts: list[float] = field(repr=False)


class Movement:
    """`bounds` are the days on which the months begin, and the end. Made by `simulate`."""

    def __init__(self, rules: Rules, ceilings: Sequence[int], bounds: Sequence[float], seed: int) -> None:
        self.rules, self.bounds, self.random = rules, bounds, np.random.default_rng(seed)
        self.ceilings = np.array(ceilings, dtype=np.int64)
        #: Within reach and not joined, by unit.
        self.left = self.ceilings.copy()
        self.allies: list[Joined] = []
        self._events: list[tuple[float, int, int, int | None]] = []
        self._serial = self._readers = 0

    def run(self) -> None:
        for first, last in zip(self.bounds[:-1], self.bounds[1:], strict=True):
            present = self._present(first)
            for unit in range(len(self.ceilings)):
                self._by_themselves(unit, int(present[unit]), first, last)
            while self._events and self._events[0][0] < last:
                at, _serial, unit, inviter = heapq.heappop(self._events)
                self._meet(at, unit, inviter)

    def _present(self, day: float) -> NDArray[np.int64]:
        """Allies by unit who have not left by that day."""
        there = np.zeros_like(self.ceilings)
        for ally in self.allies:
            there[ally.unit] += ally.until > day
        return there

    def _by_themselves(self, unit: int, present: int, first: float, last: float) -> None:
        share = present / self.ceilings[unit] if self.ceilings[unit] else 0.0
        coming = int(self.random.binomial(self.left[unit], min(0.999, self.rules.p + self.rules.q * share)))
        for at in self.random.uniform(first, last, coming):
            self._later(float(at), unit, None)

    def _later(self, at: float, unit: int, inviter: int | None) -> None:
        self._serial += 1
        heapq.heappush(self._events, (at, self._serial, unit, inviter))

    def _meet(self, at: float, unit: int, inviter: int | None) -> None:
        """Whoever comes by themselves has not joined; an invitation may reach somebody who has, and is in vain then."""
        in_vain = inviter is not None and self.random.random() * self.ceilings[unit] >= self.left[unit]
        if in_vain or not self.left[unit]:
            return
        self.left[unit] -= 1
        self._join(at, unit, inviter)

    def _join(self, at: float, unit: int, inviter: int | None) -> None:
        rules, random, number = self.rules, self.random, len(self.allies)
        club = self._club() if random.random() < rules.clubs else None
        hazard = rules.leaving * (1.0 if club is None else rules.staying) / MONTH
        until = at + float(random.exponential(1 / hazard)) if hazard else math.inf
        end = min(until, float(self.bounds[-1]))
        count = int(random.poisson(rules.activity * max(0.0, end - at) / MONTH))
        acts = sorted(random.uniform(at, end, count).tolist())
        self.allies.append(Joined(at, unit, inviter, until, club, acts))
        for delay in self._delays():
            if at + delay < end and random.random() < rules.acceptance:
                self._later(at + delay, self._asked(unit), number)

    def _club(self) -> int:
        """Full ones are followed by a new one."""
        self._readers += 1
        return (self._readers - 1) // self.rules.club_size

    def _delays(self) -> list[float]:
        """How long after joining each invitation is sent, in days."""
        sent, mean, deviation = int(self.random.poisson(self.rules.invitations)), *self._generation
        if not deviation:
            return [mean * WEEK] * sent
        shape, scale = (mean / deviation) ** 2, deviation**2 / mean
        found: list[float] = (self.random.gamma(shape, scale, sent) * WEEK).tolist()
        return found

    @property
    def _generation(self) -> tuple[float, float]:
        return self.rules.generation, self.rules.generation_sd

    def _asked(self, unit: int) -> int:
        """The unit of whoever is asked: one's own, or any other by the number of its people within reach."""
        weights = self.ceilings.astype(float)
        weights[unit] = 0.0
        if self.random.random() < self.rules.inside or not weights.sum():
            return unit
        return int(self.random.choice(len(weights), p=weights / weights.sum()))

    def joins_by_month(self) -> NDArray[np.int64]:
        """Units by months."""
        counts = np.zeros((len(self.ceilings), len(self.bounds) - 1), dtype=np.int64)
        for ally in self.allies:
            counts[ally.unit, int(np.searchsorted(self.bounds, ally.at, side="right")) - 1] += 1
        return counts


def simulate(rules: Rules, headcounts: Sequence[int], bounds: Sequence[float], *, seed: int = 0) -> Movement:
    """From nobody on the first day to the last of `bounds`. The same seed gives the same movement."""
    movement = Movement(rules, [math.ceil(people * rules.reachable) for people in headcounts], bounds, seed)
    movement.run()
    return movement
