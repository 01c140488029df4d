"""What holds for every address."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.middleware import CmsPolicyMiddleware, DatabaseAwayMiddleware
from content.pages.articles import ArticleIndexPage
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def test_a_database_that_is_away_is_503_and_says_come_back(monkeypatch, site_pages):
    def away(*_args, **_kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(ArticleIndexPage, "get_context", away)
    response = Client(raise_request_exception=False).get("/articles/")
    assert response.status_code == 503
    assert b"<h1" in response.content


def test_other_faults_are_not_hidden():
    middleware = DatabaseAwayMiddleware(lambda _request: None)
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


@pytest.mark.parametrize(
    ("path", "is_lax"),
    [
        ("/cms/", True),
        ("/cms/pages/3/edit/", True),
        ("/cms/pages/3/edit/preview/", False),
        ("/cms/pages/3/view_draft/", False),
        ("/", False),
    ],
)
def test_only_the_cms_itself_has_the_laxer_policy(path, is_lax):
    response = CmsPolicyMiddleware(lambda _request: HttpResponse("x"))(RequestFactory().get(path))
    assert hasattr(response, "_csp_update") is is_lax


def test_a_picture_may_be_kept_by_caches_whoever_asks(ally):
    name = default_storage.save("images/test-kept.txt", ContentFile(b"picture"))
    try:
        for client in (Client(), client_of(ally)):
            response = client.get(f"/media/{name}")
            assert response["Cache-Control"] == "public, max-age=86400"
            assert b"".join(response.streaming_content) == b"picture"
    finally:
        default_storage.delete(name)


def test_the_sitemap_speaks_of_the_configured_origin(site_pages):
    content = Client().get("/sitemap.xml", headers={"host": "groundswell.example"}).content.decode()
    assert "<loc>http://groundswell.example/primer/</loc>" in content
    assert "localhost" not in content
