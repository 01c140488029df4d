"""Replies in the weekly letter, for those who would rather not hear at once.

Somebody signed in chooses it among their notifications, a reader without a login beside the comment. As in the mail
that goes at once, nothing that a stranger typed stands in it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from conversation import hosts
from conversation.hosts import Target
from conversation.mails import REPLY
from conversation.models import Comment, CommentQuerySet
from postbox.digests import services
from postbox.digests.models import Rhythm
from postbox.digests.sections import Due, Item, Section
from postbox.models import How, Preference
from postbox.pauses.models import Pause
from postbox.pauses.services import windows
from postbox.services import prefer

NAME = "replies"
Follows = Mapping[int, Mapping[int, Due]]


def join(comment: Comment) -> None:
    """The address of a reader without a login hears of this thread weekly."""
    services.join(email=comment.user_email, section=NAME, rhythm=Rhythm.WEEKLY)


def gather(dues: Sequence[Due]) -> Mapping[int, Sequence[Item]]:
    """One line for each thread with new answers by others, where its reader may see it now."""
    if not dues:
        return {}
    follows = _threads(dues)
    replies = list(_replies(dues, follows))
    targets = hosts.find_all({reply.place for reply in replies})
    heard: dict[int, dict[int, list[Comment]]] = defaultdict(lambda: defaultdict(list))
    for reply in replies:
        target = targets.get(reply.place)
        for due in follows[reply.root].values():
            if target and _is_news(reply, due) and target.visible_to(due.user or AnonymousUser()):
                heard[due.number][reply.root].append(reply)
    return {
        number: [_line(answers, targets[answers[0].place]) for answers in threads.values()]
        for number, threads in heard.items()
    }


def stop(email: str, user: User | None) -> None:
    """They follow no more by the letter; what they hear of at once they still hear of."""
    Comment.objects.filter(user=None, user_email__iexact=email, in_digest=True).update(followup=False)
    if user is not None and Preference.objects.filter(user=user, kind=REPLY, how=How.DIGEST).exists():
        prefer(user=user, choices={REPLY: How.NEVER})


def _threads(dues: Sequence[Due]) -> Follows:
    """The roots of the threads that these follow by the letter, with who does: three queries."""
    users = {due.user.pk: due for due in dues if due.user is not None}
    readers, pauses = {due.email.lower(): due for due in dues}, windows(users)
    chosen = dict(Preference.objects.filter(user__in=users, kind=REPLY).values_list("user", "how"))
    users = {number: due for number, one in users.items() if (due := _heard_by_letter(one, chosen, pauses))}
    theirs = Q(user__in=list(users)) | Q(user=None, in_digest=True, user_email__in=readers)
    follows: dict[int, dict[int, Due]] = defaultdict(dict)
    for root, user, email in Comment.objects.filter(theirs, followup=True).values_list("root", "user_id", "user_email"):
        due = users[user] if user else readers[email]
        follows[root][due.number] = due
    return follows


def _heard_by_letter(due: Due, chosen: Mapping[int, str], pauses: Mapping[int, Pause]) -> Due | None:
    """What of that time the letter tells them: all of it, or what came while they wanted no mail at once."""
    assert due.user is not None
    how, pause = chosen.get(due.user.pk, How.NOW), pauses.get(due.user.pk)
    if how == How.NOW and pause:
        return replace(due, since=max(due.since, pause.since), until=min(due.until, pause.ends_at))
    return due if how == How.DIGEST else None


def _replies(dues: Sequence[Due], follows: Follows) -> CommentQuerySet:
    since, until = min(due.since for due in dues), max(due.until for due in dues)
    answers = Comment.objects.standing().filter(root__in=list(follows)).exclude(library_row=F("root"))
    return answers.filter(stood_at__gt=since, stood_at__lte=until).select_related("user").order_by("pk")


def _is_news(reply: Comment, due: Due) -> bool:
    own = reply.writers_address.casefold() == due.email.casefold()
    return not own and due.since < reply.stood_at <= due.until


def _line(answers: list[Comment], target: Target) -> Item:
    first, number = answers[0], len(answers)
    said = ngettext("%(n)s answer in a thread of yours", "%(n)s answers in a thread of yours", number) % {"n": number}
    key = f"thread:{first.root}:{answers[-1].pk}"
    return Item(key=key, title=target.title, url=first.address_under(target), text=said)


SECTION = Section(name=NAME, position=40, heading=_("Answers to your comments"), gather=gather, stop=stop)
