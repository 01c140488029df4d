"""Writing many pages at once: what usually follows each save is left out, and done for all of them together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.signal_handlers import disable_reference_index_auto_update

from content.publishing import page_published

A_BATCH = 100


@contextmanager
def quietly() -> Iterator[None]:
    """In this process no save puts a task for the search or the reference index into the queue."""
    silenced = [model for model in get_indexed_models() if post_save.disconnect(post_save_signal_handler, sender=model)]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in silenced:
            post_save.connect(post_save_signal_handler, sender=model)


def settle(numbers: Sequence[int]) -> None:
    """What follows a publication, but for the mail and the cache, of the pages with these numbers."""
    backend = get_search_backend()
    for start in range(0, len(numbers), A_BATCH):
        some = numbers[start : start + A_BATCH]
        by_model: dict[type[Any], list[Any]] = {}
        for page in Page.objects.filter(pk__in=some).specific():
            by_model.setdefault(type(page), []).append(page)
            ReferenceIndex.create_or_update_for_object(page)
            if page.live:
                page_published(instance=page)
        for model, pages in by_model.items():
            backend.add_bulk(model, pages)
