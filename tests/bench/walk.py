"""Which pages are measured, as whom, and how."""

import gzip
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.bench.fill import World
from tests.bench.load import Load, measure
from tests.bench.server import Server, running


@dataclass(frozen=True)
class Page:
    """`uncached` asks for a fresh address each time by the cache's own rule: an ally's cookie that opens no session."""

    name: str
    path: str
    signed_in: bool = False
    uncached: bool = False


@dataclass(frozen=True)
class Figure:
    page: Page
    load: Load
    cpu_ms: float
    queries: int
    writes: int


@dataclass(frozen=True)
class Figures:
    pages: list[Figure]
    bare_plain: Load
    bare_same_bytes: Load
    cached_article: Load
    pss_mb: float
    cold_start_s: float


def pages(world: World) -> list[Page]:
    article = f"/articles/{world.article}/"
    return [
        Page("article, 20 comments", article),
        Page("article, 20 comments, uncached", article, uncached=True),
        Page("article, 20 comments, signed in", article, signed_in=True),
        Page("home", "/"),
        Page("home, uncached", "/", uncached=True),
        Page("home, signed in", "/", signed_in=True),
        Page("articles", "/articles/"),
        Page("articles, uncached", "/articles/", uncached=True),
        Page("feed", "/articles/feed/"),
        Page("feed, uncached", "/articles/feed/", uncached=True),
        Page("search", "/search/?q=service"),
        Page("search, signed in", "/search/?q=service", signed_in=True),
        Page("club", f"/clubs/{world.club}/"),
        Page("club, signed in", f"/clubs/{world.club}/", signed_in=True),
        Page("directory, signed in", "/allies/", signed_in=True),
        Page("Today, signed in", "/me/", signed_in=True),
        Page("spread, signed in", "/spread/", signed_in=True),
    ]


def session_cookie(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def cookie_for(page: Page, signed_in: str) -> str:
    if page.signed_in:
        return signed_in
    return f"{settings.SESSION_COOKIE_NAME}=nobody" if page.uncached else ""


def queries_of(page: Page, world: World) -> tuple[int, int]:
    """All statements of one request with warm in-process caches, and how many of them wrote."""
    client = Client(headers={"host": "localhost"})
    if page.signed_in:
        client.force_login(world.reader)
    elif page.uncached:
        client.cookies[settings.SESSION_COOKIE_NAME] = "nobody"
    client.get(page.path)
    if not (page.signed_in or page.uncached):
        client.get(page.path)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.path)
    statements = [query["sql"].lstrip().upper() for query in captured]
    writes = [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    return len(statements), len(writes)


def measure_page(page: Page, server: Server, cookie: str, world: World, *, seconds: float, clients: int) -> Figure:
    measure(port=server.port, path=page.path, cookie=cookie, clients=clients, seconds=0.5)  # warm
    before = server.cpu_seconds()
    load = measure(port=server.port, path=page.path, cookie=cookie, clients=clients, seconds=seconds)
    cpu = (server.cpu_seconds() - before) / max(load.requests, 1) * 1000
    queries, writes = queries_of(page, world)
    return Figure(page=page, load=load, cpu_ms=cpu, queries=queries, writes=writes)


def bare(body: bytes, folder: Path, given: dict[str, str], *, seconds: float, clients: int) -> Load:
    file = folder / "bare.bytes"
    file.write_bytes(body)
    with running("tests.bench.bare:application", given | {"BARE_FILE": str(file)}, "/") as server:
        measure(port=server.port, path="/", cookie="", clients=clients, seconds=0.5)
        return measure(port=server.port, path="/", cookie="", clients=clients, seconds=seconds)


def measure_all(world: World, given: dict[str, str], folder: Path, *, seconds: float, clients: int) -> Figures:
    cache.clear()
    signed_in = session_cookie(world.reader)
    connection.close()
    with running("config.wsgi", given, "/") as server:
        found = [
            measure_page(page, server, cookie_for(page, signed_in), world, seconds=seconds, clients=clients)
            for page in pages(world)
        ]
        pss = server.pss_mb()
        cold = server.cold_start_s
        html = Client(headers={"host": "localhost"}).get(pages(world)[0].path).content
        packed = gzip.compress(html, 6)
        # The two that are compared run one after the other, with the yardstick on both sides of the hit.
        before = bare(packed, folder, given, seconds=seconds, clients=clients)
        hit = measure(port=server.port, path=pages(world)[0].path, cookie="", clients=clients, seconds=seconds)
        plain = bare(html, folder, given, seconds=seconds, clients=clients)
    return Figures(
        pages=found, bare_plain=plain, bare_same_bytes=before, cached_article=hit, pss_mb=pss, cold_start_s=cold
    )
