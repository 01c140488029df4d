"""The links of the talk beyond what tests/permissions/test_links.py walks: about nothing, too old, used, another's."""

import time
from collections.abc import Callable

import pytest
from django.core import signing
from django.test import Client

from accounts import tokens
from conversation import judging, remembering
from conversation.models import Comment, Decision, PendingComment
from tests.conversation.conftest import link_in, mails, say, send

pytestmark = pytest.mark.django_db
YEARS = 400 * 86_400  # seconds
#: What each address takes: its purpose, and how long a link stays good (None: whoever wants out always gets out).
TAKES = {
    "confirm": ("comment-confirm", 3),
    "waiting": ("comment-waiting", 3),
    "answer": ("comment-answer", 30),
    "mute": ("comment-mute", None),
}


@pytest.fixture
def numbers(target, editor) -> dict[str, int]:
    """The subject of the one right token for each address."""
    followed = say(target, "Followed.", email="hester@example.org", followup=True)
    down = say(target, "Down.", email="dora@example.org")
    judging.take_down(comments=[down], editor=editor, why="Names a person")
    send(target)
    pending = PendingComment.objects.get().pk
    return {"confirm": pending, "waiting": pending, "answer": Decision.objects.get().pk, "mute": followed.pk}


def state() -> list:
    return [
        list(Comment.objects.order_by("pk").values_list("pk", "followup", "comment", "is_removed", "is_public")),
        list(PendingComment.objects.order_by("pk").values_list("pk", "comment", "text", "email")),
        list(Decision.objects.order_by("pk").values_list("pk", "what", "answer")),
        len(mails()),
    ]


def aged(make: Callable[[], str], monkeypatch, seconds: int) -> str:
    """A token as it was made so long ago."""
    real = signing.TimestampSigner.timestamp
    then = signing.b62_encode(int(time.time()) - seconds)
    monkeypatch.setattr(signing.TimestampSigner, "timestamp", lambda self: then)
    token = make()
    monkeypatch.setattr(signing.TimestampSigner, "timestamp", real)
    return token


def ask(place: str, token: str) -> list[int]:
    path, form = f"/comments/{place}/{token}/", {"text": "Let me in.", "what": "all"}
    return [Client().get(path).status_code, Client().post(path, form).status_code]


@pytest.mark.parametrize("place", [place for place, (_purpose, days) in TAKES.items() if days])
def test_a_token_of_400_days_ago_opens_nothing(numbers, place, monkeypatch):
    before = state()
    old = aged(lambda: tokens.make(purpose=TAKES[place][0], subject=numbers[place]), monkeypatch, YEARS)
    answer = Client().get(f"/comments/{place}/{old}/")
    assert "Nothing has changed." in answer.text
    assert ask(place, old) == [404, 404]
    assert state() == before


def test_muting_works_after_400_days_too(numbers, monkeypatch):
    old = aged(lambda: tokens.make(purpose="comment-mute", subject=numbers["mute"]), monkeypatch, YEARS)
    assert ask("mute", old) == [200, 200]
    assert Comment.objects.get(pk=numbers["mute"]).followup is False


def test_a_cookie_of_400_days_ago_is_nobodys(numbers, monkeypatch):
    client, comment = Client(), Comment.objects.get(pk=numbers["mute"])
    client.cookies["comment_address"] = aged(
        lambda: tokens.make(purpose=remembering.PURPOSE, subject=["hester@example.org", "Hester"]), monkeypatch, YEARS
    )
    assert client.post(f"/comments/{comment.pk}/delete/").status_code == 302
    assert Comment.objects.get(pk=comment.pk).is_removed is False


@pytest.mark.parametrize("place", TAKES)
@pytest.mark.parametrize("subject", [0, -1, 10**30, 99_999, "1", [1], {"id": 1}, None, True])
def test_a_token_of_ours_about_nothing_opens_nothing(numbers, place, subject):
    Comment.objects.filter(pk=1).delete()
    if subject is True:
        PendingComment.objects.filter(pk=1).delete()
        Decision.objects.filter(pk=1).delete()
    before = state()
    assert ask(place, tokens.make(purpose=TAKES[place][0], subject=subject)) == [404, 404]
    assert state() == before


def test_a_link_that_was_used_does_nothing_a_second_time(numbers):
    confirming = link_in(mails("comment-confirm")[0], "confirm")
    Client().post(confirming)
    answering = f"/comments/answer/{tokens.make(purpose='comment-answer', subject=numbers['answer'])}/"
    Client().post(answering, {"text": "It was a joke."})
    muting = f"/comments/mute/{tokens.make(purpose='comment-mute', subject=numbers['mute'])}/"
    Client().post(muting)
    before = state()
    for address in (confirming, answering, muting):
        assert Client().post(address, {"text": "Another answer."}).status_code == 200
    assert state() == before


def test_a_link_touches_only_what_its_owner_owns(numbers, target):
    theirs = say(target, "Of somebody else.", email="rosalind@example.org", followup=True, parent=None)
    Client().post(f"/comments/mute/{tokens.make(purpose='comment-mute', subject=numbers['mute'])}/", {"what": "all"})
    assert Comment.objects.get(pk=theirs.pk).followup is True


@pytest.mark.parametrize("number", ["0", "99999999", "4294967296", "9" * 30])
@pytest.mark.parametrize("act", ["", "edit/", "delete/", "flag/", "react/"])
def test_numbers_of_nothing_are_missing(person, number, act):
    client = Client()
    client.force_login(person)
    for ask_for in (client.get, client.post):
        assert ask_for(f"/comments/{number}/{act}").status_code in (404, 405)


def test_a_page_of_sixty_answers_to_answers_opens(target, client):
    parent = None
    for level in range(60):
        parent = say(target, f"Level {level}.", parent=parent)
    assert {one.level for one in Comment.objects.all()} == {0, 1}
    answer = client.get(f"/comments/more/{target.kind}/{target.thing.pk}/")
    assert answer.status_code == 200
    assert answer.text.count('<article class="comment"') == 50


def test_what_a_link_shows_is_not_kept_by_anybody(numbers):
    answer = Client().get(link_in(mails("comment-confirm")[0], "confirm"))
    assert {"private", "no-store"} <= {word.strip() for word in answer["Cache-Control"].split(",")}
