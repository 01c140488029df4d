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
Word = tuple[str, str, int]


def suggest(asked: Asked) -> str:
    """The question with its unknown words set right, or "" when there is nothing to set right."""
    odd = [word for word in asked.words if is_odd(word)]
    words = candidates(odd) if odd else []
    known = {form for _word, form, _pages in words}
    better = {word: near(word, words) for word in odd if stem(word) not in known}
    if not any(better.values()):
        return ""
    return " ".join(better.get(fold(word)) or word for word in WORD.findall(asked.text))


def is_odd(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word not in SMALL_WORDS


def near(word: str, words: list[Word]) -> str:
    """The public word most like this one; of equals, the one on most pages."""
    scored = [
        (OSA.normalized_similarity(word, other, score_cutoff=LIKENESS), pages, other) for other, _, pages in words
    ]
    likeness, _pages, best = max(scored, default=(0.0, 0, ""))
    return best if likeness else ""


def candidates(odd: list[str]) -> list[Word]:
    """The words of the question that are known, and those that could be meant by the others; one question: by their
    trigrams where the database has them (and their first letter: two swapped vowels leave few trigrams), else by their
    length."""
    words = PublicWord.objects.alias(length=Length("word"))
    if connection.vendor == "postgresql":
        like = reduce(or_, (Q(word__trigram_similar=word) | _about_as_long(word) for word in odd))
    else:
        like = Q(length__in={len(word) + off for word in odd for off in (-2, -1, 0, 1, 2)})
    known = Q(stem__in=[stem(word) for word in odd])
    return list(words.filter(like | known).values_list("word", "stem", "pages"))


def _about_as_long(word: str) -> Q:
    return Q(word__startswith=word[0], length__range=(len(word) - 1, len(word) + 1))
