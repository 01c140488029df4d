"""Comments: django-comments-xtd's model and threading, with what this site has to know besides."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_comments_xtd.models import XtdComment

from conversation.hosts import Target, find

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


class CommentQuerySet(models.QuerySet["Comment"]):
    def under(self, target: Target) -> "CommentQuerySet":
        return self.filter(content_type=target.content_type, object_pk=str(target.thing.pk))

    def standing(self) -> "CommentQuerySet":
        """What can be read: neither held nor removed."""
        return self.filter(is_public=True, is_removed=False)

    def shown(self) -> "CommentQuerySet":
        """What has a place in the thread: standing ones, and those whose place has to stay."""
        gone = models.Q(removed_by=RemovedBy.WRITER, nested_count=0)
        return self.filter(is_public=True).exclude(gone)

    def oldest_first(self) -> "CommentQuerySet":
        return self.order_by("thread_id", "order")

    def after(self, comment: "Comment") -> "CommentQuerySet":
        """What follows this comment, in the thread's order."""
        later = models.Q(thread_id__gt=comment.thread_id)
        return self.filter(later | models.Q(thread_id=comment.thread_id, order__gt=comment.order))

    def before(self, comment: "Comment") -> "CommentQuerySet":
        earlier = models.Q(thread_id__lt=comment.thread_id)
        return self.filter(earlier | models.Q(thread_id=comment.thread_id, order__lt=comment.order))

    def numbered(self, number: int) -> "CommentQuerySet":
        return self.filter(pk=number) if 0 < number <= LARGEST_COMMENT_ID else self.none()

    def by(self, user: Any) -> "CommentQuerySet":
        """What this person wrote, signed in or by confirming their address."""
        return self.filter(models.Q(user=user) | models.Q(user_email__iexact=user.email))


class Comment(XtdComment):
    """`press` is one press of the form's button, so that pressing twice posts once.

    Threads are two levels deep: `parent_id` (the library's) is the root, `reply_to` the comment that was answered.
    """

    library_row = models.OneToOneField(
        XtdComment, parent_link=True, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    press = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 (null is "none": unique)
    reply_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    removed_by = models.CharField(max_length=10, choices=RemovedBy, default=RemovedBy.NOBODY, blank=True)
    removed_why = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # who moderates is a question of roles, see permissions.py

    def __str__(self) -> str:
        return f"{self.shown_name}: {self.comment[:50]}"

    @property
    def shown_name(self) -> str:
        """The name the writer chose; nothing is ever taken from an address."""
        return self.user_name or _("Former member")

    @property
    def place(self) -> tuple[str, int]:
        """The kind and number of what it stands under."""
        return ".".join(self.content_type.natural_key()), int(self.object_pk)

    @property
    def target(self) -> Target | None:
        return find(*self.place)

    def get_absolute_url(self, anchor_pattern: str = "#comment-{}") -> str:
        """On the page it stands under, opened where it is read; the site's start when that page is gone."""
        target = self.target
        return target.url + self._opened_at(target) + anchor_pattern.format(self.pk) if target else "/"

    def _opened_at(self, target: Target) -> str:
        """The query that opens the right page of a long talk; nothing for the first."""
        earlier = Comment.objects.under(target).shown().before(self).oldest_first()
        first_here = earlier.count() // PAGE * PAGE
        return f"?comments=after-{earlier[first_here - 1].pk}" if first_here else ""

    def editable_by(self, user: Any) -> bool:
        fresh = self.submit_date > timezone.now() - EDITABLE_FOR
        return self.deletable_by(user) and fresh

    def deletable_by(self, user: Any) -> bool:
        return user.is_authenticated and self.user_id == user.pk and not self.is_removed


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
    comment = models.OneToOneField(Comment, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PendingCommentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"comment {self.pk}, waiting"

    @property
    def target(self) -> Target | None:
        return find(".".join(self.content_type.natural_key()), self.object_pk)
