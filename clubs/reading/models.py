"""What a club reads: its readings of books, their sections, who has read which, and what they made of it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Access, Club, Membership
from clubs.reading.books import Book, BookCover, Copy
from movement.editing import Edited

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["Book", "BookCover", "Copy", "Place", "Reading", "Section", "SectionRead", "Status", "Verdict"]


class Status(models.TextChoices):
    READING = "reading", _("being read")
    FINISHED = "finished", _("finished")


class ReadingQuerySet(models.QuerySet["Reading"]):
    def current(self) -> Self:
        return self.filter(status=Status.READING)

    def finished(self) -> Self:
        return self.filter(status=Status.FINISHED)

    def with_cover(self) -> Self:
        """With the book, and the picture of its cover without the bytes."""
        return self.select_related("book__picture").defer("book__picture__content")


class Reading(Edited):
    """A club reads a book: one at a time. After section `catch_up_after` a week is free; `edition`: its schedule's."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="readings")
    book = models.ForeignKey(Book, models.PROTECT, related_name="readings")
    status = models.CharField(max_length=8, choices=Status, default=Status.READING)
    started_at = models.DateTimeField(default=timezone.now)
    catch_up_after = models.PositiveSmallIntegerField(null=True, blank=True)

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
    """A part of a book as this club has cut it, by pages or by chapters (then without); `position` counts from 1."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    first_page = models.PositiveSmallIntegerField(null=True, blank=True)
    last_page = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("section"), _("sections")
        ordering = ["reading_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "position"], name="one_section_per_position"),
            models.CheckConstraint(
                condition=models.Q(first_page=None, last_page=None)
                | models.Q(first_page__gte=1, first_page__lte=models.F("last_page")),
                name="a_section_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def length(self) -> int:
        """In pages; 0 where it is cut by chapters."""
        return self.last_page - self.first_page + 1 if self.first_page and self.last_page else 0

    @property
    def pages_said(self) -> str:
        """ "pages 1 to 28", or nothing."""
        if not self.length:
            return ""
        return _now("pages %(first)s to %(last)s") % {"first": self.first_page, "last": self.last_page}


class SectionRead(models.Model):
    section = models.ForeignKey(Section, models.CASCADE, related_name="read_by")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="sections_read")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("section read"), _("sections read")
        constraints = [models.UniqueConstraint(fields=["section", "membership"], name="a_section_is_read_once")]

    def __str__(self) -> str:
        return str(_("a section read"))


class Place(models.Model):
    """How far a member is, finer than by sections. `is_named`: the others may see it beside their name."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="places")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="places")
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    is_named = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("place in a book"), _("places in books")
        constraints = [
            models.UniqueConstraint(fields=["reading", "membership"], name="one_place_in_a_book"),
            models.CheckConstraint(
                condition=models.Q(percent=None) | models.Q(percent__lte=100), name="a_book_ends_at_100_percent"
            ),
        ]

    def __str__(self) -> str:
        return str(_("a place in a book"))


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def visible_to(self, user: "User") -> Self:
        """In one's own clubs: one's own, and those by members who show themselves."""
        mine = Membership.objects.filter(club=models.OuterRef("membership__club"), ally__user=user.pk)
        seen = models.Q(membership__in=Membership.objects.shown().order_by().values("pk"))
        return self.filter(models.Exists(mine)).filter(seen | models.Q(membership__ally__user=user.pk))

    def passed_on_to(self, club: Club) -> Self:
        """What its writers let other groups read, from groups that everybody may know of; without club and name."""
        away = self.filter(may_travel=True, reading__club__archived_at=None).exclude(reading__club=club)
        return away.exclude(reading__club__access=Access.PRIVATE)


class Verdict(models.Model):
    """What a member made of a book at the end. `may_travel`: other clubs may read it, without a name."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="verdicts")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="verdicts")
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=600, blank=True)
    differently = models.CharField(max_length=280, blank=True)
    may_travel = models.BooleanField(default=False)
    said_at = models.DateTimeField(default=timezone.now)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("verdict"), _("verdicts")
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "membership"], name="one_verdict_per_member"),
            models.CheckConstraint(
                condition=models.Q(stars=None) | models.Q(stars__range=(1, 5)), name="one_star_to_five"
            ),
        ]

    def __str__(self) -> str:
        return str(_("a verdict"))

    @property
    def signed(self) -> str | None:
        return self.membership.shown_name_on(self.said_at)
