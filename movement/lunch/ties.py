"""What makes two allies worth a lunch besides working in different departments. Higher features register in
`AppConfig.ready()`; a tie counts only what each of the two shows to the other anyway.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

#: Asked with the allies of a round, by number; gives pairs of them, each with the lower number first.
Find = Callable[[Collection[int]], Iterable[tuple[int, int]]]


@dataclass(frozen=True, kw_only=True)
class Tie:
    """`weight` beside those of `weighing`: another division counts 24."""

    name: str
    weight: int
    find: Find = field(repr=False)


_ties: dict[str, Tie] = {}


def register(tie: Tie) -> None:
    if tie.name in _ties:
        raise ValueError(f"The tie {tie.name} is registered already.")
    _ties[tie.name] = tie


def ties() -> list[Tie]:
    return list(_ties.values())
