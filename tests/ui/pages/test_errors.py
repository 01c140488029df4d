"""When something went wrong: the site's look, a word in plain language, and a way on, whatever is broken."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from lxml import html

from tests.cast import client_of
from ui import views

PAGES = [
    (lambda request: views.bad_request(request, ValueError()), 400),
    (views.csrf_failure, 403),
    (views.too_many_requests, 429),
    (views.server_error, 500),
    (views.service_unavailable, 503),
]


@pytest.mark.parametrize(("page", "status"), PAGES)
def test_an_error_page_needs_no_database_and_no_session(page, status: int, rf: RequestFactory) -> None:
    # Without the `db` mark any query fails the test.
    response: HttpResponse = page(rf.get("/somewhere/"))
    drawn = html.fromstring(response.content)
    assert response.status_code == status
    assert drawn.xpath("string(//p[@class='kicker'])") == f"Error {status}"
    assert len(drawn.xpath("//main//h1")) == 1
    assert drawn.xpath("//main//a[@href='/']")
    assert drawn.xpath("//link[@rel='stylesheet']/@href")[0].endswith("css/core.css")


def test_forbidden_and_missing_look_the_same(rf: RequestFactory, db) -> None:
    def shown(page) -> tuple[int, bytes]:
        response = page(rf.get("/somewhere/"), Exception())
        return response.status_code, response.content

    assert shown(views.permission_denied) == shown(views.page_not_found)
    assert shown(views.page_not_found)[0] == 404


def test_a_form_that_was_open_too_long_gets_a_clear_page(db) -> None:
    response = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Please send that once more" in response.content.decode()


def test_a_missing_page_keeps_the_readers_place(rf: RequestFactory, db) -> None:
    request: HttpRequest = rf.get("/articles/none/")
    drawn = html.fromstring(views.page_not_found(request, Exception()).content)
    assert drawn.xpath("//nav[@id='nav']//a[@aria-current]/@href") == ["/articles/"]


def test_a_missing_page_says_only_what_is_true_for_who_reads_it(client: Client, ally, db) -> None:
    def said(response: HttpResponse) -> tuple[int, bool, bool, bool]:
        page = response.content.decode()
        return (
            response.status_code,
            "signing in may help" in page,
            'href="/accounts/login/"' in page,
            'href="/accounts/signup/"' in page,
        )

    visitor = client.get("/articles/none/")
    assert said(visitor) == (404, True, True, True)
    assert (dict(visitor.cookies), visitor["Cache-Control"]) == ({}, "private, no-cache")
    assert said(client_of(ally).get("/articles/none/")) == (404, False, False, False)


def test_a_page_that_knows_no_reader_does_not_take_them_for_a_visitor(rf: RequestFactory) -> None:
    page = views.server_error(rf.get("/me/")).content.decode()
    assert ("/accounts/login/" in page, "/accounts/signup/" in page, 'href="/search/"' in page) == (False, False, True)
