from datetime import timedelta

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from accounts import tokens


def test_a_token_gives_back_what_it_was_made_for():
    subject = {"id": 5, "what": "article", "ü": [1, None]}
    assert tokens.read("confirm", tokens.make("confirm", subject)) == subject


def test_a_token_of_one_purpose_is_worth_nothing_for_another():
    with pytest.raises(tokens.BadToken) as refusal:
        tokens.read("delete", tokens.make("confirm", 5))
    assert refusal.value.reason == "wrong"


def test_an_old_token_is_called_expired():
    token = tokens.make("confirm", 5)
    with pytest.raises(tokens.BadToken) as refusal:
        tokens.read("confirm", token, max_age=timedelta(seconds=-1))
    assert refusal.value.reason == "expired"


def test_a_changed_token_is_wrong():
    token = tokens.make("confirm", {"id": 5})
    changed = ("a" if token[0] != "a" else "b") + token[1:]
    with pytest.raises(tokens.BadToken):
        tokens.read("confirm", changed)


def test_a_pickle_is_never_opened():
    pickled = signing.TimestampSigner(salt="groundswell.confirm").sign("gASVBAAAAAAAAACMAW6ULg")
    with pytest.raises(tokens.BadToken):
        tokens.read("confirm", pickled)


@pytest.mark.parametrize("odd", ["", "\x00", "a:b:c", ":::", ".eJw:1:x", "é" * 50, "9" * 5_000, "x" * 5_000_000])
def test_odd_tokens_are_wrong(odd: str):
    with pytest.raises(tokens.BadToken) as refusal:
        tokens.read("confirm", odd, max_age=timedelta(days=1))
    assert refusal.value.reason == "wrong"


@given(st.text())
def test_no_text_is_ever_more_than_a_bad_token(text: str):
    with pytest.raises(tokens.BadToken):
        tokens.read("confirm", text, max_age=timedelta(days=1))
