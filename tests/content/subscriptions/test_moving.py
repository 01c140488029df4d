"""A login with another address from now on: what comes by mail goes along."""

import pytest
from allauth.account.models import EmailAddress
from post_office.models import Email

from content.models import Subscriber
from content.subscriptions import services
from postbox import discretion
from postbox.addresses import hashed
from postbox.digests.models import DigestReader
from postbox.digests.writing import stop_url
from postbox.models import Dispatch
from postbox.sender import send_waiting
from tests.cast import PASSWORD, client_of, person
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db
OLD, NEW = "ada@larkfield.example", "ada@elsewhere.example"


def change(user, to: str = NEW) -> None:
    """As on the page of one's addresses."""
    EmailAddress.objects.get_or_create(user=user, email=to, defaults={"verified": True})
    client = client_of(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.post("/accounts/email/", {"action_primary": "", "email": to}, follow=True)
    user.refresh_from_db()
    assert (page.status_code, user.email) == (200, to)


def test_the_subscription_its_digest_and_its_discretion_go_along(subscribed, morning, server, sink):
    ada = person(OLD)
    subscribed(OLD, pace="weekly", discreet=True)
    services.choose(subscriber=services.of_user(ada), choice=services.Choice(pace="weekly"), user=ada)
    old_link = stop_url(DigestReader.objects.get()).removeprefix("http://groundswell.example")
    Email.objects.all().delete()
    change(ada)
    Email.objects.all().delete()
    assert services.of_user(ada).email == NEW
    reader = DigestReader.objects.get()
    assert (reader.email, reader.recipient, discretion.is_discreet(NEW)) == (NEW, hashed(NEW), True)
    make_article()
    assert (morning(), send_waiting()) == (1, 1)
    assert (sink.mails[0]["To"], sink.subjects) == (NEW, ["Your letter"])
    assert Dispatch.objects.get(kind="digest").recipient == hashed(NEW)
    client_of().post(old_link)
    assert (Subscriber.objects.count(), DigestReader.objects.count()) == (0, 0)


def test_one_that_is_at_the_new_address_already_counts(subscribed):
    ada = person(OLD)
    subscribed(OLD, pace="weekly")
    subscribed(NEW)
    change(ada)
    assert [(mine.email, mine.pace) for mine in Subscriber.objects.all()] == [(NEW, "now")]
    assert DigestReader.objects.count() == 0


def test_two_digests_of_one_rhythm_become_one(subscribed):
    ada = person(OLD)
    subscribed(OLD, pace="weekly")
    subscribed(NEW, pace="weekly")
    change(ada)
    assert [(reader.email, reader.user) for reader in DigestReader.objects.all()] == [(NEW, ada)]


def test_what_comes_to_an_address_that_is_only_claimed_stays_there(subscribed):
    eve = person(OLD, verified=False)
    mine = subscribed(OLD, pace="weekly", discreet=True)
    change(eve)
    mine.refresh_from_db()
    assert (mine.email, DigestReader.objects.get().email, discretion.is_discreet(NEW)) == (OLD, OLD, False)
