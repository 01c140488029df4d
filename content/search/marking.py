"""Shows where the words of a question stand: whole words, escaped, in `<mark>`."""

from itertools import pairwise
from re import Match

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from content.search.words import WORD, Asked, fold, stem

#: About three lines; two pieces of half as many where one piece cannot hold all that was asked for.
WORDS_SHOWN, HALF = 40, 20
WORDS_BEFORE = 6
Words = list[Match[str]]
Places = list[tuple[int, str]]
Span = tuple[int, int]


def marked(text: str, asked: Asked) -> SafeString:
    """The text as HTML, the words of the question in it marked."""
    parts, at = [], 0
    for found in WORD.finditer(text):
        if asked_for(found[0], asked):
            parts += [escape(text[at : found.start()]), f"<mark>{escape(found[0])}</mark>"]
            at = found.end()
    return mark_safe("".join([*parts, escape(text[at:])]))


def asked_for(word: str, asked: Asked) -> str:
    """Which stem of the question this word is a form of; "" for none."""
    plain = fold(word)
    form = stem(plain)
    if form in asked.stems:
        return form
    return stem(asked.beginning) if asked.beginning and plain.startswith(asked.beginning) else ""


def excerpt(text: str, asked: Asked) -> SafeString:
    """Where most of the question stands in the text, from one whole word to another; or its beginning."""
    words = list(WORD.finditer(text))
    if len(words) <= WORDS_SHOWN:
        return marked(text, asked)
    parts, last = [], 0
    for start, end in spans(words, asked):
        first = words[start].start() if start else 0
        last = words[end].start() if end < len(words) else len(text)
        parts.append(f"{'… ' if start else ''}{marked(text[first:last].rstrip(), asked)}")
    return mark_safe(" ".join(parts) + (" …" if last < len(text) else ""))


def spans(words: Words, asked: Asked) -> list[Span]:
    """The piece, or the two, that hold most different words of the question; from which word to before which."""
    places = [(at, form) for at, word in enumerate(words) if (form := asked_for(word[0], asked))]
    if not places:
        return [(0, WORDS_SHOWN)]
    one = best(words, places, WORDS_SHOWN)
    if not outside(places, one):
        return [one]
    first = best(words, places, HALF)
    second = best(words, outside(places, first), HALF)
    if first[0] < second[1] and second[0] < first[1]:
        return [one]
    return sorted([first, second])


def outside(places: Places, span: Span) -> Places:
    """Where the words stand that this piece does not have."""
    within = {form for at, form in places if span[0] <= at < span[1]}
    return [(at, form) for at, form in places if form not in within]


def best(words: Words, places: Places, length: int) -> Span:
    """So many words around the place where most different ones stand close together, the first such place."""
    within = length - WORDS_BEFORE
    found, most = places[0][0], 0
    for number, (at, _form) in enumerate(places):
        different = len({form for place, form in places[number : number + within] if place < at + within})
        if different > most:
            found, most = at, different
    start = max(0, min(found - WORDS_BEFORE, len(words) - length))
    start = after_full_stop(words, start, found)
    return start, min(start + length, len(words))


def after_full_stop(words: Words, start: int, found: int) -> int:
    """A sentence that begins between here and the finding is the better beginning."""
    if start == 0:
        return 0
    for (_before, before), (at, word) in pairwise(enumerate(words[start - 1 : found + 1], start - 1)):
        if any(stop in before.string[before.end() : word.start()] for stop in (". ", "! ", "? ", "… ", " – ")):
            return at
    return start
