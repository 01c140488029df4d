"""Where a button or a link may lead: a page of this site, the web, or a mail. Never a script."""

import re
from functools import cache
from html import unescape

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver
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


def belongs_to_the_site(path: str) -> bool:
    """Whether an address of ours is this path ("articles/feed/") or lies below it: a page there would not be found."""
    return any(address.startswith(path) for address in _addresses())


@cache
def _addresses() -> tuple[str, ...]:
    """What every route begins with, up to the first thing that it asks for."""
    return (*_beginnings(get_resolver(), ""), settings.STATIC_URL.lstrip("/"), settings.MEDIA_URL.lstrip("/"))


def _beginnings(resolver: URLResolver, before: str) -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        literal = re.split(r"[<(\[]", route, maxsplit=1)[0].replace("^", "").rstrip("$")
        if isinstance(entry, URLResolver) and literal == route:
            found += _beginnings(entry, route)
        elif isinstance(entry, URLPattern | URLResolver):
            found.append(literal)
    return found
