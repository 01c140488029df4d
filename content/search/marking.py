"""Shows where the words of a question stand: whole words, escaped, in `<mark>`."""

from itertools import pairwise
from re import Match

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from content.search.words import WORD, Asked, fold, stem

#: About two lines on a wide page; a piece begins so many words before its first finding.
WORDS_SHOWN, WORDS_BEFORE = 34, 8


def marked(text: str, asked: Asked) -> SafeString:
    """The text as HTML, the words of the question in it marked."""
    parts, at = [], 0
    for found in WORD.finditer(text):
        if is_asked(found[0], asked):
            parts += [escape(text[at : found.start()]), f"<mark>{escape(found[0])}</mark>"]
            at = found.end()
    return mark_safe("".join([*parts, escape(text[at:])]))


def is_asked(word: str, asked: Asked) -> bool:
    plain = fold(word)
    return stem(plain) in asked.stems or bool(asked.beginning and plain.startswith(asked.beginning))


def excerpt(text: str, asked: Asked) -> SafeString:
    """The piece of the text in which most of the question stands, from one whole word to another; or the beginning."""
    words = list(WORD.finditer(text))
    start = best_start(words, asked)
    end = min(start + WORDS_SHOWN, len(words))
    if not words:
        return marked(text, asked)
    first = words[start].start() if start else 0
    last = words[end].start() if end < len(words) else len(text)
    piece = text[first:last].rstrip() if end < len(words) else text[first:last]
    return mark_safe(f"{'… ' if start else ''}{marked(piece, asked)}{' …' if end < len(words) else ''}")


def best_start(words: list[Match[str]], asked: Asked) -> int:
    """From which word on: where most different words of the question stand close together, the first such place."""
    places = [(at, stem(fold(word[0]))) for at, word in enumerate(words) if is_asked(word[0], asked)]
    if not places or len(words) <= WORDS_SHOWN:
        return 0
    within = WORDS_SHOWN - WORDS_BEFORE
    best, most = 0, 0
    for number, (at, _stem) in enumerate(places):
        different = len({form for place, form in places[number : number + within] if place < at + within})
        if different > most:
            best, most = at, different
    start = max(0, min(best - WORDS_BEFORE, len(words) - WORDS_SHOWN))
    return after_full_stop(words, start, best)


def after_full_stop(words: list[Match[str]], start: int, first_found: int) -> int:
    """A sentence that begins between here and the first finding is the better beginning."""
    if start == 0:
        return 0
    for (_before, before), (at, word) in pairwise(enumerate(words[start - 1 : first_found + 1], start - 1)):
        if any(stop in before.string[before.end() : word.start()] for stop in (". ", "! ", "? ", "… ")):
            return at
    return start
