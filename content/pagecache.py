"""One copy of a public page for all visitors without a session (design rule 7).

A view says that its answer is the same for everybody by returning `public(response)`. Copies live in the memory of
each web process, ready compressed; `forget()` makes all processes drop theirs within a second, and at once for the
visitor whose POST caused it. A hit asks the database nothing.
"""

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from content.reads.counting import count

Fact = TypeVar("Fact")
GENERATION = "pages:generation"
GENERATION_HOLDS = 1.0  # seconds a process believes the generation it last read
MOST_PAGES, MOST_BYTES = 2_000, 64 * 1024 * 1024
#: The only queries that a list of ours writes; anything else would let strangers fill the shelf with copies.
OUR_QUERY = re.compile(r"(before=\d{1,20}-\d{1,19}|comments=new|comments=(after|at|new)-\d{1,10})?")
#: Says for some seconds that this browser has just changed something and must not see an older copy.
JUST_CHANGED, JUST_CHANGED_FOR = "just_changed", 5
BY_COOKIE = "theme"  # the server writes this choice into the page


def public(response: HttpResponse, *, read: int | None = None) -> HttpResponse:
    """Mark an answer as the same for every visitor without a session; `read` is the page that was opened with it."""
    response.is_public_page, response.read = True, read  # type: ignore[attr-defined]
    return response


def dated(response: HttpResponse, changes: Iterable[datetime]) -> HttpResponse:
    """A public answer that bears the date of its last change as well.

    That is never before the last thing that changed anywhere on the site: what is taken away changes an answer too,
    and leaves no date of its own.
    """
    moments = [moment.timestamp() for moment in changes]
    shelf.is_current()
    if shelf.generation:
        moments.append(shelf.generation / 1e9)
    if moments:
        response["Last-Modified"] = http_date(max(moments))
    return public(response)


def forget() -> None:
    """Call after anything public has changed; takes effect when the transaction is committed."""
    transaction.on_commit(lambda: cache.set(GENERATION, time.time_ns(), None))


@dataclass
class Copy:
    body: bytes
    headers: dict[str, str]
    etag: str
    until: float
    read: int | None = None


@dataclass
class Shelf:
    """The copies of one process, the least used going first."""

    copies: OrderedDict[tuple[str, ...], Copy] = field(default_factory=OrderedDict)
    size: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    generation: int = 0
    read_at: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def is_current(self) -> None:
        """Empties the shelf when something public has changed anywhere."""
        now = time.monotonic()
        if now - self.read_at < GENERATION_HOLDS:
            return
        generation = cache.get(GENERATION, 0)
        with self.lock:
            self.read_at = now
            if generation != self.generation:
                self.generation, self.size = generation, 0
                self.copies.clear()
                self.facts.clear()

    def remember(self, name: str, fact: Any, generation: int) -> None:
        with self.lock:
            if generation == self.generation:
                self.facts[name] = fact

    def take(self, key: tuple[str, ...]) -> Copy | None:
        with self.lock:
            copy = self.copies.get(key)
            if copy is None or copy.until < time.monotonic():
                return None
            self.copies.move_to_end(key)
            return copy

    def put(self, key: tuple[str, ...], copy: Copy, generation: int) -> None:
        """Keeps a copy, unless something has changed since `generation`, in which it was begun."""
        with self.lock:
            if generation != self.generation:
                return
            self.size += len(copy.body) - len(self.copies[key].body if key in self.copies else b"")
            self.copies[key] = copy
            while len(self.copies) > MOST_PAGES or self.size > MOST_BYTES:
                _key, dropped = self.copies.popitem(last=False)
                self.size -= len(dropped.body)


shelf = Shelf()


def remembered(name: str, ask: Callable[[], Fact]) -> Fact:
    """A fact that every public page needs: asked for once by each process, and again after `forget()`."""
    shelf.is_current()
    if name in shelf.facts:
        return shelf.facts[name]
    generation = shelf.generation
    fact = ask()
    shelf.remember(name, fact, generation)
    return fact


class PageCacheMiddleware:
    """Answers from the shelf where it may, and keeps what a view calls public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            response = self.get_response(request)
            response.set_cookie(
                JUST_CHANGED, "1", max_age=JUST_CHANGED_FOR, httponly=True, samesite="Lax", secure=settings.SECURE
            )
            return response
        if not may_share(request):
            response = self.get_response(request)
            count(request, getattr(response, "read", None))
            return tidy(response)
        key = key_of(request)
        shelf.is_current()
        if copy := shelf.take(key):
            count(request, copy.read)
            return answer(request, copy)
        generation = shelf.generation
        response = self.get_response(request)
        count(request, getattr(response, "read", None))
        if may_keep(request, response):
            copy = copy_of(response)
            shelf.put(key, copy, generation)
            return answer(request, copy)
        return tidy(response)


def may_share(request: HttpRequest) -> bool:
    """A visitor without session, whose address holds nothing unusual."""
    cookies = request.COOKIES
    if settings.SESSION_COOKIE_NAME in cookies or JUST_CHANGED in cookies or "messages" in cookies:
        return False
    if request.headers.get("HX-Request"):
        return False
    return OUR_QUERY.fullmatch(request.META.get("QUERY_STRING", "")) is not None


def key_of(request: HttpRequest) -> tuple[str, ...]:
    """What one copy is for; narrows the accepted encodings to the one that is kept."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    encoding = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
    request.META["HTTP_ACCEPT_ENCODING"] = encoding
    paper = request.COOKIES.get(BY_COOKIE, "")
    return request.get_host(), request.path, request.META.get("QUERY_STRING", ""), encoding, paper[:8]


def may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and getattr(response, "is_public_page", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.user.is_authenticated
    )


def copy_of(response: HttpResponse) -> Copy:
    etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    response["ETag"], response["Cache-Control"] = etag, "public, no-cache"
    until = time.monotonic() + settings.PAGE_CACHE_SECONDS
    return Copy(response.content, dict(response.items()), etag, until, response.read)  # type: ignore[attr-defined]


def answer(request: HttpRequest, copy: Copy) -> HttpResponse:
    """The copy, or 304 when the visitor has it (the ETag decides; only without one the date does)."""
    whole = HttpResponse(copy.body, headers=copy.headers)
    changed = parse_http_date_safe(copy.headers.get("Last-Modified", ""))
    return get_conditional_response(request, copy.etag, changed, whole) or whole


def tidy(response: HttpResponse) -> HttpResponse:
    """What isn't shared says so to every cache on the way, unless it has spoken for itself."""
    if not response.has_header("Cache-Control") and not response.has_header("Last-Modified"):
        response["Cache-Control"] = "private, no-cache"
    return response
