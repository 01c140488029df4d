"""Several at the same moment, on a real database with real threads."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from conversation import changing, judging, services
from conversation.models import Comment, PendingComment, RemovedBy
from conversation.services import Words
from movement.actions.services import log_tried
from tests import cast
from tests.conversation.conftest import mails, say

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Runs each act in a thread of its own, released together; returns what went wrong."""
    gate, wrong = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_replies_at_the_same_moment_get_places_of_their_own(target):
    root = say(target)
    acts = [lambda number=number: say(target, f"reply {number}", parent=root) for number in range(6)]
    assert all_at_once(*acts) == []
    places = Comment.objects.filter(thread_id=root.pk).order_by("order").values_list("order", flat=True)
    root.refresh_from_db()
    assert (list(places), root.nested_count) == ([1, 2, 3, 4, 5, 6, 7], 6)


def test_one_press_arriving_four_times_at_once_posts_once(target, person):
    words = Words(name="Ada Larkin", text="Once.", press="one press")
    act = lambda: services.post(target=target, user=person, words=words)  # noqa: E731
    assert all_at_once(act, act, act, act) == []
    assert Comment.objects.count() == 1


def test_one_press_of_a_reader_arriving_four_times_at_once_writes_one_mail(target):
    words = Words(name="Barnaby Quill", text="Once.", press="one press")
    act = lambda: services.ask(target=target, email="b@example.org", words=words, network="10.0.0.0/24")  # noqa: E731
    assert all_at_once(act, act, act, act) == []
    assert (PendingComment.objects.count(), len(mails())) == (1, 1)


def test_confirming_four_times_at_once_posts_once(target):
    words = Words(name="Barnaby Quill", text="Once.", press="one press")
    pending = services.ask(target=target, email="b@example.org", words=words, network="10.0.0.0/24")
    assert all_at_once(*[lambda: services.confirm(pending=pending)] * 4) == []
    assert Comment.objects.count() == 1


def test_allies_who_try_it_at_once_are_all_counted(target, organisation):
    comment, unit = say(target), organisation["finance"]
    allies = [cast.make_ally(f"Ally {number}", unit=unit) for number in range(6)]
    acts = [lambda ally=ally: log_tried(ally=ally, comment=comment, text="Tried it.") for ally in allies]
    assert all_at_once(*acts) == []
    assert Comment.objects.get().tried == 6


def test_deleting_while_an_editor_decides_brings_no_words_back(target, editor):
    for _time in range(5):
        mine = say(target, "It was me.")
        in_hand = Comment.objects.get(pk=mine.pk)
        acts = [
            lambda one=mine: changing.remove(comment=one, by=RemovedBy.WRITER),
            lambda one=in_hand: judging.approve(comments=[one], editor=editor),
        ]
        assert all_at_once(*acts) == []
        now = Comment.objects.get(pk=mine.pk)
        assert (now.comment, now.removed_by) == ("", RemovedBy.WRITER)
