"""Books, one record for all clubs, with their covers and the copies that members lend."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Club, Membership
from clubs.reading.isbn import valid_isbn

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class BookQuerySet(models.QuerySet["Book"]):
    def known_to(self, club: Club) -> Self:
        """Those that this club reads, has read, or was proposed: a book's number tells nobody else of it."""
        known = models.Q(readings__club=club) | models.Q(nominations__club=club) | models.Q(stands__poll__club=club)
        return self.filter(models.Exists(Book.objects.filter(known, pk=models.OuterRef("pk"))))

    def seen_in(self, club: Club, user: "User | AnonymousUser") -> Self:
        """What a page of this club may show of its books: to its members all that it knows, to others what it reads."""
        if Membership.objects.filter(club=club, ally__user=user.pk).exists():
            return self.known_to(club)
        shown = models.Exists(Club.objects.visible_to(user).filter(pk=club.pk))
        return self.filter(shown, models.Exists(club.readings.filter(book=models.OuterRef("pk"))))

    def with_cover(self) -> Self:
        """With the picture of its cover, if it has one, but for the bytes."""
        return self.select_related("picture").defer("picture__content")


class Book(models.Model):
    """One record for all clubs that read it. `page`: it is an article or a chapter of this site."""

    title = models.CharField(_("title"), max_length=160)
    author = models.CharField(_("author"), max_length=120)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    year = models.SmallIntegerField(_("year"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    description = models.CharField(_("what it is about"), max_length=600, blank=True)
    found_at = models.CharField(_("where to get it"), max_length=200, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True, validators=[valid_isbn])
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+")
    is_demo = models.BooleanField(default=False, editable=False)

    objects = BookQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("book"), _("books")
        constraints = [
            models.UniqueConstraint(Lower("title"), Lower("author"), name="one_record_per_book"),
            models.UniqueConstraint(fields=["isbn"], condition=~models.Q(isbn=""), name="one_record_per_isbn"),
            models.CheckConstraint(condition=models.Q(pages=None) | models.Q(pages__gte=1), name="a_book_has_pages"),
        ]

    def __str__(self) -> str:
        return self.title


class BookCover(models.Model):
    """In the database, not among the public files: seen where its book is. `club` hung it up, and may change it."""

    book = models.OneToOneField(Book, models.CASCADE, related_name="picture")
    club = models.ForeignKey(Club, models.SET_NULL, null=True, related_name="+")
    content = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("cover of a book"), _("covers of books")

    def __str__(self) -> str:
        return str(_("a cover"))


class Copy(models.Model):
    """A member lends their copy to the others of the club."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="copies")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="copies")
    offered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("copy to lend"), _("copies to lend")
        constraints = [models.UniqueConstraint(fields=["book", "membership"], name="a_copy_is_offered_once")]

    def __str__(self) -> str:
        return str(_("a copy to lend"))
