"""No page, no mail that the asker sees, and no time it takes tells whether an address is known here."""

import re
import time
from statistics import median
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client

from tests.cast import PASSWORD, person

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "wren@larkfield.example", "nora@larkfield.example"
#: Each way to name an address: where, and what is sent.
WAYS = {
    "sign up": ("/accounts/signup/", lambda email: {"email": email, "password1": "words that are long enough"}),
    "sign in": ("/accounts/login/", lambda email: {"login": email, "password": "not the right words"}),
    "a code": ("/accounts/login/code/", lambda email: {"email": email}),
    "a new password": ("/accounts/password/reset/", lambda email: {"email": email}),
    "another address": ("/accounts/email/", lambda email: {"action_add": "", "email": email}),
}


class Counting(hashers.PBKDF2PasswordHasher):
    """The real work, told: how often a password was hashed in full."""

    algorithm, iterations = "counting", 1_000
    hashed: list[str] = []

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        self.hashed.append(password)
        return super().encode(password, salt, iterations)


@pytest.fixture
def hashed(settings) -> list[str]:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    monkey = Counting.hashed
    monkey.clear()
    return monkey


def asker(way: str) -> Client:
    client = Client()
    if way == "another address":
        person("asker@larkfield.example")
        client.post("/accounts/login/", {"login": "asker@larkfield.example", "password": PASSWORD})
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def alike(text: str, email: str) -> str:
    """Without what differs at each visit: the address asked for, and tokens."""
    text = text.replace(email, "<address>")
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", text)


def ask(client: Client, way: str, email: str) -> list[Any]:
    """All that the asker sees: each answer on the way, and how many mails went out and were written."""
    path, data = WAYS[way]
    answer = client.post(path, data(email))
    seen = [answer.status_code, answer.get("Location"), sorted(answer.headers), alike(answer.content.decode(), email)]
    if answer.status_code == 302:
        there = client.get(answer["Location"])
        seen += [there.status_code, alike(there.content.decode(), email)]
        wrong = client.post(answer["Location"], {"code": "AAAAAA"})
        seen += [wrong.status_code, wrong.get("Location"), alike(wrong.content.decode(), email)]
    seen += [[letter.to == [email] for letter in mail.outbox]]
    mail.outbox.clear()
    return seen


@pytest.mark.parametrize("way", WAYS)
def test_the_answer_is_the_same_byte_for_byte(way: str, client: Client):
    person(KNOWN)
    first = asker(way)
    seen = ask(first, way, KNOWN)
    if way == "another address":
        second = first
        second.get("/accounts/email/")
    else:
        second = asker(way)
    assert ask(second, way, UNKNOWN) == seen


@pytest.mark.parametrize("way", WAYS)
def test_the_work_is_the_same(way: str, hashed: list[str]):
    person(KNOWN)
    client, counts = asker(way), []
    for email in (KNOWN, UNKNOWN):
        hashed.clear()
        path, data = WAYS[way]
        (client if way == "another address" else Client()).post(path, data(email))
        counts.append((len(hashed), len(mail.outbox)))
        mail.outbox.clear()
    assert counts[0] == counts[1]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_the_time_is_the_same(way: str, settings):
    """With passwords hashed as on a site, the medians lie within a third of each other."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    person(KNOWN)
    client = asker(way)
    taken: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    path, data = WAYS[way]
    for turn in range(7):
        for email, times in taken.items():
            named = email if email == KNOWN else email.replace("nora", f"nora{turn}")
            who = client if way == "another address" else Client()
            start = time.perf_counter()
            who.post(path, data(named))
            times.append(time.perf_counter() - start)
    known, unknown = (median(times) for times in taken.values())
    assert abs(known - unknown) < max(known, unknown) / 3 + 0.01, (known, unknown)
