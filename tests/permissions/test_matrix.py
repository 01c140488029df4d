"""Role × address × method: every URL name of ours has a row, and every row holds."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.permissions.matrix import CMS, EVERYONE, Row, all_rows, heard, refused, rows_by_part, shown

pytestmark = pytest.mark.django_db

#: Third parties' own addresses; those under /cms/ are checked as a whole below.
THIRD_PARTY_PREFIXES = ("cms/", "documents/", "__")


def named_patterns(resolver: URLResolver | None = None, namespace: str = "", prefix: str = ""):
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from named_patterns(entry, inner, route)
        elif isinstance(entry, URLPattern):
            yield (f"{namespace}{entry.name}" if entry.name else None), route


ROWS: list[Row] = all_rows()


def test_every_url_name_of_ours_has_a_row():
    ours = {name for name, route in named_patterns() if not route.lstrip("^").startswith(THIRD_PARTY_PREFIXES)}
    assert sorted(ours - {row.name for row in ROWS} - {"wagtail_serve", None}, key=str) == []


def test_only_allauths_old_addresses_have_no_name():
    nameless = {
        route for name, route in named_patterns() if name is None and not route.startswith(THIRD_PARTY_PREFIXES)
    }
    assert nameless == {
        f"accounts/social/{path}/" for path in ("connections", "login/cancelled", "login/error", "signup")
    }


def test_no_row_is_about_an_address_that_is_gone():
    names = {name for name, _route in named_patterns()}
    assert sorted({row.name for row in ROWS} - names) == []


@pytest.mark.parametrize("part", sorted(rows_by_part()))
def test_rows(part: str, world, clients: dict[str, Client]):
    """One world for all rows of a part: what each request changes is taken back."""
    wrong = [fault for row in rows_by_part()[part] for fault in faults_of(row, world, clients)]
    assert wrong == []


def faults_of(row: Row, world: SimpleNamespace, clients: dict[str, Client]) -> Iterator[str]:
    address = reverse(row.name, kwargs=dict(row.address(world)))
    for role in sorted(EVERYONE):
        for method, allowed in (("get", row.get), ("post", row.post)):
            with undone():
                client = clients[role]()
                response = getattr(client, method)(address, dict(row.data or {}) if method == "post" else {})
            if role not in (allowed or ()):
                ok = refused(response)
            else:
                ok = shown(response, row) if method == "get" else heard(response, row)
            if not ok:
                yield f"{row.name}: {role} {method.upper()} → {response.status_code} {response.get('Location', '')}"


@contextmanager
def undone() -> Iterator[None]:
    """What a request changes is taken back, the limits it used up as well: each role meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


#: Open by intent: the login and logout lead to allauth's, and the rest says nothing.
CMS_DOORS = {"/cms/login/", "/cms/logout/", "/cms/jsi18n/", "/cms/sprite/"}


def cms_addresses() -> list[str]:
    """Every address under /cms/, with 1 for whatever it asks for."""
    found = set()
    for _name, route in named_patterns():
        plain = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "1", route.replace("^", "").replace("\\Z", "").rstrip("$"))
        if plain.startswith("cms/"):
            found.add("/" + plain.replace("\\.", "."))
    return sorted(found - CMS_DOORS)


def test_the_cms_lets_in_only_those_who_work_there(world, clients):
    addresses = cms_addresses()
    let, admin = [], clients["admin"]()
    admin.raise_request_exception = False  # Wagtail has an address that fails on purpose
    for role in sorted(EVERYONE - CMS):
        client = clients[role]()
        for address in addresses:
            response = client.get(address)
            if not (refused(response) or response.get("Location", "").startswith("/cms/login/")):
                let.append(f"{role} {address} → {response.status_code} {response.get('Location', '')}")
    assert let == []
    # The same addresses do show something to whoever may see it all.
    assert sum(admin.get(address).status_code == 200 for address in addresses if "1" not in address) > 30
