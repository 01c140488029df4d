"""What people type, and what others send: kept, with words on what to do; never half saved, never a 500."""

import html
import re
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils.http import urlencode

from accounts.limits import TooMany
from conversation import changing, services, stamps
from conversation.models import Comment, PendingComment
from tests import cast
from tests.conversation.conftest import filled, mails, rendered, say, send

pytestmark = pytest.mark.django_db


def said(response) -> str:
    return html.unescape(response.content.decode())


def refused(response) -> bool:
    """The form again, with nothing kept in the database."""
    return response.status_code == 200 and "Not sent yet." in said(response) and not PendingComment.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "Eve\r\nBcc: all@larkfield.example",
        "Eve\nBcc: x",
        "Eve\u2028x",
        "\u200b\u200d",
        "\u202e",
        "",
        "eve@larkfield.example",
        "https://evil.example",
        "x" * 51,
    ],
)
def test_names_that_are_no_names_are_refused_and_the_text_is_kept(target, name):
    response = send(target, name=name)
    assert refused(response)
    assert "Our reports have the same disease." in said(response)
    assert mails() == []


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\u200c\u200d\ufeff", "\u202e\u2066"])
def test_a_text_without_ink_is_empty(target, text):
    assert refused(send(target, text=text))


def test_a_text_of_a_megabyte_comes_back_whole_with_a_reason(target):
    text = "abcdefgh" * 128 * 1024
    response = send(target, text=text)
    assert refused(response)
    assert text in said(response)


def test_four_thousand_letters_fit_however_the_lines_end(target):
    assert send(target, text=("a" * 9 + "\r\n") * 400).status_code == 303


@pytest.mark.parametrize(
    "text",
    ["👩🏽‍🚀 does it", "שלום, עולם", "مرحبا", "e\u0301 and \u200bzero", "<script>alert(1)</script>", "'\"; DROP"],
)
def test_every_script_of_the_world_is_welcome_and_stays_text(target, text, person):
    send(target, cast.client_of(person), text=text)
    page = rendered(target, AnonymousUser())
    assert (Comment.objects.count(), "<script>" in page) == (1, False)


@pytest.mark.parametrize(
    "email", ["", "barnaby", "barnaby@example", "a@b.c\nBcc: x@y.z", "a@b.example\r\nX: y", "x" * 300 + "@a.example"]
)
def test_what_is_no_address_is_refused(target, email):
    assert refused(send(target, email=email))


@pytest.mark.parametrize("field", ["text", "name", "email", "stamp", "reply_to", "website"])
def test_nul_bytes_are_refused_in_every_field(target, field):
    assert refused(send(target, **{field: "a\x00b"}))


@pytest.mark.parametrize(
    "where",
    [{"kind": "nothing.here"}, {"kind": "a\x00b"}, {"object_id": "0"}, {"object_id": "9" * 30}, {"object_id": "x"}],
)
def test_a_place_that_does_not_exist_is_a_404(target, where):
    assert send(target, **where).status_code == 404


@pytest.mark.parametrize(
    "query", ["reply_to=" + "9" * 40, "reply_to=x", "reply_to=-1", "reply_to=%C2%B2", "reply_to=3000000000"]
)
def test_absurd_numbers_in_the_address_open_the_plain_form(target, query):
    assert Client().get(f"/comments/new/{target.kind}/{target.thing.pk}/?{query}").status_code == 200
    after = query.replace("reply_to", "after")
    assert Client().get(f"/comments/more/{target.kind}/{target.thing.pk}/?{after}").status_code == 200
    rendered(target, AnonymousUser(), "?" + urlencode({"comments": "after-" + query[9:]}))


def test_a_filled_trap_posts_nothing_but_a_person_may_press_again(target):
    response = send(target, website="https://evil.example")
    assert refused(response)
    assert "evil.example" not in said(response)


@pytest.mark.parametrize(("hours", "status"), [(0, 200), (1, 303), (11, 303), (13, 200)])
def test_a_form_opened_just_now_or_half_a_day_ago_asks_to_press_again(target, hours, status):
    stamp = stamps.make(target, opened=time.time() - hours * 3600)
    response = send(target, stamp=stamp)
    assert response.status_code == status
    if status == 200:
        assert refused(response)
        assert "press the button once more" in said(response)


def test_pressing_again_on_a_form_that_was_too_old_is_enough(target):
    again = send(target, stamp=stamps.make(target, opened=time.time() - 13 * 3600))
    fresh = re.findall(r'name="stamp" value="([^"]+)"', said(again))[0]
    assert stamps.read(fresh, target).age.total_seconds() < 60


def test_a_stamp_of_another_page_does_not_fit(target, other_target):
    assert refused(send(target, stamp=stamps.make(other_target, opened=time.time() - 60)))
    assert refused(send(target, stamp="made up"))


def test_a_closed_page_says_so_and_keeps_the_text(target, house):
    house.open = False
    response = send(target)
    assert refused(response)
    assert "Our reports have the same disease." in said(response)
    assert "No new comments can be added here." in said(response)


def test_a_page_that_cannot_be_seen_is_missing(target, house):
    house.visible = False
    assert send(target).status_code == 404
    assert Client().get(f"/comments/new/{target.kind}/{target.thing.pk}/").status_code == 404
    assert Client().get(f"/comments/more/{target.kind}/{target.thing.pk}/").status_code == 404


def test_a_reply_belongs_to_its_page_and_to_a_comment_that_stands(target, other_target):
    elsewhere, gone = say(other_target), say(target)
    changing.remove(comment=gone, by="editor")
    for number in (elsewhere.pk, gone.pk, 999_999, "9" * 9):
        response = send(target, reply_to=number)
        assert refused(response), number
        assert "is not on this page any more" in said(response)


def test_an_address_is_not_written_to_without_end(target):
    answers = [send(target, text=f"Word {number}") for number in range(services.PER_WRITER + 1)]
    assert [answer.status_code for answer in answers] == [303] * services.PER_WRITER + [200]
    assert len(mails()) == services.PER_WRITER
    assert "Try again in" in said(answers[-1])
    assert f"Word {services.PER_WRITER}" in said(answers[-1])


def test_a_network_is_not_written_from_without_end(target, monkeypatch):
    monkeypatch.setattr(services, "PER_NETWORK", 2)
    answers = [send(target, email=f"reader{number}@example.org").status_code for number in range(3)]
    assert answers == [303, 303, 200]


def test_an_office_of_allies_behind_one_address_is_not_held_up(target, person, monkeypatch):
    monkeypatch.setattr(services, "PER_NETWORK", 0)
    assert send(target, cast.client_of(person)).status_code == 303


def test_too_many_leaves_nothing_half_saved(target, monkeypatch):
    monkeypatch.setattr(services, "PER_PAGE", 0)
    with pytest.raises(TooMany):
        services.ask(
            target=target,
            email="a@example.org",
            words=services.Words(name="A", text="b", press="c"),
            network="10.0.0.0/24",
        )
    assert (PendingComment.objects.count(), mails()) == (0, [])


def test_posting_needs_the_token_of_the_form(target):
    assert Client(enforce_csrf_checks=True).post("/comments/post/", filled(target)).status_code == 403
