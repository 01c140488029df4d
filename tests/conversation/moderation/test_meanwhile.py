"""Whoever decides has a comment in hand from a moment ago; what happened to it since is not undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conversation import changing, judging, reacting
from conversation.errors import TooLate
from conversation.models import Comment, Decision, RemovedBy
from conversation.reactions import Kind
from tests.conversation.conftest import mails, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(target) -> Comment:
    return say(target, "It was me.", email="hester@example.org", followup=True)


def again(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


@pytest.mark.parametrize("decide", [judging.approve, judging.take_down])
def test_what_its_writer_deletes_meanwhile_stays_deleted_and_nothing_is_decided(comment, editor, decide):
    stale = again(comment)
    changing.remove(comment=comment, by=RemovedBy.WRITER)
    decide(comments=[stale], editor=editor)
    now = again(comment)
    assert (now.comment, now.is_removed, now.removed_by, now.followup) == ("", True, RemovedBy.WRITER, False)
    assert (Decision.objects.count(), mails("comment-removed")) == (0, [])


def test_what_its_writer_deletes_meanwhile_cannot_be_changed(comment):
    stale = again(comment)
    changing.remove(comment=comment, by=RemovedBy.WRITER)
    with pytest.raises(TooLate):
        changing.edit(comment=stale, text="It was me after all.")
    assert again(comment).comment == ""


def test_the_words_that_are_kept_are_those_of_the_change_before(comment):
    stale = again(comment)
    changing.edit(comment=comment, text="It was us.")
    changing.edit(comment=stale, text="It was all of us.")
    assert {earlier.text for earlier in comment.earlier_words.all()} == {"It was me.", "It was us."}


@pytest.mark.parametrize("decide", [judging.approve, judging.take_down, judging.block])
def test_deciding_undoes_nothing_else(target, comment, person, editor, decide):
    stale = again(comment)
    say(target, "An answer.", parent=comment)
    reacting.react(comment=comment, user=person, kind=Kind.HELPFUL, wanted=True)
    Comment.objects.filter(pk=comment.pk).update(
        followup=False, submit_date=timezone.now() - timedelta(days=1), comment="It was us.", tried=3
    )
    decide(comments=[stale], editor=editor)
    now = again(comment)
    assert (now.nested_count, now.helpful, now.tried, now.followup, now.comment) == (1, 1, 3, False, "It was us.")
