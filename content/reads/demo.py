"""Reads of the demo's pages, as they may have come about: most on the first days, fewer at weekends, a long tail."""

import random
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from content.pages.articles import ArticlePage
from content.pages.primer import ChapterPage
from content.reads.keeping import add
from content.reads.models import PageReads

DAYS = 60


def add_reads() -> None:
    chance, today = random.Random(7), timezone.localdate()
    rows: list[tuple[int, date, int]] = []
    for article in ArticlePage.objects.live().order_by("pk"):
        rows += of_page(
            article.pk, timezone.localdate(article.shown_at), today, liked=chance.uniform(0.5, 2), chance=chance
        )
    for chapter in ChapterPage.objects.live().order_by("path"):
        rows += of_page(chapter.pk, today - timedelta(days=400), today, liked=chance.uniform(1, 2), chance=chance)
    add(rows, is_demo=True)


def of_page(
    page_id: int, since: date, today: date, *, liked: float, chance: random.Random
) -> Iterable[tuple[int, date, int]]:
    for back in range(DAYS):
        day = today - timedelta(days=back)
        age = (day - since).days
        if age >= 0:
            expected = liked * (2 + 18 / (1 + age)) * (0.3 if day.weekday() >= 5 else 1)
            if reads := round(chance.expovariate(1 / expected)):
                yield page_id, day, reads


def remove_reads() -> None:
    PageReads.objects.filter(is_demo=True).delete()
