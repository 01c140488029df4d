"""Cards on paper: A6, four to an A4 page; and one as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from movement.personas.models import PersonaCard

A_PAGE = 4
#: The picture: how wide its column of text is, in letters of its size, and how far apart its lines stand.
WIDTH, LETTERS, LINE = 840, 31, 40
TOP, APART = 196, 30
#: From how many letters on a card is set smaller on paper, so that all of it stands there.
LONG, LONGEST = 230, 430


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """`size` is "", "long" or "longest"."""

    card: PersonaCard
    size: str


def sheets(cards: Sequence[PersonaCard]) -> list[list[OnPaper]]:
    """By page."""
    placed = [OnPaper(card=card, size=size_of(card)) for card in cards]
    return [placed[start : start + A_PAGE] for start in range(0, len(placed), A_PAGE)]


def size_of(card: PersonaCard) -> str:
    letters = sum(width_of(line) for line in card.lines.values())
    return "longest" if letters > LONGEST else "long" if letters > LONG else ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One line of the card in the picture: its label, and its words in pieces as wide as there is room."""

    label: str
    y: int
    rows: list[tuple[int, str]]

    @property
    def rule(self) -> int:
        """The hairline above it."""
        return self.y - LINE - 6


def lines_of(card: PersonaCard) -> list[Said]:
    want = f"{card.want}, {card.when}" if card.when else card.want
    use = card.use or _("… that is still a question")
    said = [(_("My name is"), card.name), (_("and I am"), card.role), (_("I want"), want), (_("so I can"), use)]
    if card.good:
        said.append((_("Good is"), card.good))
    found, y = [], TOP
    for label, words in said:
        rows = [(y + LINE * number, row) for number, row in enumerate(wrapped(words))]
        found.append(Said(label=label, y=y, rows=rows))
        y = rows[-1][0] + LINE + APART
    return found


def height_of(lines: Sequence[Said]) -> int:
    """Of the whole picture: the text, the drawing and the names below it."""
    return lines[-1].rows[-1][0] + 250


def wrapped(text: str) -> list[str]:
    """In rows of at most LETTERS; a word that is longer is cut, wide signs count twice. Never nothing."""
    rows: list[str] = [""]
    for word in text.split():
        for part in _cut(word):
            longer = f"{rows[-1]} {part}".strip()
            if width_of(longer) <= LETTERS:
                rows[-1] = longer
            else:
                rows.append(part)
    return [row for row in rows if row] or ["…"]


def width_of(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _cut(word: str) -> list[str]:
    parts = [""]
    for sign in word:
        if width_of(parts[-1] + sign) > LETTERS:
            parts.append("")
        parts[-1] += sign
    return parts
