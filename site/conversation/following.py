"""Who hears of a reply, and how they stop hearing."""

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conversation import mails
from conversation.models import Comment, CommentQuerySet
from postbox.models import How
from postbox.services import preference_of


def followers(reply: Comment) -> list[Comment]:
    """One comment for each person of the thread who asked to be told, without the reply's own writer."""
    others = _following(reply).exclude(pk=reply.pk).exclude(_same_writer(reply))
    asked = others.filter(Q(user__is_active=True) | Q(user=None)).select_related("user").order_by("-id")
    people = {(comment.user.email if comment.user else comment.user_email).casefold(): comment for comment in asked}
    return [comment for email, comment in people.items() if email]


def tell(reply: Comment) -> None:
    """A mail to each follower who may see the page: once per reply, whatever is called twice."""
    target = reply.target
    if target is None or not reply.is_public or reply.is_removed or reply.parent_id == reply.pk:
        return
    for follower in followers(reply):
        if _at_once(follower) and target.visible_to(follower.user or AnonymousUser()):
            mails.tell_of_reply(reply=reply, follower=follower, target=target)


class Extent(models.TextChoices):
    """How far a silence goes."""

    THREAD = "thread", _("this thread")
    PAGE = "page", _("everything under this page")
    ALL = "all", _("every comment I have written")


def _at_once(follower: Comment) -> bool:
    """Not by the weekly letter, nor never (see digest.py)."""
    if follower.user:
        return preference_of(follower.user, mails.REPLY) == How.NOW
    return not follower.in_digest


@transaction.atomic
def mute(comment: Comment, extent: Extent = Extent.THREAD) -> None:
    """This comment's writer hears no more of its thread, its page, or anything. May be called again; ticking the box
    beside a later comment is a new wish.
    """
    _heard(comment, extent).update(followup=False)


def still_heard(comment: Comment) -> list[Extent]:
    """The silences that would still end something for this comment's writer."""
    return [extent for extent in Extent if _heard(comment, extent).exists()]


def _heard(comment: Comment, extent: Extent) -> CommentQuerySet:
    own = Comment.objects.filter(_same_writer(comment), followup=True)
    if extent == Extent.THREAD:
        return own.filter(thread_id=comment.thread_id)
    return own.filter(talk=comment.talk) if extent == Extent.PAGE else own


def still_wanted(user: User | None, event: str) -> bool:
    """Asked right before the mail goes: the reply still stands, on a page that this person may still see, and they
    have not muted the thread since. `event` is what `mails.event_of` made.
    """
    numbers = [int(part) for part in event.split(":")[1:] if part.isdecimal()]
    if len(numbers) != 2:
        return False
    reply, follower = (Comment.objects.numbered(number).first() for number in numbers)
    if reply is None or follower is None or not reply.is_public or reply.is_removed or is_muted(follower):
        return False
    target = reply.target
    return target is not None and target.visible_to(user or AnonymousUser())


def still_stands(user: User | None, event: str) -> bool:
    """Asked right before the mail goes that tells its writer so."""
    number = event.partition(":")[2]
    return number.isdecimal() and Comment.objects.standing().numbered(int(number)).exists()


def _following(comment: Comment) -> CommentQuerySet:
    return Comment.objects.filter(thread_id=comment.thread_id, followup=True)


def _same_writer(comment: Comment) -> Q:
    """The comments of whoever wrote this one."""
    if comment.user:
        return Q(user=comment.user) | Q(user=None, user_email__iexact=comment.user.email)
    return Q(user=None, user_email__iexact=comment.user_email) | Q(user__email__iexact=comment.user_email)


def is_muted(comment: Comment) -> bool:
    return not _heard(comment, Extent.THREAD).exists()
