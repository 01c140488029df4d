"""Who hears of a reply, by real mail rows, and how they stop."""

import pytest
from django.test import Client

from conversation import changing, following, tasks
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
    changing.remove(comment=reply, by=RemovedBy.EDITOR)
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
    changing.approve(comment=held)
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


@pytest.mark.parametrize(
    ("what", "heard"),
    [
        ({"List-Unsubscribe": "One-Click"}, [False, True, True, True]),
        ({"what": "thread"}, [False, True, True, True]),
        ({"what": "page"}, [False, False, True, True]),
        ({"what": "all"}, [False, False, False, True]),
        ({"what": "made up"}, [False, True, True, True]),
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_button_ends_the_thread_the_page_or_everything(target, other_target, person, what, heard, signed_in):
    by = {"user": person} if signed_in else {"email": "ada@larkfield.example"}
    mine = [say(place, followup=True, **by) for place in (target, target, other_target)]
    another = say(target, followup=True, email="hester@example.org")
    say(target, parent=mine[0])
    link = link_in(mails("comment-reply")[0], "mute")
    page = Client().get(link).text
    assert [button in page for button in ('value="thread"', 'value="page"', 'value="all"')] == [True] * 3
    Client(enforce_csrf_checks=True).post(link, what)
    assert [Comment.objects.get(pk=one.pk).followup for one in [*mine, another]] == heard


def test_looking_at_the_page_of_muting_three_times_changes_nothing(target):
    mine = say(target, followup=True, email="ada@larkfield.example")
    say(target, parent=mine)
    link = link_in(mails("comment-reply")[0], "mute")
    for _look in range(3):
        assert "Nothing has changed yet" in Client().get(link).text
    assert Comment.objects.get(pk=mine.pk).followup is True


def test_the_page_of_muting_names_nothing_that_its_holder_may_not_see(target, house):
    mine = say(target, followup=True, email="ada@larkfield.example")
    say(target, parent=mine)
    link = link_in(mails("comment-reply")[0], "mute")
    assert target.title in Client().get(link).text
    house.visible = False
    for page in (Client().get(link).text, Client().post(link).text):
        assert (target.title in page, target.url in page) == (False, False)
    assert following.is_muted(mine) is True


def test_who_has_muted_everything_is_offered_nothing_more(target):
    mine = say(target, followup=True, email="ada@larkfield.example")
    say(target, parent=mine)
    answer = Client().post(link_in(mails("comment-reply")[0], "mute"), {"what": "all"}).text
    assert "here or anywhere" in answer
    assert 'name="what"' not in answer
