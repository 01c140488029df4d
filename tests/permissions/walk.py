"""One walk past every address that the matrix knows, and every page of the publishing, with the eyes of one role."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.permissions.matrix import all_rows

#: A NUL is answered before anything else looks at it; a page that is not there is a page too.
ODD = ["/?odd=%00", "/nowhere/", "/search/?q=counter"]


def addresses(world: SimpleNamespace) -> list[str]:
    """Every address with a GET for somebody. Asking the rows for them may add to the world."""
    named = [reverse(row.name, kwargs=dict(row.address(world))) for row in all_rows() if row.get]
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    return sorted({*named, *pages, *ODD})


def walk(client: Client, paths: list[str]) -> Iterator[tuple[str, HttpResponse]]:
    for path in paths:
        yield path, client.get(path)


def is_html(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("text/html")


def text_of(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")
