"""Light or dark paper is the reader's own choice, and a cookie of its own."""

import pytest
from django.test import Client
from lxml import html


def paper(client: Client) -> str | None:
    return html.fromstring(client.get("/theme/").content).get("data-theme")


def test_asking_for_the_page_changes_nothing(client: Client, db) -> None:
    response = client.get("/theme/?theme=dark")
    assert "theme" not in response.cookies
    assert html.fromstring(response.content).xpath("//main//input[@checked]/@value") == ["dark"]
    assert paper(client) is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_choice_is_kept_and_taken_back(theme: str, client: Client, db) -> None:
    response = client.post("/theme/", {"theme": theme, "next": "/articles/"})
    assert (response.status_code, response["Location"]) == (302, "/articles/")
    assert response.cookies["theme"]["samesite"] == "Lax"
    assert paper(client) == theme
    client.post("/theme/", {"theme": "auto"})
    assert paper(client) is None


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "", "javascript:alert(1)"])
def test_the_way_back_stays_on_the_site(place: str, client: Client, db) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": place})["Location"] == "/"


@pytest.mark.parametrize("theme", ["", "pink", "\x00", "x" * 10_000])
def test_a_colour_that_is_not_offered_is_refused_in_words(theme: str, client: Client, db) -> None:
    response = client.post("/theme/", {"theme": theme})
    assert response.status_code == 200
    assert "theme" not in response.cookies
    assert html.fromstring(response.content).xpath("//main//*[@role='alert' or @class='field__error']")


def test_an_odd_cookie_is_ignored(client: Client, db) -> None:
    client.cookies["theme"] = '"><script>'
    assert paper(client) is None
