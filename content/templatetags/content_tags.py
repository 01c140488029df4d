"""`{% structured_data article %}`: what search engines read."""

import json
from typing import Any

from django.conf import settings
from django.template import Library
from django.utils.safestring import SafeString, mark_safe

register = Library()

#: What could end the script element, or begin another.
ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


@register.simple_tag
def structured_data(article: Any) -> SafeString:
    """JSON-LD for an article and its place in the site. It is data: the browser runs none of it."""
    address = f"{settings.SITE_URL}{article.get_absolute_url()}"
    authors = [{"@type": "Person", "name": author.name} for author in article.bylines]
    crumbs = [("Articles", f"{settings.SITE_URL}/articles/"), (article.title, address)]
    data = [
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": article.title,
            "description": article.standfirst,
            "datePublished": article.shown_at.isoformat(),
            "mainEntityOfPage": address,
            "author": authors,
        },
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": url}
                for place, (name, url) in enumerate(crumbs, 1)
            ],
        },
    ]
    return mark_safe(f'<script type="application/ld+json">{json.dumps(data).translate(ESCAPED)}</script>')
