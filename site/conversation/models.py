"""Comments: django-comments-xtd's model and threading, with what this site has to know besides."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_comments.models import CommentFlag
from django_comments_xtd.models import XtdComment

from conversation.decisions import Barred, Decision, Held
from conversation.hosts import Target, find, private_kinds
from conversation.reactions import Kind, Reaction

__all__ = ["Barred", "Comment", "Decision", "EarlierWords", "PendingComment", "Reaction", "RemovedBy"]

#: The numbers of comments are 32 bits wide in the library's tables.
LARGEST_COMMENT_ID = 2**31 - 1
#: How many comments are read at once.
PAGE = 50
EDITABLE_FOR = timedelta(minutes=15)
WAITS_FOR = timedelta(days=3)


class RemovedBy(models.TextChoices):
    NOBODY = "", gettext_lazy("not removed")
    WRITER = "writer", gettext_lazy("its writer")
    EDITOR = "editor", gettext_lazy("an editor")


def private_talk() -> models.Q:
    """Picks the talk that only some may see."""
    kinds = [("talk__startswith", f"{kind}:") for kind in private_kinds()]
    return models.Q(*kinds, _connector=models.Q.OR)


def _flagged() -> models.Exists:
    flags = CommentFlag.objects.filter(comment=models.OuterRef("pk"), flag=CommentFlag.SUGGEST_REMOVAL)
    return models.Exists(flags)


class CommentQuerySet(models.QuerySet["Comment"]):
    def under(self, target: Target) -> "CommentQuerySet":
        return self.filter(talk=target.key)

    def standing(self) -> "CommentQuerySet":
        """What can be read: neither held nor removed."""
        return self.filter(is_public=True, is_removed=False)

    def shown(self) -> "CommentQuerySet":
        """What has a place in the thread: standing ones, and those whose place has to stay."""
        gone = models.Q(removed_by=RemovedBy.WRITER, nested_count=0)
        return self.filter(is_public=True).exclude(gone)

    def held(self) -> "CommentQuerySet":
        return self.filter(is_public=False, is_removed=False)

    def flagged(self) -> "CommentQuerySet":
        """What somebody asked an editor to look at, and nobody has decided on since."""
        return self.filter(_flagged(), is_removed=False)

    def waiting(self) -> "CommentQuerySet":
        """What an editor has to look at: held, or flagged by somebody."""
        return self.filter(models.Q(is_public=False) | _flagged(), is_removed=False)

    def taken_down(self) -> "CommentQuerySet":
        return self.filter(removed_by=RemovedBy.EDITOR)

    def answered(self) -> "CommentQuerySet":
        """Taken down, and their writers have something to say to that."""
        return self.taken_down().filter(decisions__answered_at__isnull=False).distinct()

    def for_editors(self) -> "CommentQuerySet":
        """What editors read and decide on: of the talk that only some may see, what is held or flagged."""
        return self.filter(~private_talk() | models.Q(pk__in=Comment.objects.waiting())) if private_kinds() else self

    def oldest_first(self) -> "CommentQuerySet":
        """A root, then its replies as they came: their numbers grow, for the root is locked while one is inserted."""
        return self.order_by("root", "library_row_id")

    def after(self, comment: "Comment") -> "CommentQuerySet":
        """What follows this comment, in the thread's order."""
        later = models.Q(root__gt=comment.root) | models.Q(root=comment.root, library_row__gt=comment.pk)
        return self.filter(later, root__gte=comment.root)

    def opening_at(self, comment: "Comment") -> "CommentQuerySet":
        """From the root of its strand on, or from the comment itself where it stands too far below."""
        if comment.order <= PAGE:
            return self.filter(root__gte=comment.root)
        here = models.Q(root=comment.root, library_row__gte=comment.pk)
        return self.filter(here | models.Q(root__gt=comment.root), root__gte=comment.root)

    def numbered(self, number: int) -> "CommentQuerySet":
        return self.filter(pk=number) if 0 < number <= LARGEST_COMMENT_ID else self.none()


