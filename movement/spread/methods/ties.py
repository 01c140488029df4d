"""Whether ties cross units. A tie is two allies who did something together; a group is the unit each works in.

- E-I index: (external − internal) ÷ (external + internal), from −1 (all ties inside units) to +1 (all across). D.
  Krackhardt, R. N. Stern, "Informal networks and organizational crises", Social Psychology Quarterly 51 (1988).
- Assortativity by unit, from about −1 to 1 (0: as chance would tie). M. E. J. Newman, "Mixing patterns in networks",
  Physical Review E 67 (2003).
- The share of units in the largest connected part of the network of units.

Only the worker loads this module (networkx).
"""

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

#: Fewer ties than this say nothing about how they lie.
FEWEST_TIES = 20


@dataclass(frozen=True)
class Ties:
    """`assortativity` is None where it is not defined (all in one unit). `missing` are pairs of
    which one serves the other."""

    internal: int
    external: int
    e_i: float
    assortativity: float | None
    units: int
    units_connected: int
    missing: list[tuple[Hashable, Hashable]]

    @property
    def share_connected(self) -> float:
        return self.units_connected / self.units if self.units else 0.0


def ties_across(
    ties: Iterable[tuple[Hashable, Hashable]],
    unit_of: Mapping[Hashable, Hashable],
    *,
    serving: Iterable[tuple[Hashable, Hashable]] = (),
) -> Ties | None:
    """None for "too early to say": fewer than twenty ties between people whose unit is known.

    `serving` are pairs of units of which one serves the other; those without a tie between them are bridges missing.
    """
    people = nx.Graph()
    people.add_edges_from((a, b) for a, b in ties if a != b and a in unit_of and b in unit_of)
    if people.number_of_edges() < FEWEST_TIES:
        return None
    nx.set_node_attributes(people, {person: unit_of[person] for person in people}, "unit")
    external = sum(unit_of[a] != unit_of[b] for a, b in people.edges)
    internal = people.number_of_edges() - external
    units = nx.Graph()
    units.add_nodes_from(set(unit_of.values()))
    units.add_edges_from((unit_of[a], unit_of[b]) for a, b in people.edges if unit_of[a] != unit_of[b])
    return Ties(
        internal=internal,
        external=external,
        e_i=(external - internal) / (external + internal),
        assortativity=assortativity(people),
        units=units.number_of_nodes(),
        units_connected=max(map(len, nx.connected_components(units)), default=0),
        missing=sorted({_pair(a, b) for a, b in serving if a != b and not units.has_edge(a, b)}, key=repr),
    )


def assortativity(people: nx.Graph) -> float | None:
    """None where it is not defined: everybody is in one unit."""
    if len(set(nx.get_node_attributes(people, "unit").values())) < 2:
        return None
    value = float(nx.attribute_assortativity_coefficient(people, "unit"))
    return value if math.isfinite(value) else None


def _pair(a: Hashable, b: Hashable) -> tuple[Hashable, Hashable]:
    return (a, b) if repr(a) <= repr(b) else (b, a)
