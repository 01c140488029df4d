"""ISBN-10 and ISBN-13 (ISO 2108): the last digit checks the others. Kept in 13 digits, so that one book has one."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: What stands between the digits and in front of them in print: spaces, any dash, "ISBN-13:".
BETWEEN = re.compile(r"^\s*ISBN(?:[-\s]?1[03](?=[:\s]))?:?|[\s\-\u2010-\u2015\u2212]", re.IGNORECASE)


def plain(isbn: str) -> str:
    """Without the hyphens and spaces in which it is printed."""
    return BETWEEN.sub("", isbn).upper()


def is_isbn(isbn: str) -> bool:
    """Whether this is an ISBN in its plain form, with the right check digit."""
    if not isbn.isascii():
        return False
    if len(isbn) == 13 and isbn.isdigit():
        return isbn[12] == _check_13(isbn[:12])
    if len(isbn) == 10 and isbn[:9].isdigit() and (isbn[9].isdigit() or isbn[9] == "X"):
        last = 10 if isbn[9] == "X" else int(isbn[9])
        return (sum(int(digit) * (10 - place) for place, digit in enumerate(isbn[:9])) + last) % 11 == 0
    return False


def in_13(isbn: str) -> str:
    """A plain ISBN in 13 digits: one of 10 begins with 978 and has another check digit."""
    if len(isbn) != 10:
        return isbn
    digits = f"978{isbn[:9]}"
    return digits + _check_13(digits)


def _check_13(digits: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10)


def valid_isbn(isbn: str) -> None:
    """Raises ValidationError, saying what is wrong with a plain one."""
    if is_isbn(isbn):
        return
    if not (isbn.isascii() and isbn[:-1].isdigit() and len(isbn) in (10, 13)):
        words = _("An ISBN has 10 or 13 digits, the last of 10 may be an X. This has %(n)s. Leave it empty if unsure.")
        raise ValidationError(words % {"n": len(isbn)})
    raise ValidationError(
        _("The last digit does not fit the others: one of them must be wrong, or two have changed places.")
    )
