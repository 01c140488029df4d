"""Where a button or a link may lead: a page of this site, the web, or a mail. Never a script."""

import re
from html import unescape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: No blank or control character anywhere: browsers drop some of them, and `/\t/there` is another site.
SAFE = re.compile(r"(?:/(?![/\\])|https?://[^/\\]|mailto:)[^\s\x00-\x20\x7f\\]*", re.IGNORECASE)
LINK = re.compile(r'\s(href|src)="([^"]*)"', re.IGNORECASE)


def is_safe(address: str) -> bool:
    return address == "/" or SAFE.fullmatch(address) is not None


def safe_address(address: str) -> None:
    """A validator for fields and blocks."""
    if not is_safe(address):
        raise ValidationError(
            _("Give a page of this site (/…), a full https:// address, or mailto: and an e-mail address."),
            code="unsafe_address",
        )


def for_elsewhere(html: str, *, origin: str) -> str:
    """Links of this HTML made whole; those that lead nowhere safe lose their address."""

    def whole(link: re.Match[str]) -> str:
        attribute, address = link.groups()
        if not is_safe(unescape(address)) and not address.startswith("tel:"):
            return ""
        return f' {attribute}="{origin if address.startswith("/") else ""}{address}"'

    return LINK.sub(whole, html)
