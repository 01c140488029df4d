"""ISBN-10 and ISBN-13 (ISO 2108): the last digit checks the others."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def plain(isbn: str) -> str:
    """Without the hyphens and spaces in which it is printed."""
    return isbn.replace("-", "").replace(" ", "").upper()


def is_isbn(isbn: str) -> bool:
    """Whether this is an ISBN in its plain form, with the right check digit."""
    if not isbn.isascii():
        return False
    if len(isbn) == 13 and isbn.isdigit():
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(isbn)) % 10 == 0
    if len(isbn) == 10 and isbn[:9].isdigit() and (isbn[9].isdigit() or isbn[9] == "X"):
        last = 10 if isbn[9] == "X" else int(isbn[9])
        return (sum(int(digit) * (10 - place) for place, digit in enumerate(isbn[:9])) + last) % 11 == 0
    return False


def valid_isbn(isbn: str) -> None:
    if not is_isbn(isbn):
        raise ValidationError(_("That is not an ISBN: one of its digits must be wrong. Leave it empty if unsure."))
