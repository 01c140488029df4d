"""Who hears of a reply, by real mail rows, and how they stop."""

import pytest
from django.test import Client

from conversation import following, services, tasks
from conversation.mails import event_of
from conversation.models import Comment, RemovedBy
from tests import cast
from tests.conversation.conftest import link_in, mails, say

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return sorted(mail.to[0] for mail in mails("comment-reply"))


def test_those_who_asked_hear_of_a_reply_and_nobody_hears_of_their_own(target, person):
    root = say(target, email="hester@example.org", followup=True)
    say(target, parent=root, user=person, followup=True)
    assert told() == ["hester@example.org"]
    say(target, parent=root, email="hester@example.org", followup=True)
    assert told() == ["ada@larkfield.example", "hester@example.org"]


def test_nobody_who_did_not_ask_is_told(target):
    root = say(target, email="hester@example.org")
    say(target, parent=root, email="barnaby@example.org")
    assert told() == []


def test_one_person_with_two_comments_gets_one_mail(target):
    root = say(target, email="hester@example.org", followup=True)
    say(target, parent=root, email="HESTER@example.org", followup=True)
    say(target, parent=root, email="barnaby@example.org")
    assert len(told()) == 1


def test_nobody_hears_of_what_they_cannot_see(target, house):
    root = say(target, email="hester@example.org", followup=True)
    house.visible = False
    say(target, parent=root)
    assert told() == []


def test_whether_it_still_stands_is_asked_again_before_sending(target, house):
    root = say(target, email="hester@example.org", followup=True)
    reply = say(target, parent=root)
    event = event_of(reply, root)
    wanted = [following.still_wanted(None, event)]
    house.visible = False
    wanted.append(following.still_wanted(None, event))
    house.visible = True
    services.remove(comment=reply, by=RemovedBy.EDITOR)
    wanted += [following.still_wanted(None, event), following.still_wanted(None, "comment:x")]
    assert wanted == [True, False, False, False]


def test_who_muted_since_the_mail_was_written_gets_none(target):
    root = say(target, email="hester@example.org", followup=True)
    other = say(target, parent=root, email="barnaby@example.org", followup=True)
    reply = say(target, parent=root)
    following.mute(root)
    wanted = [following.still_wanted(None, event_of(reply, follower)) for follower in (root, other)]
    assert wanted == [False, True]


def test_the_telling_is_left_to_the_worker_and_bears_being_run_twice(target, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    root = say(target, email="hester@example.org", followup=True)
    reply = say(target, parent=root)
    assert told() == []
    for _time in range(2):
        tasks.tell_followers.call(reply.pk)
    assert told() == ["hester@example.org"]


def test_a_reply_that_is_approved_later_is_told_then(target):
    root = say(target, email="hester@example.org", followup=True)
    held = say(target, parent=None, email="barnaby@example.org")
    Comment.objects.filter(pk=held.pk).update(is_public=False, parent_id=root.pk, thread_id=root.pk, level=1)
    held.refresh_from_db()
    assert told() == []
    services.approve(comment=held)
    assert told() == ["hester@example.org"]


def test_the_mail_shows_a_page_whose_button_ends_the_thread_only(target):
    root = say(target, email="hester@example.org", followup=True)
    other = say(target, email="hester@example.org", followup=True)
    say(target, parent=root)
    [mail] = mails("comment-reply")
    link = link_in(mail, "mute")
    assert mail.headers["List-Unsubscribe"] == f"<http://groundswell.example{link}>"
    for _time in range(3):
        assert Client().get(link).status_code == 200
    assert following.is_muted(root) is False
    done = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert (done.status_code, following.is_muted(root), following.is_muted(other)) == (200, True, False)
    say(target, parent=root)
    assert len(mails("comment-reply")) == 1


def test_muting_reaches_the_same_person_signed_in_or_not(target, person):
    root = say(target, email=person.email, followup=True)
    say(target, parent=root, user=person, followup=True)
    following.mute(root)
    say(target, parent=root, user=cast.person("basil@larkfield.example"))
    assert told() == []
