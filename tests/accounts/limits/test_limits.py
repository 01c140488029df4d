import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from accounts import limits
from accounts.models import Limit

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_the_limit_holds_and_says_when_to_come_back():
    for _ in range(3):
        limits.hit("invite", "ada@example.org", 3, HOUR)
    with pytest.raises(limits.TooMany) as refusal:
        limits.hit("invite", "Ada@example.org", 3, HOUR)
    assert 0 < refusal.value.retry_after <= 3600


@pytest.mark.django_db
def test_keys_and_scopes_are_counted_apart():
    limits.hit("invite", "ada", 1, HOUR)
    limits.hit("invite", "basil", 1, HOUR)
    limits.hit("search", "ada", 1, HOUR)
    assert sorted(Limit.objects.values_list("scope", "count")) == [("invite", 1), ("invite", 1), ("search", 1)]


@pytest.mark.django_db
def test_the_key_is_stored_so_that_nobody_can_read_it():
    limits.hit("invite", "ada@example.org", 3, HOUR)
    assert "ada" not in Limit.objects.get().key


@pytest.mark.django_db
def test_windows_that_have_passed_are_swept():
    limits.hit("invite", "ada", 1, HOUR)
    Limit.objects.update(until="2020-01-01T00:00Z")
    limits.hit("invite", "ada", 1, HOUR)
    assert (limits.sweep(), Limit.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_no_more_than_the_limit():
    outcomes = []

    def try_once() -> None:
        try:
            limits.hit("invite", "ada", 7, HOUR)
            outcomes.append("in")
        except limits.TooMany:
            outcomes.append("out")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_once) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("in"), outcomes.count("out")) == (7, 13)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "network"),
    [
        (0, "198.51.100.7", "203.0.113.9", "203.0.113.0/24"),
        (1, "198.51.100.7", "10.0.0.1", "198.51.100.0/24"),
        (1, "6.6.6.6, 198.51.100.7", "10.0.0.1", "198.51.100.0/24"),
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.2", "10.0.0.1", "198.51.100.0/24"),
        (1, "", "10.0.0.1", "10.0.0.0/24"),
        (0, "", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (0, "", "::ffff:203.0.113.9", "203.0.113.0/24"),
        (1, "rubbish", "10.0.0.1", "unknown"),
    ],
)
def test_the_network_of_a_request(settings, proxies, forwarded, remote, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert limits.network_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == network
