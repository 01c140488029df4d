"""Marking a chapter, and taking the mark back."""

from collections.abc import Iterable

from accounts.models import User
from content.pages.primer import ChapterPage
from content.progress.models import ChapterMark, What


def mark(*, user: User, chapters: Iterable[ChapterPage], what: What) -> None:
    """Keep it; what was marked before keeps its day."""
    rows = [ChapterMark(user=user, chapter=chapter, what=what) for chapter in chapters]
    ChapterMark.objects.bulk_create(rows, ignore_conflicts=True)


def take_back(*, user: User, chapter: ChapterPage, what: What) -> None:
    ChapterMark.objects.filter(user=user, chapter=chapter, what=what).delete()
