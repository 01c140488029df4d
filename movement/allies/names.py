"""Names that people give: what is refused, and when an alias says too much.

An alias must not lead to its person, and no two aliases may look alike. Both are judged on the *skeleton* of a name:
what is left when capitals, accents, spaces, punctuation and look-alike letters of other scripts are set aside.
"""

import unicodedata
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

#: Which Latin letter a sign reads as: Cyrillic, Greek, and digits (after Unicode's confusables, the common part).
_READS_AS = {
    "a": "аɑα@4", "b": "вβ", "c": "сϲ", "d": "ԁ", "e": "еε3", "g": "ɡ9", "h": "нһ", "i": "іιɩıl1|ӏ", "j": "ј",
    "k": "кκ", "m": "м", "o": "оο0", "p": "рρ", "s": "ѕ5$", "t": "тτ7", "u": "υ", "v": "ν", "x": "хχ", "y": "у",
}  # fmt: skip
LOOKALIKES = str.maketrans({sign: latin for latin, signs in _READS_AS.items() for sign in signs})
#: Joiners between letters that some scripts and emoji need; fine in a name, not in an alias.
JOINERS = {"\u200c", "\u200d"}
#: Signs with which a spreadsheet begins a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
SHORTEST_TELLING_PART = 3
TOO_CLOSE = 0.8
#: A sign may stand for many letters (ﷺ for eighteen).
LONGEST_KEY = 200


def skeleton(name: str) -> str:
    """Two names that look alike have the same skeleton; one of nothing but spaces and signs has an empty one."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()).translate(LOOKALIKES)
    return "".join(letter for letter in folded if letter.isalnum())


def refuse_hidden_characters(text: str) -> None:
    """Raises ValidationError for line breaks, control, zero-width and direction-changing characters."""
    for letter in text:
        if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and letter not in JOINERS:
            raise ValidationError(_("There is an invisible character in this text. Please type it again by hand."))


def refuse_formula(text: str) -> None:
    """Raises ValidationError for what a spreadsheet would work out instead of showing it (design rule 8)."""
    if text.startswith(FORMULA_SIGNS):
        raise ValidationError(_("It begins like a formula of a spreadsheet. Please begin with a letter."))


def refuse_line_breaks(text: str) -> None:
    if len(text.strip().splitlines()) > 1:
        raise ValidationError(_("Please keep it to one line."))


def refuse_odd_alias(alias: str) -> None:
    """Raises ValidationError for an alias nobody could read or tell apart."""
    refuse_hidden_characters(alias)
    refuse_formula(alias)
    if any(letter in JOINERS for letter in alias):
        raise ValidationError(_("There is an invisible character in this text. Please type it again by hand."))
    if len(skeleton(alias)) < 2:
        raise ValidationError(_("An alias needs at least two letters."))


def alias_tells(alias: str, *, name: str, email: str) -> bool:
    """Whether the alias gives its person away: it holds a part of the name or address, or nearly is one."""
    seen = skeleton(alias)
    local = email.rpartition("@")[0]
    for source in (name, local):
        parts = [skeleton(part) for part in _parts(source)]
        whole = "".join(parts)
        if any(len(part) >= SHORTEST_TELLING_PART and part in seen for part in parts):
            return True
        if len(seen) >= SHORTEST_TELLING_PART and seen in whole:
            return True
        if any(SequenceMatcher(None, seen, known).ratio() >= TOO_CLOSE for known in (*parts, whole) if known):
            return True
    return False


def _parts(text: str) -> list[str]:
    return "".join(letter if letter.isalpha() else " " for letter in text).split()


class SkeletonField(models.CharField):
    """Follows the name in field `of` whichever way a row is written (save, bulk_create): the database compares
    skeletons, and lists in their order."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": LONGEST_KEY, "blank": True, "editable": False} | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = skeleton(getattr(model_instance, self.of, ""))[:LONGEST_KEY]
        setattr(model_instance, self.attname, key)
        return key
