"""A page to talk under, and short ways to say what people do there."""

import re
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from post_office.models import Email
from wagtail.models import Locale, Page

from accounts.models import User
from conversation import hosts, services, stamps, writers
from conversation.hosts import Host, Target
from conversation.models import Comment
from conversation.services import Words
from tests import cast


@pytest.fixture(autouse=True)
def _first_comments_stand(settings) -> None:
    """Most of these tests are about other things; moderation/test_holding.py says what happens where they wait."""
    settings.HOLD_FIRST_COMMENTS = False


@pytest.fixture(autouse=True)
def _worker_at_once(settings) -> None:
    """What is left to the worker is done on the spot."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def house() -> Iterator[SimpleNamespace]:
    """The rules of the page's host, for a test to change: visible, open, authors; and what was reported as changed."""
    rules = SimpleNamespace(visible=True, open=True, authors=set(), changed=[])
    hosts.register(
        Host(
            model=Page,
            visible_to=lambda user, page: rules.visible,
            may_write=lambda user, page: rules.open,
            author_users=lambda page: rules.authors,
            changed=lambda page: rules.changed.append(page.pk),
            url=lambda page: f"/{page.slug}/",
        )
    )
    yield rules
    hosts.unregister(Page)


@pytest.fixture
def language(db) -> Locale:
    """A page needs one; tests with transactions of their own have swept it away."""
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def target(language, house) -> Target:
    return hosts.target_of(Page.add_root(title="The invoice nobody asked about", slug="invoice"))


@pytest.fixture
def other_target(language, house) -> Target:
    return hosts.target_of(Page.add_root(title="The report that is always early", slug="report"))


@pytest.fixture
def person(db, monkeypatch) -> User:
    """Somebody signed in, whom the movement calls Ada Larkin."""
    user = cast.person("ada@larkfield.example")
    monkeypatch.setattr(writers, "_name_of", lambda who: "Ada Larkin" if who.pk == user.pk else None)
    return user


def filled(target: Target, **changes: Any) -> dict[str, Any]:
    """The form as a reader sends it, a minute after opening it."""
    form = {
        "kind": target.kind,
        "object_id": target.thing.pk,
        "stamp": stamps.make(target, opened=time.time() - 60),
        "text": "Our reports have the same disease.",
        "name": "Barnaby Quill",
        "email": "barnaby@example.org",
        "website": "",
        "reply_to": "",
    }
    return form | changes


def send(target: Target, client: Client | None = None, **changes: Any) -> HttpResponse:
    return (client or Client()).post(reverse("conversation:post"), filled(target, **changes))


def say(target: Target, text: str = "Words.", *, name: str = "Hester Vane", **others: Any) -> Comment:
    """A comment that stands, without going through the form. `email`, `user`, `parent`, `followup` as wanted."""
    words = Words(name=name, text=text, press="", followup=others.pop("followup", False))
    return services.place(target=target, words=words, **others)


def mails(kind: str = "") -> list[Email]:
    found = Email.objects.order_by("id")
    return [mail for mail in found if kind in mail.headers["List-Id"]]


def link_in(mail: Email, kind: str) -> str:
    """The path of the link of this kind (confirm, mute) in a mail."""
    found = re.search(rf"http://groundswell\.example(/comments/{kind}/[^/\s]+/)", mail.message)
    assert found, mail.message
    return found[1]


def rendered(target: Target, user: Any, query: str = "") -> str:
    """The talk under the page, as this person sees it."""
    request = RequestFactory().get(f"/{query}")
    request.user = user
    template = Template("{% load conversation_tags %}{% conversation page %}")
    return template.render(Context({"request": request, "page": target.thing}))
