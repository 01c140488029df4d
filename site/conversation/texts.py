"""What people type, made fit to stand on a page."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: They turn the direction of what follows, so a name with one could rewrite the line it stands in.
TURNS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp", "Mn", "Cn", "Co", "Cs"}


def has_ink(text: str) -> bool:
    """Whether anything of it can be seen."""
    return any(unicodedata.category(letter) not in INVISIBLE for letter in text)


def clean_name(name: str) -> str:
    """One line without tricks. Raises ValidationError, saying what to do."""
    if re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", name):
        raise ValidationError(_("A name is one line: take out the line break."))
    name = " ".join(unicodedata.normalize("NFC", name.translate(TURNS)).split())
    if not has_ink(name):
        raise ValidationError(_("Type a name that can be read."))
    if "@" in name or "://" in name or "www." in name.lower():
        raise ValidationError(_("A name, please, not an address: everybody will read it."))
    return name


def clean_text(text: str) -> str:
    """Raises ValidationError when there is nothing to read in it."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not has_ink(text):
        raise ValidationError(_("There is nothing to read yet: write your comment here."))
    return text


def without_tricks(text: str) -> str:
    """To be compared with, not shown: no sign that cannot be seen, and each letter in its plain form."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")


def masked(email: str) -> str:
    """Enough for its owner to recognise: b•••@example.org."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
