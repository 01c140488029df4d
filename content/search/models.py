"""What search knows: everything public that can be found, and the words of it for "did you mean"."""

from typing import Self

from django.db import models
from wagtail.models import Page

from content.closed import closed_to
from content.links.models import LinkCheck


class FindableQuerySet(models.QuerySet["Findable"]):
    def public_ones(self) -> Self:
        """Asked of the pages as they are now, whatever was kept: live, and behind no door; a link that is dead
        leads nowhere."""
        dead = LinkCheck.objects.dead().of_link()
        return self.filter(page__live=True).exclude(closed_to(path="page__path")).exclude(models.Exists(dead))


class Findable(models.Model):
    """A public page, or something that stands on one, as it was last published (see `content.search.keeping`).

    The stems are what the index of the database is made of (migration `search`).
    """

    class Kind(models.TextChoices):
        ARTICLES = "articles"
        PRIMER = "primer"
        RESOURCES = "resources"
        PAGES = "pages"

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    #: Where it is, when that isn't the page itself.
    address = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=255)
    about = models.TextField(blank=True)
    text = models.TextField(blank=True)
    title_stems = models.TextField(blank=True)
    about_stems = models.TextField(blank=True)
    text_stems = models.TextField(blank=True)

    objects = FindableQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.title


class PublicWord(models.Model):
    """A word of the public pages, folded, and how many pages have it. Nothing else is ever suggested."""

    word = models.CharField(max_length=60, unique=True)
    stem = models.CharField(max_length=60, db_index=True)
    pages = models.IntegerField()

    def __str__(self) -> str:
        return self.word
