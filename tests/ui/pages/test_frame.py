"""What frames every page, for a visitor and for somebody who has signed in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from lxml import html

from accounts.models import User

VISITOR = ["/primer/", "/articles/", "/clubs/", "/about/", "/search/", "/accounts/login/", "/accounts/signup/"]
SIGNED_IN = ["/me/", "/primer/", "/articles/", "/allies/", "/clubs/", "/personas/", "/spread/"]
OWN = ["/search/", "/me/notifications/", "/me/profile/"]


def frame(path: str, user: object, rf: RequestFactory) -> html.HtmlElement:
    request = rf.get(path)
    request.user = user
    return html.fromstring(render_to_string("base.html", {"request": request}))


def test_a_visitor_sees_what_is_open(rf: RequestFactory) -> None:
    page = frame("/", AnonymousUser(), rf)
    assert page.xpath("//nav[@id='nav']//a/@href") == VISITOR
    assert page.xpath("//nav[@id='nav']//a[@aria-current]") == []


def test_somebody_signed_in_sees_the_movement(rf: RequestFactory) -> None:
    page = frame("/me/", User(email="ada@larkfield.example"), rf)
    assert page.xpath("//nav[@id='nav']//a/@href") == SIGNED_IN + OWN
    assert "larkfield.example" not in html.tostring(page).decode()


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/me/", [("/me/", "page")]),
        ("/actions/ideas/", [("/me/", "true")]),
        ("/me/profile/", [("/me/profile/", "page")]),
        ("/articles/the-invoice/", [("/articles/", "true")]),
        ("/lunch/", [("/allies/", "true")]),
        ("/service-map/", [("/personas/", "true")]),
        ("/search/", [("/search/", "page")]),
    ],
)
def test_the_navigation_says_where_one_is(path: str, current: list[tuple[str, str]], rf: RequestFactory) -> None:
    links = frame(path, User(), rf).xpath("//nav[@id='nav']//a[@aria-current]")
    assert [(link.get("href"), link.get("aria-current")) for link in links] == current


def test_the_frame_of_a_visitor_holds_no_token_and_no_inline_code(rf: RequestFactory) -> None:
    page = frame("/", AnonymousUser(), rf)
    assert page.xpath("//input[@name='csrfmiddlewaretoken'] | //style | //script[not(@src)] | //*[@style]") == []


def test_the_frame_stands_without_an_organisation_and_without_a_request() -> None:
    page = html.fromstring(render_to_string("base.html"))
    assert page.xpath("string(//span[@class='brand__name'])") == "Groundswell"
    assert page.xpath("//span[@class='brand__org']") == []


def test_the_styleguide_is_not_for_visitors(client: Client, db) -> None:
    assert client.get("/styleguide/").status_code == 404


def test_the_styleguide_is_not_for_every_login(client: Client, db) -> None:
    client.force_login(User.objects.create_user("ada@larkfield.example"))
    assert client.get("/styleguide/").status_code == 404


def test_the_styleguide_shows_every_component_to_staff(client: Client, db) -> None:
    client.force_login(User.objects.create_superuser("sol@larkfield.example"))
    response = client.get("/styleguide/")
    assert response.status_code == 200
    assert html.fromstring(response.content).xpath("//*[@style] | //style | //script[not(@src)]") == []
