"""The parts of a series: those that are out, and those that are announced."""

from typing import Any

from django.db.models import F

from content.pages.sorting import AnnouncedPart, Series

#: A page shows no more parts than that.
MOST_PARTS = 100


def parts_out(series: Series) -> Any:
    """The articles of it that every visitor may read, in order."""
    articles = series.parts.public_ones()  # type: ignore[attr-defined]  # the queryset of articles
    return articles.order_by(F("series_part").asc(nulls_last=True), "shown_at", "pk")[:MOST_PARTS]


def parts_ahead(series: Series) -> Any:
    """The parts still to come: one that is out gives way to its article, and comes back if that is taken back."""
    out = series.parts.public_ones().exclude(announced_part=None).order_by()  # type: ignore[attr-defined]
    ahead = AnnouncedPart.objects.filter(series=series).exclude(pk__in=out.values("announced_part"))
    return ahead.order_by("sort_order", "pk")[:MOST_PARTS]


def numbered(parts: list[Any], ahead: list[Any]) -> None:
    """Gives each its `number`: the one its author gave it, or its place; what is ahead counts on from there."""
    for place, part in enumerate(parts, 1):
        part.number = part.series_part or place
    last = max((part.number for part in parts), default=0)
    for place, part in enumerate(ahead, last + 1):
        part.number = place


def article_of(part: AnnouncedPart) -> Any:
    """The article that this part has become, once every visitor may read it; None before."""
    return part.articles.public_ones().order_by("pk").first()  # type: ignore[attr-defined]
