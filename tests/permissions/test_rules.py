"""Rules that hold for every address and every role (design: nothing changes on GET, caching, the policy)."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.permissions.matrix import EVERYONE, SIGNED_IN, Row, all_rows
from tests.permissions.walk import addresses, is_html, text_of, walk

pytestmark = pytest.mark.django_db

#: What a visit may leave behind: the session, its list, the shared cache of Wagtail's pictures.
MAY_CHANGE = {"sessions", "usersessions"}
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
}
LOADED = re.compile(
    r"""(?:\b(?:src|srcset|poster|action|formaction|data-hx-\w+)|<link\b[^>]*\bhref)=["'](?:https?:)?//([^/"']+)"""
)
#: Whoever has the address has what it shows; no cache on the way may have it.
SECRET = ("/calendar/", "/unsubscribe/", "/subscriptions/", "/join/", "/comments/mute/", "/answer/", "/pulse/ticket/")
#: One-click unsubscribing and muting, as mail programs do it (RFC 8058): the token is what lets them act.
WITHOUT_CSRF_TOKEN = {"postbox:unsubscribe", "conversation:mute"}


def raw_rows(table: str) -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return {tuple(map(repr, row)) for row in cursor.fetchall()}


def rows_of_all_tables() -> dict[str, set[tuple[object, ...]]]:
    return {
        model._meta.label: raw_rows(model._meta.db_table)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in MAY_CHANGE
    }


def broken(role: str, path: str, response: HttpResponse) -> list[str]:
    """The rules that this answer breaks."""
    text, caching = text_of(response), response.get("Cache-Control", "")
    found = []
    if response.status_code >= 500 and path != "/healthz":
        found.append(f"answers {response.status_code}")
    if (
        is_html(response)
        and not path.startswith("/cms/")
        and set(response.get("Content-Security-Policy", "").split("; ")) != POLICY
    ):
        found.append(f"policy {response.get('Content-Security-Policy')!r}")
    if is_html(response) and (hosts := set(LOADED.findall(text)) - {"groundswell.example", "testserver"}):
        found.append(f"loads from {hosts}")
    if "gravatar.com" in text:
        found.append("names Gravatar's address")
    private = role in SIGNED_IN or (path.startswith(SECRET) or any(part in path for part in SECRET))
    if private and response.status_code == 200 and not {"private", "no-store"} <= set(re.split(r",\s*", caching)):
        found.append(f"caching {caching!r}")
    if "public" in caching and (response.cookies or "csrfmiddlewaretoken" in text):
        found.append(f"is public with {list(response.cookies) or 'a token'}")
    return found


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_every_answer_keeps_the_rules(role, world, clients):
    paths, client = addresses(world), clients[role]()
    found = [f"{path}: {rule}" for path, response in walk(client, paths) for rule in broken(role, path, response)]
    assert (len(paths) > 80, found) == (True, [])


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_looking_changes_nothing(role, world, clients):
    paths, client = addresses(world), clients[role]()
    before = rows_of_all_tables()
    for _path, _response in walk(client, paths):
        pass
    after = rows_of_all_tables()
    assert {label: before[label] ^ after[label] for label in before if before[label] != after[label]} == {}
    assert len(before) > 60


def test_shared_pages_are_there_to_be_checked(world):
    shared = [path for path, answer in walk(Client(), addresses(world)) if "public" in answer.get("Cache-Control", "")]
    assert {"/", "/primer/", "/articles/page-four/"} <= set(shared)


POSTED = [row for row in all_rows() if row.post]


@pytest.mark.parametrize("row", POSTED, ids=lambda row: row.name)
def test_a_post_without_a_csrf_token_is_refused(row: Row, world):
    address, wrong = reverse(row.name, kwargs=dict(row.address(world))), []
    for role in sorted(row.post or ()):
        someone = getattr(world, role)
        client = Client(enforce_csrf_checks=True)
        if someone is not None:
            client.force_login(getattr(someone, "user", someone))
        response = client.post(address, dict(row.data or {}))
        if (response.status_code == 403) == (row.name in WITHOUT_CSRF_TOKEN):
            wrong.append(f"{role} {address} → {response.status_code}")
    assert wrong == []


def test_the_rules_notice_what_breaks_them():
    bad = HttpResponse('<img src="https://www.gravatar.com/x">', headers={"Cache-Control": "public"})
    bad.set_cookie("seen", "1")
    assert broken("ally", "/me/", bad) == [
        "policy None",
        "loads from {'www.gravatar.com'}",
        "names Gravatar's address",
        "caching 'public'",
        "is public with ['seen']",
    ]
