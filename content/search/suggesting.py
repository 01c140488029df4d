"""“Did you mean …?”: from the words of public pages alone, so that nothing else can be guessed from it."""

from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz.distance import OSA

from content.search.models import PublicWord
from content.search.words import SMALL_WORDS, WORD, Asked, fold, stem

#: Shorter words have too many neighbours.
SHORTEST = 4
#: One wrong letter in four is still a slip of the finger.
LIKENESS = 0.7


def suggest(asked: Asked) -> str:
    """The question with its unknown words set right, or "" when there is nothing to set right."""
    known = set(PublicWord.objects.filter(stem__in=asked.stems).values_list("stem", flat=True))
    unknown = [word for word in asked.words if is_odd(word) and stem(word) not in known]
    words = candidates(unknown) if unknown else []
    better = {word: near(word, words) for word in unknown}
    if not any(better.values()):
        return ""
    return " ".join(better.get(fold(word)) or word for word in WORD.findall(asked.text))


def is_odd(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word not in SMALL_WORDS


def near(word: str, words: list[tuple[str, int]]) -> str:
    """The public word most like this one; of equals, the one on most pages."""
    scored = [(OSA.normalized_similarity(word, other, score_cutoff=LIKENESS), pages, other) for other, pages in words]
    likeness, _pages, best = max(scored, default=(0.0, 0, ""))
    return best if likeness else ""


def candidates(unknown: list[str]) -> list[tuple[str, int]]:
    """Words that could be meant, for all of them in one question: by their trigrams where the database has them, else
    by their length."""
    words = PublicWord.objects.values_list("word", "pages")
    if connection.vendor == "postgresql":
        like = reduce(or_, (Q(word__trigram_similar=word) for word in unknown))
    else:
        lengths = {length + off for length in map(len, unknown) for off in (-2, -1, 0, 1, 2)}
        words = words.alias(length=Length("word"))
        like = Q(length__in=lengths)
    return list(words.filter(like))
