"""What members leave at a section for those who have read it: notes, questions, what is worth keeping."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Membership
from clubs.reading.models import Section, SectionRead
from movement.allies.models import Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

M = TypeVar("M", bound=models.Model)


class SignedQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        """Of clubs this person is a member of; only what was written by someone who shows themselves there, or by them.

        What a quiet member wrote before they took their alias of this club stays hidden: it was under another name.
        """
        mine = Membership.objects.filter(club=models.OuterRef("membership__club"), ally__user=user.pk)
        since = models.F("membership__alias_since")
        before_alias = models.Q(membership__ally__visibility=Visibility.QUIET, created_at__lt=since)
        seen = models.Q(membership__in=Membership.objects.shown().order_by().values("pk")) & ~before_alias
        return self.filter(models.Exists(mine)).filter(seen | models.Q(membership__ally__user=user.pk))

    def opened_to(self, membership: Membership) -> Self:
        """At sections that this member has read, or asked to be shown anyway: the gate of what could spoil."""
        return self.filter(models.Q(section__in=opened_sections(membership)))


NoteQuerySet = SignedQuerySet["Note"]


def opened_sections(membership: Any) -> models.QuerySet[Section]:
    """`membership`: one, or the memberships of one person."""
    many = membership if isinstance(membership, models.QuerySet) else [membership]
    read = SectionRead.objects.filter(section=models.OuterRef("pk"), membership__in=many)
    peeked = Peek.objects.filter(section=models.OuterRef("pk"), membership__in=many)
    return Section.objects.filter(models.Exists(read) | models.Exists(peeked)).order_by()


class Signed(models.Model):
    """Something said at a section, under the name that its writer has in the club."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="%(class)ss")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="%(class)ss")
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]

    @property
    def signed(self) -> str | None:
        """The name beside it; none where the writer has taken an alias since, which must not stand here."""
        return self.membership.shown_name_on(self.created_at)


class Note(Signed):
    text = models.TextField(max_length=2000)

    objects = SignedQuerySet["Note"].as_manager()

    class Meta(Signed.Meta):
        verbose_name, verbose_name_plural = _("note"), _("notes")

    def __str__(self) -> str:
        return str(_("a note"))


class Highlight(Signed):
    """A quotation, and why it matters."""

    quotation = models.TextField(max_length=600)
    why = models.CharField(max_length=280, blank=True)

    objects = SignedQuerySet["Highlight"].as_manager()

    class Meta(Signed.Meta):
        verbose_name, verbose_name_plural = _("highlight"), _("highlights")

    def __str__(self) -> str:
        return str(_("a highlight"))


class Peek(models.Model):
    """A member asked to be shown a section's talk before reading it. Kept, so that they ask once."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="peeks")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="peeks")

    class Meta:
        verbose_name, verbose_name_plural = _("section shown anyway"), _("sections shown anyway")
        constraints = [models.UniqueConstraint(fields=["section", "membership"], name="a_section_is_opened_once")]

    def __str__(self) -> str:
        return str(_("a section shown anyway"))


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """At sections that are open to this person, as a member of the club: a question may give away what happens."""
        if not user.is_authenticated:
            return self.none()
        mine = Membership.objects.filter(ally__user=user.pk)
        within = mine.filter(club=models.OuterRef("section__reading__club"))
        return self.filter(models.Exists(within), section__in=opened_sections(mine))


class Question(models.Model):
    """For the talk about a section, put there by an organiser. The club asks it: nobody's name stands beside it."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    text = models.CharField(max_length=280)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("question"), _("questions")
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["section", "text"], name="a_question_is_asked_once")]

    def __str__(self) -> str:
        return str(_("a question"))

    def get_absolute_url(self) -> str:
        return reverse("clubs:question", kwargs={"slug": self.section.reading.club.slug, "id": self.pk})
