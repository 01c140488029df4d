"""What one can choose, on which page, and who hears of an article at once."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import SignupPolicy
from content.models import Author, Consent, Subscriber, Topic
from content.subscriptions import choosing, services
from postbox import discretion
from postbox.digests.models import DigestChoice, DigestReader
from tests.cast import client_of, person
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db
READER = "reader@elsewhere.example"


def test_who_hears_at_once(subscribed):
    article = make_article(topics=("Handovers",))
    handovers, auden = Topic.objects.get(), Author.objects.get()
    other = Topic.objects.create(name="Leading", slug="leading")
    subscribed("all@elsewhere.example")
    subscribed("topic@elsewhere.example", everything=False, topics=[handovers, other])
    subscribed("author@elsewhere.example", everything=False, authors=[auden])
    subscribed("other@elsewhere.example", everything=False, topics=[other])
    subscribed("nothing@elsewhere.example", everything=False)
    subscribed("weekly@elsewhere.example", pace="weekly")
    Subscriber.objects.create(email="unconfirmed@elsewhere.example")
    names = {subscriber.email.partition("@")[0] for subscriber in Subscriber.objects.wanting(article)}
    assert names == {"all", "topic", "author"}
    interested = {subscriber.email.partition("@")[0] for subscriber in Subscriber.objects.interested_in(article)}
    assert interested == names | {"weekly"}


def test_everything_is_chosen_in_one_go_and_nothing_counts_before_the_button(site_pages):
    make_article(topics=("Handovers",))
    topic = Topic.objects.get()
    data = {"email": READER, "articles": "some", "topics": [topic.pk], "pace": "monthly", "discreet": "on"}
    assert Client().post("/subscribe/", data | {"timezone": "Asia/Kathmandu"}).status_code == 200
    mine = Subscriber.objects.get()
    assert (mine.everything, list(mine.topics.all()), mine.pace) == (False, [topic], "monthly")
    assert (DigestReader.objects.count(), discretion.is_discreet(READER), Consent.objects.count()) == (0, False, 0)
    services.confirm(subscriber=mine)
    reader = DigestReader.objects.get()
    assert (reader.rhythm, reader.timezone, discretion.is_discreet(READER)) == ("monthly", "Asia/Kathmandu", True)
    consent = Consent.objects.get()
    assert (consent.how, consent.words) == ("page", "Yes, send me: new articles about Handovers")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "localtime", "../etc/passwd", "\x00", "x" * 70])
def test_a_zone_that_is_none_is_the_sites(site_pages, zone):
    Client().post("/subscribe/", {"email": READER, "timezone": zone})
    assert {subscriber.timezone for subscriber in Subscriber.objects.all()} <= {""}


def test_knowing_an_address_is_not_enough_to_change_what_it_gets(subscribed):
    mine = subscribed()
    Client().post("/subscribe/", {"email": mine.email, "articles": "none", "pace": "monthly", "discreet": "on"})
    Client().post("/subscribe/", {"email": mine.email, "pace": "monthly", "discreet": "on"})
    mine.refresh_from_db()
    assert (mine.everything, mine.pace, discretion.is_discreet(mine.email)) == (True, "now", False)


def test_nothing_ticked_is_asked_about(subscribed):
    mine = subscribed()
    for data in ({"articles": "some", "pace": "now"}, {"articles": "none", "pace": "now"}, {"pace": "now"}, {}):
        assert Client().post(services.manage_url(mine), data).status_code == 422
    assert Client().post("/subscribe/", {"email": "x@elsewhere.example", "articles": "none"}).status_code == 422


def test_another_pace_and_back(subscribed):
    mine = subscribed()
    path = services.manage_url(mine)
    assert "r•••@elsewhere.example" in Client().get(path).text
    Client().post(path, {"articles": "all", "pace": "weekly", "timezone": "America/St_Johns"})
    assert DigestReader.objects.get().timezone == "America/St_Johns"
    Client().post(path, {"articles": "all", "pace": "now", "timezone": "America/St_Johns"})
    assert DigestReader.objects.count() == 0


def test_whoever_has_signed_in_presses_one_button_and_needs_no_link(site_pages):
    ada = person("ada@larkfield.example", timezone="Asia/Kathmandu")
    client = client_of(ada)
    assert client.post("/subscribe/").status_code == 200
    mine = Subscriber.objects.get()
    assert (mine.email, mine.confirmed_at is not None, mine.consents.get().how) == (ada.email, True, "account")
    assert "all new articles" in client.get("/subscribe/").text
    assert client.post("/me/subscription/", {"articles": "all", "pace": "weekly"}).status_code == 302
    reader = DigestReader.objects.get()
    assert (reader.user, str(reader.zone)) == (ada, "Asia/Kathmandu")
    assert client_of().get("/me/subscription/").status_code == 302


def test_subscribing_with_one_press_leaves_an_inbox_as_discreet_as_it_was(site_pages):
    ada = person("ada@larkfield.example")
    discretion.ask(address=ada.email, discreet=True)
    assert client_of(ada).get("/me/subscription/").context["form"].initial["discreet"] is True
    client_of(ada).post("/subscribe/")
    assert (Subscriber.objects.count(), discretion.is_discreet(ada.email)) == (1, True)
    client_of(ada).post("/me/subscription/", {"articles": "all", "pace": "now"})
    assert not discretion.is_discreet(ada.email)


def test_an_address_that_is_not_confirmed_is_told_so(site_pages):
    client = client_of(person("ada@larkfield.example", verified=False))
    page = client.post("/me/subscription/", {"articles": "all", "pace": "now"}, follow=True)
    assert ("Your choice is kept" in page.text, "Please confirm your address first" in page.text) == (False, True)
    assert Subscriber.objects.count() == 0


def test_a_subscriber_with_an_account_gets_one_digest_for_both(subscribed):
    ada = person("ada@larkfield.example")
    subscribed(ada.email, pace="weekly")
    kinds = client_of(ada).get("/me/notifications/").context["form"].fields
    answers = dict.fromkeys(kinds, "now") | {"digest-rhythm": "weekly"}
    assert client_of(ada).post("/me/notifications/preferences/", answers).status_code == 302
    assert DigestReader.objects.count() == 1
    assert list(DigestChoice.objects.values_list("section", flat=True)) == ["articles"]


def test_an_ally_to_be_keeps_their_choices(subscribed):
    mine = Subscriber.objects.create(email=READER)
    path = f"/subscriptions/confirm/{services.tokens.make(services.CONFIRM, mine.pk)}/"
    page = Client().post(path).text
    assert "/accounts/signup/?email=reader%40elsewhere.example" in page
    form = Client().get("/accounts/signup/?email=reader%40elsewhere.example").text
    assert 'value="reader@elsewhere.example"' in form


def test_becoming_an_ally_is_not_offered_to_whom_the_policy_turns_away(subscribed):
    SignupPolicy.objects.create(mode="domains", domains="larkfield.example")
    mine = subscribed()
    page = Client().get(f"/subscriptions/confirm/{services.tokens.make(services.CONFIRM, mine.pk)}/").text
    assert "Do you work here?" not in page


def test_in_words(subscribed):
    make_article(topics=("Handovers",))
    mine = subscribed(everything=False, topics=Topic.objects.all(), authors=Author.objects.all())
    assert choosing.in_words(mine) == "new articles about Handovers, and those by Auden Vale"


def test_old_unconfirmed_ones_are_forgotten(subscribed):
    kept = subscribed()
    Subscriber.objects.create(email="old@elsewhere.example", created_at=timezone.now() - 2 * services.CONFIRM_WITHIN)
    services.forget_the_unconfirmed()
    assert list(Subscriber.objects.all()) == [kept]
