"""Published and unpublished by the clock, told once, and found nowhere before or after."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from post_office.models import Email

from content import pagecache
from content.pages.articles import ArticlePage
from content.pages.sorting import Series
from content.subscriptions.models import Subscriber
from content.tasks import announce_article, publish_scheduled
from postbox import clock
from tests.cast import client_of, person
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db
TITLE = "Brimstone lantern"
EVERYWHERE = [
    "/",
    "/articles/",
    "/articles/feed/",
    "/articles/topics/handovers/",
    "/articles/topics/handovers/feed/",
    "/articles/authors/auden-vale/",
    "/articles/series/paper-trail/",
    "/articles/page-four/",
    "/feed.json",
    "/sitemap.xml",
    "/search/?q=Brimstone",
]


@pytest.fixture
def article(site_pages, monkeypatch) -> ArticlePage:
    """A draft among published ones of its topic and series."""
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 0.0)
    series = Series.objects.create(title="Paper trail", slug="paper-trail")
    make_article(topics=("Handovers",), series=series, series_part=1)
    make_article("Page five", topics=("Handovers",))
    return make_article(TITLE, live=False, topics=("Handovers",), series=series, series_part=2)


def naming(client: Client) -> list[str]:
    """Where the article is named or linked, by a whole walk."""
    answers = {path: client.get(path) for path in [*EVERYWHERE, "/articles/brimstone-lantern/"]}
    return [
        path
        for path, answer in answers.items()
        if "/articles/brimstone-lantern/" in answer.text or (path.endswith("lantern/") and answer.status_code != 404)
    ]


def schedule(article: ArticlePage, *, minutes: int) -> None:
    """An editor has approved it for this time from now (before now: its time has come)."""
    article = ArticlePage.objects.get(pk=article.pk)
    article.go_live_at = now() + timedelta(hours=1)
    revision = article.save_revision()
    revision.publish()
    due = now() + timedelta(minutes=minutes)
    revision.refresh_from_db()
    revision.approved_go_live_at, revision.content["go_live_at"] = due, due.isoformat()
    revision.save()
    ArticlePage.objects.filter(pk=article.pk).update(go_live_at=due)


def announced(article: ArticlePage) -> int:
    """How many mails have told of it, once the worker has done (twice over) what it was asked."""
    for _time in range(2):
        announce_article.call(article.pk)
    return Email.objects.filter(subject__contains=TITLE).count()


def test_the_clock_looks_every_minute():
    (rhythm,) = [rhythm for rhythm in clock.jobs() if rhythm.name == "publish-scheduled"]
    assert rhythm.every == timedelta(minutes=1)


@pytest.mark.parametrize("who", ["visitor", "reader", "another author"])
def test_before_its_time_it_is_nowhere(article, author, who):
    someone = {"visitor": None, "reader": person("r@larkfield.example"), "another author": author}[who]
    schedule(article, minutes=5)
    publish_scheduled()
    assert naming(client_of(someone)) == []


def test_at_its_time_it_is_everywhere_at_once_and_told_once(article, django_capture_on_commit_callbacks):
    visitor = Client()
    Subscriber.objects.create(email="reader@elsewhere.example", confirmed_at=now())
    schedule(article, minutes=-1)
    assert (naming(visitor), announced(article)) == ([], 0)
    with django_capture_on_commit_callbacks(execute=True):
        publish_scheduled()
    found = naming(visitor)
    # The search's index is written by the worker, a moment later.
    assert {path for path in EVERYWHERE if "page-four" not in path and "search" not in path} <= set(found)
    assert "/articles/brimstone-lantern/" in found
    with django_capture_on_commit_callbacks(execute=True):
        publish_scheduled()
    assert announced(article) == 1


def test_after_its_time_it_is_nowhere_again(article, author, django_capture_on_commit_callbacks):
    visitor = Client()
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert len(naming(visitor)) > 8
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=now() - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        publish_scheduled()
    assert [naming(client_of(someone)) for someone in (None, author)] == [[], []]
