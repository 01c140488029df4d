"""Categories, tags, series and authors of the old site, found here again or made."""

import re
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from anyascii import anyascii
from django.db.models import Model
from django.utils.text import slugify

from content.pages.sorting import Author, Series, Topic
from content.wordpress.survey import Survey
from content.wordpress.wxr import Item, Term

#: The taxonomies of the plugins that make series: Organize Series and PublishPress Series, Simple Series, Post Series.
SERIES = {
    "series",
    "organize-series",
    "organize_series",
    "post_series",
    "post-series",
    "wp_post_series",
    "simple_series",
}
NOBODYS = {"uncategorized", "uncategorised"}
PART = re.compile(r"^_?(?:series_part|post_series_order|series_order|wp_post_series_order)(?:_\d+)?$")


@dataclass
class Sorting:
    survey: Survey
    found: dict[tuple[type[Model], str], Any] = field(default_factory=dict)
    #: What each list of the old site became: its kind and slug, and a topic, series or author, or the name of a tag.
    lists: dict[tuple[str, str], Any] = field(default_factory=dict)

    def topics(self, item: Item) -> list[Topic]:
        terms = [term for term in item.terms if term.domain == "category" and term.slug not in NOBODYS]
        return [self._named(Topic, "name", term) for term in terms]

    def tags(self, item: Item) -> list[str]:
        tags = [term for term in item.terms if term.domain == "post_tag"]
        self.lists |= {(term.domain, term.slug): term.name[:100] for term in tags}
        return [term.name[:100] for term in tags]

    def series(self, item: Item) -> tuple[Series | None, int | None]:
        term = next((term for term in item.terms if term.domain in SERIES), None)
        if term is None:
            return None, None
        parts = [value for key, value in item.meta.items() if PART.match(key) and value.isdigit()]
        part = int(parts[0]) if parts else 0
        return self._named(Series, "title", term), part if 0 < part < 32_768 else None

    def author(self, item: Item) -> Author | None:
        """A byline by the name that is shown; none is made of an e-mail address. Never a login."""
        person = self.survey.people.get(item.creator)
        name = (person.name if person else "") or item.creator
        if not name or "@" in name:
            return None
        slug = person.slug if person and "@" not in person.slug else name
        return self._named(Author, "name", Term("author", slug, name))

    def _named(self, model: type[Any], label: str, term: Term) -> Any:
        """The one of this name, wherever it came from; otherwise a new one."""
        longest = model._meta.get_field(label).max_length
        name = " ".join((term.name or term.slug).split())[:longest]
        key = (model, name.lower())
        if key not in self.found:
            row = model.objects.filter(**{f"{label}__iexact": name}).first()
            self.found[key] = row or self._made(model, label, name, term)
        self.lists[term.domain, term.slug] = self.found[key]
        return self.found[key]

    def _made(self, model: type[Any], label: str, name: str, term: Term) -> Any:
        row = model(**{label: name, "slug": free_slug(model, term.slug or name)})
        said = self.survey.descriptions.get((term.domain, term.slug), "")
        if said and hasattr(row, "description"):
            row.description = " ".join(said.split())[: model._meta.get_field("description").max_length]
        row.save()
        return row


def free_slug(model: type[Any], wanted: str) -> str:
    longest = model._meta.get_field("slug").max_length - 5
    slug = (slugify(anyascii(wanted)) or model._meta.model_name)[:longest]
    tries = chain([slug], (f"{slug}-{number}" for number in count(2)))
    taken = set(model.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(one for one in tries if one not in taken)
