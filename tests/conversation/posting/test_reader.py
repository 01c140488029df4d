"""A reader without a login: writes, confirms by mail, stands on the page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from conversation import services
from conversation.models import Comment, PendingComment
from tests.conversation.conftest import filled, link_in, mails, rendered, say, send

pytestmark = pytest.mark.django_db


def standing() -> list[tuple[str, str]]:
    return [(comment.user_name, comment.comment) for comment in Comment.objects.standing().oldest_first()]


def test_a_reader_writes_confirms_and_stands_under_the_page(target, house, django_capture_on_commit_callbacks):
    reader = Client()
    sent = send(target, reader)
    assert (sent.status_code, sent["Location"].startswith("/comments/waiting/")) == (303, True)
    waiting = reader.get(sent["Location"]).content.decode()
    assert "Our reports have the same disease." in waiting
    assert "b•••@example.org" in waiting
    assert (standing(), house.changed) == ([], [])

    [mail] = mails("comment-confirm")
    assert mail.to == ["barnaby@example.org"]
    page = Client().get(link_in(mail, "confirm"))
    assert (page.status_code, standing()) == (200, [])

    with django_capture_on_commit_callbacks(execute=True):
        done = Client().post(link_in(mail, "confirm"))
    comment = Comment.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/invoice/?comments=at-{comment.pk}#comment-{comment.pk}")
    assert standing() == [("Barnaby Quill", "Our reports have the same disease.")]
    assert house.changed == [target.thing.pk]
    assert f'id="comment-{comment.pk}"' in rendered(target, AnonymousUser())


def test_the_confirming_mail_carries_nothing_that_the_stranger_typed(target):
    send(target, text="Buy at evil.example", name="Win a prize today")
    [mail] = mails()
    everything = f"{mail.subject} {mail.message} {mail.html_message} {mail.headers}"
    assert ("evil.example" in everything, "prize" in everything) == (False, False)


def test_confirming_a_second_time_says_that_it_is_there_already(target):
    send(target)
    link = link_in(mails()[0], "confirm")
    Client().post(link)
    for response in (Client().post(link), Client().get(link)):
        assert response.status_code == 200
        assert "Your comment is already there" in response.content.decode()
        assert f"/invoice/?comments=at-{Comment.objects.get().pk}#comment-" in response.content.decode()
    assert len(standing()) == 1


def test_a_lost_mail_is_sent_again_but_not_without_end(target, monkeypatch):
    waiting = send(target)["Location"]
    reader = Client()
    assert "Send it again" in reader.get(waiting).content.decode()
    assert "on its way once more" in reader.post(waiting).content.decode()
    assert [mail.to for mail in mails("comment-confirm")] == [["barnaby@example.org"]] * 2
    monkeypatch.setattr(services, "PER_WRITER", 2)
    assert "several times within the hour" in reader.post(waiting).content.decode()
    Client().post(link_in(mails()[1], "confirm"))
    assert reader.post(waiting)["Location"].startswith("/invoice/?comments=at-")
    assert (len(mails()), len(standing())) == (2, 1)


def test_looking_at_the_link_changes_nothing_however_often(target):
    send(target)
    link = link_in(mails()[0], "confirm")
    for _time in range(3):
        assert (Client().get(link).status_code, Client().head(link).status_code) == (200, 200)
    assert (standing(), PendingComment.objects.get().comment) == ([], None)


def test_pressing_twice_posts_once_and_writes_one_mail(target):
    form = filled(target)
    first, second = (Client().post("/comments/post/", form) for _time in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert (PendingComment.objects.count(), len(mails())) == (1, 1)


def test_once_confirmed_nothing_of_the_stranger_is_kept_twice(target):
    send(target)
    Client().post(link_in(mails()[0], "confirm"))
    kept = PendingComment.objects.get()
    assert (kept.text, kept.name, kept.email) == ("", "", "")


def test_a_page_taken_down_meanwhile_is_said_plainly(target, house):
    send(target)
    house.visible = False
    response = Client().post(link_in(mails()[0], "confirm"))
    assert (response.status_code, standing()) == (200, [])
    assert "has been taken down" in response.content.decode()


def test_a_reply_whose_comment_was_deleted_stands_in_the_same_thread(target):
    root = say(target, "The first word.")
    send(target, reply_to=root.pk)
    root.is_removed = True
    root.save()
    Client().post(link_in(mails()[0], "confirm"))
    reply = Comment.objects.exclude(pk=root.pk).get()
    assert (reply.thread_id, reply.level, reply.reply_to_id) == (root.pk, 1, root.pk)


def test_a_slip_in_the_address_is_mended_by_pressing_once_more(target):
    form, reader = filled(target, email="barnaby@exmaple.org"), Client()
    reader.post("/comments/post/", form)
    reader.post("/comments/post/", form | {"email": "barnaby@example.org", "name": "Barnaby Quill Jr"})
    reader.post("/comments/post/", form | {"email": "barnaby@example.org", "name": "Barnaby Quill"})
    assert [mail.to for mail in mails()] == [["barnaby@exmaple.org"], ["barnaby@example.org"]]
    Client().post(link_in(mails()[1], "confirm"))
    assert standing() == [("Barnaby Quill", "Our reports have the same disease.")]
