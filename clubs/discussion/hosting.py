"""The talk about a question: its section's readers', looked after by the club's organisers.

A comment is signed as a note is: by the name that the club knows, which may be an alias of this club alone.
"""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from clubs.discussion.models import Question
from clubs.permissions import may_talk_in, name_in, why_silent_in
from conversation.hosts import Host, register


def is_seen_by(user: Any, question: Question) -> bool:
    return Question.objects.visible_to(user).filter(pk=question.pk).exists()


def looked_after_by(user: Any) -> set[int]:
    """The questions of the clubs that this person organises."""
    theirs = Question.objects.filter(
        section__reading__club__memberships__ally__user=user.pk,
        section__reading__club__memberships__is_organiser=True,
    )
    return set(theirs.values_list("pk", flat=True))


def closed_to(user: Any, numbers: Collection[int]) -> set[int]:
    """At sections that this person has not read: whoever looks after a talk may be behind it."""
    open_ones = Question.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True)
    return set(numbers) - set(open_ones)


def title(question: Question) -> str:
    """Without the question, which may give something away: this stands in mails and notifications."""
    words = {"book": question.section.reading.book.title, "n": question.section.position}
    return _("%(book)s, a question at section %(n)s") % words


def register_talk() -> None:
    register(
        Host(
            model=Question,
            visible_to=is_seen_by,
            may_write=lambda user, question: may_talk_in(question.section.reading.club, user),
            why_closed=lambda user, question: why_silent_in(question.section.reading.club, user),
            name_of=lambda user, question: name_in(question.section.reading.club, user),
            moderated_by=looked_after_by,
            closed_to=closed_to,
            is_private=True,
            title=title,
            things=lambda: Question.objects.select_related("section__reading__club", "section__reading__book"),
        )
    )