class Comment(XtdComment):
    """`press` is one press of the form's button, so that pressing twice posts once.

    Threads are two levels deep: `parent_id` (the library's) is the root, `reply_to` the comment that was answered.
    `talk` (`Target.key`) and `root` repeat what the library keeps in two other tables: one index over them is what a
    page of a talk is read from, however long the talk is.
    """

    library_row = models.OneToOneField(
        XtdComment, parent_link=True, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    press = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 (null is "none": unique)
    talk = models.CharField(max_length=100, editable=False)
    root = models.PositiveIntegerField(editable=False)
    reply_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    removed_by = models.CharField(max_length=10, choices=RemovedBy, default=RemovedBy.NOBODY, blank=True)
    removed_why = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    held_for = models.CharField(max_length=10, choices=Held, default=Held.NOT, blank=True)
    #: Said by the site it was brought from, on which its writer had signed in as the page's author.
    by_author = models.BooleanField(default=False, db_default=False, editable=False)
    #: Its writer, without a login, hears of replies in the weekly letter instead of at once.
    in_digest = models.BooleanField(default=False, db_default=False, editable=False)
    #: Since when it can be read: later than it was written where it waited for an editor.
    stood_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)
    #: How often each `reactions.Kind` was said, kept here so that a page of a talk is read without counting.
    helpful = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    will_try = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    thanks = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    #: How many tried what it says, where a higher floor keeps count.
    tried = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # who moderates is a question of roles, see permissions.py
        indexes = [models.Index(fields=["talk", "root", "library_row"], name="comment_in_talk")]

    def __str__(self) -> str:
        return f"{self.shown_name}: {self.comment[:50]}"

    @property
    def shown_name(self) -> str:
        """The name the writer chose; nothing is ever taken from an address."""
        return self.user_name or _("Former member")

    @property
    def said(self) -> list[tuple[Kind, int]]:
        """What readers said to it with one press, and how often."""
        return [(kind, getattr(self, kind.value)) for kind in Kind]

    @property
    def writers_address(self) -> str:
        """Never shown; empty once its writer was erased."""
        return self.user.email if self.user else self.user_email

    @property
    def place(self) -> tuple[str, int]:
        """The kind and number of what it stands under."""
        kind, _colon, number = self.talk.rpartition(":")
        return kind, int(number)

    @property
    def target(self) -> Target | None:
        return find(*self.place)

    def get_absolute_url(self, anchor_pattern: str = "#comment-{}") -> str:
        """On the page it stands under, opened where it is read; the site's start when that page is gone."""
        target = self.target
        return self.address_under(target, anchor_pattern) if target else "/"

    def address_under(self, target: Target, anchor_pattern: str = "#comment-{}") -> str:
        """The same for who has its target in hand: it stays right however long the talk grows."""
        return f"{target.url}?comments=at-{self.pk}{anchor_pattern.format(self.pk)}"

    def stands_under(self, target: Target) -> bool:
        return self.talk == target.key and self.is_public and not self.is_removed

    def take_place(self, *, root: int | None) -> None:
        """Save a new comment, as a root or as the last reply of one; in a transaction.

        Instead of the library's `save`, which writes each row twice. The root is locked while a reply is inserted:
        two at once would otherwise get the same place.
        """
        if root is None:
            self.root = 0
            super(XtdComment, self).save()
            self.root = self.thread_id = self.parent_id = self.pk
            XtdComment.norel_objects.filter(pk=self.pk).update(thread_id=self.pk, parent_id=self.pk)
            Comment.objects.filter(pk=self.pk).update(root=self.pk)
            return
        rows = XtdComment.norel_objects
        replies = rows.select_for_update(of=("self",)).values_list("nested_count", flat=True).get(pk=root)
        self.root = self.thread_id = self.parent_id = root
        self.level, self.order = 1, replies + 2
        super(XtdComment, self).save()
        rows.filter(pk=root).update(nested_count=models.F("nested_count") + 1)

    def written_by(self, user: Any, email: str = "") -> bool:
        """By this login; without one, in a browser that has confirmed the address `email` it was written from."""
        if user.is_authenticated:
            return bool(self.user_id == user.pk)
        return bool(email) and self.user_id is None and self.user_email == email.lower()

    def editable_by(self, user: Any, email: str = "") -> bool:
        fresh = self.submit_date > timezone.now() - EDITABLE_FOR
        return self.deletable_by(user, email) and fresh

    def deletable_by(self, user: Any, email: str = "") -> bool:
        return self.written_by(user, email) and not self.is_removed


class EarlierWords(models.Model):
    """What a comment said before it was edited, for those who moderate; it goes with the words of its writer's hand."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="earlier_words")
    text = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:50]


class PendingCommentQuerySet(models.QuerySet["PendingComment"]):
    def outdated(self) -> "PendingCommentQuerySet":
        return self.filter(created_at__lt=timezone.now() - WAITS_FOR)


class PendingComment(models.Model):
    """What a reader without a login wrote; it stands once its address is confirmed. Then only `comment` is kept."""

    press = models.CharField(max_length=64, unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_pk = models.BigIntegerField()
    reply_to = models.ForeignKey(Comment, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=50)
    email = models.EmailField()
    text = models.TextField()
    followup = models.BooleanField(default=False)
    in_digest = models.BooleanField(default=False)
    comment = models.OneToOneField(Comment, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PendingCommentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"comment {self.pk}, waiting"

    @property
    def target(self) -> Target | None:
        return find(".".join(self.content_type.natural_key()), self.object_pk)
