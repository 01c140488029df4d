"""What a club reads: books (one record for all clubs), their sections, and who has read which."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Club, Membership
from clubs.reading.isbn import valid_isbn


class Book(models.Model):
    """One record for all clubs that read it."""

    title = models.CharField(_("title"), max_length=160)
    author = models.CharField(_("author"), max_length=120)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    year = models.SmallIntegerField(_("year"), null=True, blank=True)
    description = models.CharField(_("what it is about"), max_length=600, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True, validators=[valid_isbn])
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("book"), _("books")
        constraints = [models.UniqueConstraint(Lower("title"), Lower("author"), name="one_record_per_book")]

    def __str__(self) -> str:
        return self.title


class Status(models.TextChoices):
    READING = "reading", _("being read")
    FINISHED = "finished", _("finished")


class ReadingQuerySet(models.QuerySet["Reading"]):
    def current(self) -> Self:
        return self.filter(status=Status.READING)

    def finished(self) -> Self:
        return self.filter(status=Status.FINISHED)


class Reading(models.Model):
    """A club reads a book: one at a time."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="readings")
    book = models.ForeignKey(Book, models.PROTECT, related_name="readings")
    status = models.CharField(max_length=8, choices=Status, default=Status.READING)
    started_at = models.DateTimeField(default=timezone.now)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("reading"), _("readings")
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["club"], condition=models.Q(status=Status.READING), name="one_book_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(_("a reading"))


class Section(models.Model):
    """A part of a book as this club has cut it; `position` counts from 1."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    first_page = models.PositiveSmallIntegerField()
    last_page = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name, verbose_name_plural = _("section"), _("sections")
        ordering = ["reading_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "position"], name="one_section_per_position"),
            models.CheckConstraint(
                condition=models.Q(first_page__lte=models.F("last_page")), name="a_section_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def length(self) -> int:
        """In pages."""
        return self.last_page - self.first_page + 1


class SectionRead(models.Model):
    section = models.ForeignKey(Section, models.CASCADE, related_name="read_by")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="sections_read")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("section read"), _("sections read")
        constraints = [models.UniqueConstraint(fields=["section", "membership"], name="a_section_is_read_once")]

    def __str__(self) -> str:
        return str(_("a section read"))
