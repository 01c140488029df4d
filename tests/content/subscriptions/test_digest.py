"""What a subscriber's digest holds."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from content.models import ArticlePage, Subscriber, Topic
from postbox.digests import writing
from postbox.digests.models import DigestReader
from postbox.sender import send_waiting
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db


def test_it_tells_of_new_articles_of_the_chosen_topics_and_of_none_that_came_before(subscribed, morning, server, sink):
    old = make_article("Long ago", topics=("Handovers",))
    ArticlePage.objects.filter(pk=old.pk).update(first_published_at=timezone.now() - timedelta(days=3))
    subscribed(everything=False, topics=Topic.objects.all(), pace="weekly")
    make_article("Page four", topics=("Handovers",))
    make_article("Page five", topics=("Leading",))
    assert (morning(), send_waiting()) == (1, 2)  # the confirmation and the digest
    mail = sink.mails[-1]
    assert mail["Subject"] == "Page four"
    text = mail.get_body(("plain",)).get_content()
    assert [word in text for word in ("By Auden Vale. Where the bill hid.", "Page five", "Long ago")] == [
        True,
        False,
        False,
    ]
    assert "/subscriptions/manage/" in text


def test_an_article_taken_back_is_not_in_it(subscribed, morning, server, sink):
    subscribed(pace="weekly")
    first, second = make_article("Page four"), make_article("Page five")
    morning()
    first.unpublish()
    PageViewRestriction.objects.create(page=second, restriction_type=PageViewRestriction.LOGIN)
    assert send_waiting() == 1
    assert "confirm" in sink.subjects[0]


def test_an_article_that_came_by_itself_is_not_told_again(subscribed, morning):
    subscribed()
    make_article("Page four")
    assert morning() == 0


def test_one_press_in_it_ends_the_subscription(subscribed, morning, server, sink):
    subscribed(pace="monthly")
    make_article("Page four")
    morning()
    send_waiting()
    path = re.search(r"<http://groundswell\.example([^>]+)>", sink.mails[-1]["List-Unsubscribe"].replace("\n", ""))[1]
    strict = Client(enforce_csrf_checks=True)
    for _look in range(3):
        assert strict.get(path).status_code == 200
    assert Subscriber.objects.count() == 1
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (Subscriber.objects.count(), DigestReader.objects.count()) == (0, 0)


def test_the_number_of_queries_does_not_grow_with_the_subscribers(subscribed, morning):
    make_article("Page four", topics=("Handovers",))
    counts = []
    for number in (1, 3, 10):
        for one in range(number):
            subscribed(f"r{number}-{one}@elsewhere.example", pace="weekly", topics=Topic.objects.all())
        writing.Digest.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            assert morning() == Subscriber.objects.count()
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]
