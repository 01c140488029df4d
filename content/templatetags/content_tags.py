"""What search engines and messengers read about a page, and the ways to pass it on."""

import json
from typing import Any
from urllib.parse import quote, urljoin

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context, Library
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.images.models import ResponsiveImage
from wagtail.images.shortcuts import get_rendition_or_not_found, get_renditions_or_not_found

from content.sizes import IN_TEXT, SHARED

register = Library()

#: What could end the script element, or begin another.
ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}
#: How wide a picture of a text is drawn.
A_COLUMN = "(max-width: 44rem) 100vw, 40rem"


def whole(address: str) -> str:
    return urljoin(settings.SITE_URL, address)


@register.simple_tag
def picture(picture: Any, *, alt: str, sizes: str = A_COLUMN, **attributes: str) -> ResponsiveImage:
    """A picture in the sizes of a text; the browser takes the one it needs."""
    shown = get_renditions_or_not_found(picture, IN_TEXT)
    return ResponsiveImage(shown, {"alt": alt, "sizes": sizes, **attributes})


@register.simple_tag
def shared_cover(page: Any) -> str:
    """The whole address of the cover at 1200 by 630; empty without one."""
    if not getattr(page, "cover", None):
        return ""
    return whole(get_rendition_or_not_found(page.cover, SHARED).url)


@register.inclusion_tag("content/share.html")
def share(page: Any) -> dict[str, str]:
    """Copy the address, or send it by mail. Nobody else hears of it."""
    address = whole(page.get_absolute_url())
    return {"address": address, "mailto": f"mailto:?subject={quote(page.title)}&body={quote(address)}"}


@register.simple_tag(takes_context=True)
def structured_data(context: Context, page: Any) -> SafeString:
    """JSON-LD for an article or a chapter and its place in the site. It is data: the browser runs none of it."""
    parent = context.get("above") or (_("Articles"), "/articles/")
    data = [article_data(context, page), crumbs_data([parent, (page.title, page.get_absolute_url())])]
    return mark_safe(
        f'<script type="application/ld+json">{json.dumps(data, cls=DjangoJSONEncoder).translate(ESCAPED)}</script>'
    )


def article_data(context: Context, page: Any) -> dict[str, Any]:
    address, organisation = whole(page.get_absolute_url()), context.get("organisation")
    published = getattr(page, "shown_at", None) or page.first_published_at
    publisher = getattr(organisation, "name", "") or getattr(organisation, "site_name", "")
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "description": getattr(page, "standfirst", page.summary),
        "datePublished": published and published.isoformat(),
        "dateModified": (changed := getattr(page, "updated_at", None) or published) and changed.isoformat(),
        "mainEntityOfPage": address,
        "image": shared_cover(page),
        "author": [
            {"@type": "Person", "name": author.name, "url": whole(author.get_absolute_url())}
            for author in getattr(page, "bylines", [])
        ],
        "publisher": {"@type": "Organization", "name": publisher, "url": f"{settings.SITE_URL}/"},
    }
    return {name: value for name, value in data.items() if value}


def crumbs_data(crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": whole(address)}
            for place, (name, address) in enumerate(crumbs, 1)
        ],
    }
