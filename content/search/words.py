"""Words as search compares them: without case and accents, and by their stem in the site's language."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from threading import Lock

import snowballstemmer
from django.conf import settings
from django.conf.locale import LANG_INFO

WORD = re.compile(r"[^\W_]+")
PHRASE = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]')
MOST_CHARACTERS, MOST_WORDS = 100, 8
LONGEST_WORD = 60
#: A beginning shorter than this would find nearly everything.
SHORTEST_BEGINNING = 3
#: Left out of a question that has other words. A text in another language has few of them as words of its own.
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be by can do does for from has have how i in is it its me my of on or our so that the
        their there they this to was we were what when where which who why will with you your""",
    )
)


def _stemmer() -> "snowballstemmer.basestemmer.BaseStemmer | None":
    """For the language the site is in; none where that is not known how to stem."""
    name = str(LANG_INFO.get(settings.LANGUAGE_CODE.split("-")[0], {}).get("name", "")).lower()
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


_one_at_a_time = Lock()  # a stemmer works on a word of its own
_stem = _stemmer()


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """`Élodie` → `elodie`, `Straße` → `strasse`."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in plain if letter.isalnum())[:LONGEST_WORD]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What a folded word has in common with its other forms: `handovers` → `handov`."""
    if _stem is None:
        return word
    with _one_at_a_time:
        return str(_stem.stemWord(word)) or word


def folded(text: str | None) -> str:
    """A whole text, for looking into it for folded words: thousands of rows are asked, so the plain ones go fast."""
    text = text or ""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))


def words_in(text: str) -> Iterator[str]:
    return (word for found in WORD.finditer(unicodedata.normalize("NFC", text)) if (word := fold(found[0])))


def stems_of(text: str) -> str:
    """What the index of the database is made of."""
    return " ".join(stem(word) for word in words_in(text))


@dataclass(frozen=True)
class Asked:
    """A question: its words in order without doubles, and phrases (in quotation marks) as runs of words."""

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = field(default=())

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(stem(word) for word in self.words))

    @property
    def beginning(self) -> str:
        """The last word, if it is long enough to be the beginning of another."""
        return self.words[-1] if self.words and len(self.words[-1]) >= SHORTEST_BEGINNING else ""


def read(text: str) -> Asked:
    """Understands whatever was typed; what has no word in it asks for nothing."""
    tidy = " ".join("".join(c if c.isprintable() else " " for c in text[: MOST_CHARACTERS * 4]).split())
    tidy = tidy[:MOST_CHARACTERS]
    phrases = [tuple(words_in(found[1])) for found in PHRASE.finditer(tidy)]
    asked = list(dict.fromkeys(words_in(tidy)))
    words = [word for word in asked if word not in SMALL_WORDS] or asked
    return Asked(tidy, tuple(words[:MOST_WORDS]), tuple(phrase[:MOST_WORDS] for phrase in phrases if len(phrase) > 1))


def strength(stems: list[str], asked: Asked) -> float:
    """How much of the question stands in a title, given as its stems: from 0 to 1 (all of it), and a little more the
    less else the title says."""
    return share(stems, asked) * (1 + 1 / (10 * max(len(stems), 1)))


def share(stems: list[str], asked: Asked) -> float:
    return sum(1 for wanted in asked.stems if wanted in stems) / max(len(asked.stems), 1)
