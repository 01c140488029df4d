"""What a comment costs the database: constant, and little."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.talk import site_talk_days
from conversation.hosts import Target, target_of
from tests import cast
from tests.conversation.conftest import link_in, mails, say, send

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def article(site_pages, settings) -> Target:
    """A real page; what followers are told is the worker's."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    site_talk_days()  # every process has it in memory after its first page
    page = ArticlePage(title="The invoice", slug="the-invoice", standfirst="Nobody asked.")
    return target_of(ArticleIndexPage.objects.get().add_child(instance=page))


def cost(act) -> int:
    """The questions asked, without where transactions begin and end."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act()
    return len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])


@pytest.mark.parametrize("talk", [1, 30])
def test_an_ally_posts_and_replies_in_fifteen_queries(article, ally, talk):
    roots = [say(article, followup=True, email="hester@example.org") for _number in range(talk)]
    client, costs = cast.client_of(ally), []
    for changes in ({}, {"reply_to": roots[0].pk}):
        costs.append(cost(lambda changes=changes: send(article, client, **changes)))
    assert max(costs) <= MOST, costs


def test_a_reader_asks_and_confirms_in_fifteen_queries_each(article):
    root, reader = say(article), Client()
    asking = cost(lambda: send(article, reader, reply_to=root.pk))
    link = link_in(mails("comment-confirm")[0], "confirm")
    confirming = cost(lambda: reader.post(link))
    assert max(asking, confirming) <= MOST, (asking, confirming)
