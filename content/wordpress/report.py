"""What an import did, and what it did not understand, by post."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    counts: Counter[str] = field(default_factory=Counter)
    notes: dict[str, list[str]] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        if number:
            self.counts[what] += number

    def note(self, where: str, what: str) -> None:
        """Once each."""
        said = self.notes.setdefault(where, [])
        if what not in said:
            said.append(what)

    def text(self) -> str:
        lines = [f"{number:>7} {what}" for what, number in self.counts.items()]
        for where, notes in self.notes.items():
            lines += ["", where, *(f"  · {note}" for note in notes)]
        return "\n".join(lines) + "\n"
