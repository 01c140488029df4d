"""One address that stops mails: GET shows a button, POST acts, with neither cookie nor CSRF token."""

import pytest
from django.test import Client
from post_office.models import Email

from accounts import tokens
from postbox import services, unsubscribing
from postbox.models import How

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def address(letter_kind, ada) -> str:
    """The List-Unsubscribe address of a mail to Ada, without its origin."""
    letter_kind()
    services.notify(kind="letter", user=ada, event="comment:1", text="Basil answered you.", url="/")
    return Email.objects.get().headers["List-Unsubscribe"].strip("<>").removeprefix("http://groundswell.example")


def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def test_looking_changes_nothing_and_shows_whom_it_is_about_only_masked(address, ada):
    for method in ("get", "head"):
        response = getattr(stranger(), method)(address)
        assert response.status_code == 200
    page = stranger().get(address)
    assert ("a•••@larkfield.example" in page.text, "ada@" in page.text) == (True, False)
    assert services.preference_of(ada, "letter") == How.NOW
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("data", [ONE_CLICK, {}])
def test_one_post_stops_it_without_cookie_or_token(address, ada, data):
    client = stranger()
    response = client.post(address, data)
    assert (response.status_code, {"sessionid", "csrftoken"} & set(client.cookies)) == (200, set())
    assert services.preference_of(ada, "letter") == How.NEVER


def test_again_says_that_it_has_stopped_already(address, ada):
    stranger().post(address, ONE_CLICK)
    assert [stranger().post(address).status_code, stranger().get(address).status_code] == [200, 200]
    assert "stopped already" in stranger().get(address).text
    assert services.preference_of(ada, "letter") == How.NEVER


def test_an_old_link_after_a_new_beginning_asks_again(address, ada):
    stranger().post(address)
    services.prefer(user=ada, choices={"letter": How.NOW})
    assert "Stop these mails?" in stranger().get(address).text


def test_a_link_of_who_has_left_is_a_clear_page(address, ada):
    ada.delete()
    assert [stranger().get(address).status_code, stranger().post(address).status_code] == [200, 200]


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "x" * 5_000,
        "a:b:c",
        "%C3%A9",
        tokens.make("confirm", {"what": "notification", "user": 1, "kind": "letter"}),
        tokens.make(unsubscribing.PURPOSE, {"what": "unheard-of"}),
        tokens.make(unsubscribing.PURPOSE, 5),
    ],
    # Signed tokens bear the time, and each worker of the suite has to find the same names.
    ids=["short", "long", "colons", "odd", "other-purpose", "unheard-of", "no-mapping"],
)
def test_a_wrong_token_is_a_clear_page(token):
    for response in (stranger().get(f"/unsubscribe/{token}/"), stranger().post(f"/unsubscribe/{token}/")):
        assert (response.status_code, "This link is not whole" in response.text) == (404, True)


def test_each_way_of_stopping_is_registered_once():
    with pytest.raises(ValueError):
        unsubscribing.register("notification", describe=lambda subject: None, act=lambda subject: None)
