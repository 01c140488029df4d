"""Every token at every address: wrong, altered, old, of another purpose. A clear page, and nothing changed."""

import time

import pytest
from django.core import signing
from django.test import Client
from django.utils.crypto import get_random_string

from accounts import tokens
from conversation.models import Comment, PendingComment
from tests.conversation.conftest import link_in, mails, say, send

pytestmark = pytest.mark.django_db
ADDRESSES = ["/comments/confirm/{}/", "/comments/mute/{}/", "/comments/waiting/{}/"]
PURPOSES = {"confirm": "comment-confirm", "mute": "comment-mute", "waiting": "comment-waiting"}


def state() -> list:
    return [
        list(Comment.objects.order_by("pk").values_list("pk", "followup", "comment")),
        list(PendingComment.objects.order_by("pk").values_list("pk", "comment", "text")),
        len(mails()),
    ]


@pytest.fixture
def something(target) -> None:
    say(target, email="hester@example.org", followup=True)
    send(target)


def odd_tokens() -> list[str]:
    good = tokens.make(purpose="comment-confirm", subject=PendingComment.objects.get().pk)
    others = [
        tokens.make(purpose=purpose, subject=1) for purpose in ("unsubscribe", "comment-form", "subscription-confirm")
    ]
    shapes = [
        tokens.make(purpose="comment-confirm", subject=odd) for odd in ("1", [1], {"a": 1}, None, 10**30, -1, 99999)
    ]
    return [*others, *shapes, good[:-1], good[1:], good + "x", good.upper(), "x", ":::", "ä☃", get_random_string(1900)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_odd_tokens_get_a_clear_page_and_change_nothing(something, address):
    before = state()
    for token in odd_tokens():
        for answer in (Client().get(address.format(token)), Client().post(address.format(token))):
            assert answer.status_code in (404, 405), token
    assert state() == before


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_token_opens_only_the_address_it_was_made_for(something, address):
    before = state()
    for name, purpose in PURPOSES.items():
        if name not in address:
            token = tokens.make(purpose=purpose, subject=Comment.objects.get().pk)
            assert Client().get(address.format(token)).status_code == 404
            assert Client().post(address.format(token)).status_code in (404, 405)
    assert state() == before


@pytest.mark.parametrize("days", [4, 400])
def test_an_old_confirmation_says_so_and_changes_nothing(something, monkeypatch, days):
    real = signing.TimestampSigner.timestamp
    monkeypatch.setattr(
        signing.TimestampSigner, "timestamp", lambda self: signing.b62_encode(int(time.time()) - days * 86400)
    )
    token = tokens.make(purpose="comment-confirm", subject=PendingComment.objects.get().pk)
    monkeypatch.setattr(signing.TimestampSigner, "timestamp", real)
    before = state()
    answer = Client().post(f"/comments/confirm/{token}/")
    assert (answer.status_code, state()) == (404, before)
    assert "Nothing has changed." in answer.content.decode()


def test_what_a_link_shows_is_not_kept_by_anybody(something):
    answer = Client().get(link_in(mails("comment-confirm")[0], "confirm"))
    assert {"private", "no-store"} <= {word.strip() for word in answer["Cache-Control"].split(",")}
