"""Every token at every address of a subscription: what it is not for, what is old, altered, used or somebody else's is
a clear page, and nothing has changed. Looking never changes anything."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from accounts import tokens
from content.models import AnnouncedPart, Consent, PartWish, Subscriber
from content.subscriptions import services
from content.wishes import services as wishes
from postbox import unsubscribing
from postbox.digests import writing
from postbox.digests.models import DigestChoice, DigestReader
from postbox.models import Discretion
from tests.content.makers import make_part

pytestmark = pytest.mark.django_db
PLACES = {
    "confirm": "/subscriptions/confirm/{}/",
    "manage": "/subscriptions/manage/{}/",
    "part": "/subscriptions/parts/{}/",
    "unsubscribe": "/unsubscribe/{}/",
}
DATA = {"articles": "all", "pace": "monthly", "timezone": "UTC"}


@pytest.fixture
def made(subscribed) -> dict[str, str]:
    """A good token for each place."""
    mine = subscribed(pace="weekly")
    waiting = Subscriber.objects.create(email="waiting@elsewhere.example")
    wish = PartWish.objects.create(part=make_part(), email="waiting@elsewhere.example")
    return {
        "confirm": tokens.make(services.CONFIRM, waiting.pk),
        "manage": tokens.make(services.MANAGE, mine.pk),
        "part": tokens.make(wishes.CONFIRM, wish.pk),
        "unsubscribe": services.stop_url(mine).rstrip("/").rpartition("/")[2],
        "digest": writing.stop_url(DigestReader.objects.get()).rstrip("/").rpartition("/")[2],
    }


def state() -> list[object]:
    """Everything that a link could change."""
    models = (Subscriber, PartWish, DigestReader, DigestChoice, Consent, Discretion, AnnouncedPart)
    return [list(model.objects.order_by("pk").values()) for model in models]


def is_clear(response) -> bool:
    return b"<h1" in response.content and response.status_code in (200, 400, 404, 410)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("token", ["confirm", "manage", "part", "unsubscribe", "digest"])
def test_a_token_for_one_place_does_nothing_at_another(made, place, token):
    if place == token or (place, token) == ("unsubscribe", "digest"):
        return
    before, path = state(), PLACES[place].format(made[token])
    for response in (Client().get(path), Client().post(path, DATA)):
        assert is_clear(response)
        assert response.status_code >= 400
    assert state() == before


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "x", lambda t: "A" + t[1:], lambda t: t.swapcase()])
def test_an_altered_one_does_nothing(made, place, change):
    before, path = state(), PLACES[place].format(change(made[place]))
    for response in (Client().get(path), Client().post(path, DATA)):
        assert is_clear(response)
        assert response.status_code in (400, 404)
    assert state() == before


@pytest.mark.parametrize("token", ["confirm", "manage", "part", "unsubscribe", "digest"])
def test_looking_three_times_changes_nothing(made, token):
    before = state()
    for _look in range(3):
        assert Client().get(PLACES[{"digest": "unsubscribe"}.get(token, token)].format(made[token])).status_code == 200
    assert state() == before


@pytest.mark.parametrize("place", ["confirm", "part"])
def test_one_that_is_400_days_old_confirms_nothing(subscribed, place, monkeypatch):
    long_ago = (timezone.now() - timedelta(days=400)).timestamp()
    with monkeypatch.context() as then:
        then.setattr("django.core.signing.time.time", lambda: long_ago)
        waiting = Subscriber.objects.create(email="waiting@elsewhere.example")
        wish = PartWish.objects.create(part=make_part(), email="waiting@elsewhere.example")
        token = {"confirm": tokens.make(services.CONFIRM, waiting.pk), "part": tokens.make(wishes.CONFIRM, wish.pk)}[
            place
        ]
    before = state()
    response = Client().post(PLACES[place].format(token))
    assert (response.status_code, "too old" in response.text) == (400, True)
    assert state() == before


@pytest.mark.parametrize(("days", "status"), [(170, 200), (190, 400), (400, 400)])
def test_one_that_shows_choices_grows_too_old_and_a_new_one_is_offered(subscribed, days, status, monkeypatch):
    mine = subscribed()
    with monkeypatch.context() as then:
        then.setattr("django.core.signing.time.time", lambda: (timezone.now() - timedelta(days=days)).timestamp())
        path = services.manage_url(mine)
    before = state()
    page = Client().get(path)
    assert (page.status_code, "Send me a new link" in page.text) == (status, status == 400)
    if status == 400:
        assert Client().post(path, {"articles": "all", "pace": "monthly"}).status_code == 400
        assert state() == before
        assert mine.email not in page.text
        Client().post("/subscribe/", {"email": mine.email})
        assert "/subscriptions/manage/" in Email.objects.order_by("pk").last().message


@pytest.mark.parametrize("place", ["unsubscribe", "digest"])
def test_one_that_is_400_days_old_still_stops_the_letters(subscribed, place, monkeypatch):
    mine = subscribed(pace="weekly")
    with monkeypatch.context() as then:
        long_ago = (timezone.now() - timedelta(days=400)).timestamp()
        then.setattr("django.core.signing.time.time", lambda: long_ago)
        links = {"unsubscribe": services.stop_url(mine), "digest": writing.stop_url(DigestReader.objects.get())}
    path = links[place].removeprefix("http://groundswell.example")
    assert "r•••@elsewhere.example" in Client().get(path).text
    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (Subscriber.objects.count(), DigestReader.objects.count()) == (0, 0)


@pytest.mark.parametrize("place", PLACES)
def test_of_somebody_who_is_gone_it_is_a_kind_page(made, place):
    Subscriber.objects.all().delete()
    PartWish.objects.all().delete()
    DigestReader.objects.all().delete()
    before = state()
    for response in (Client().get(PLACES[place].format(made[place])), Client().post(PLACES[place].format(made[place]))):
        assert is_clear(response)
    assert state() == before


def test_used_twice_it_changes_nothing_more(made):
    path = PLACES["confirm"].format(made["confirm"])
    Client().post(path)
    before = state()
    assert Client().post(path).status_code == 200
    assert state() == before


def test_an_old_link_stops_what_comes_there_after_a_new_beginning_and_nobody_elses(subscribed):
    first = subscribed()
    path = services.stop_url(first).removeprefix("http://groundswell.example")
    services.stop(subscriber=first)
    assert "stopped already" in Client().get(path).text
    other = subscribed("other@elsewhere.example")
    subscribed(first.email)
    assert "all new articles" in Client().get(path).text
    Client().post(path)
    assert list(Subscriber.objects.all()) == [other]


def test_a_link_from_before_addresses_were_named_still_works(subscribed):
    mine = subscribed()
    path = unsubscribing.link("subscription", id=mine.pk).removeprefix("http://groundswell.example")
    assert re.search("r•••@elsewhere", Client().get(path).text)
    Client().post(path)
    assert Subscriber.objects.count() == 0
