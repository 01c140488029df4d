from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from content.models import Subscriber
from content.subscriptions import services
from content.subscriptions.choosing import Choice
from postbox.digests import writing
from postbox.digests.models import DigestChoice, DigestReader
from tests.postbox.conftest import server, sink

__all__ = ["server", "sink"]


@pytest.fixture
def subscribed(site_pages) -> Callable[..., Subscriber]:
    """A confirmed subscriber; `choice` fields say to what. What happens from now on is new to them."""

    def make(email: str = "reader@elsewhere.example", **choice) -> Subscriber:
        services.subscribe(email=email, network="10.0.0.0/24", choice=Choice(**choice))
        subscriber = Subscriber.objects.get(email=email)
        services.confirm(subscriber=subscriber)
        subscriber.refresh_from_db()
        return subscriber

    return make


@pytest.fixture
def morning() -> Callable[[], int]:
    """Everybody's next morning has come; returns how many digests were written."""

    def come() -> int:
        DigestReader.objects.update(next_at=timezone.now() - timedelta(seconds=1))
        DigestChoice.objects.update(told_until=timezone.now() - timedelta(hours=1))
        return writing.write_due()

    return come
