"""Who may write under an article or a chapter, and until when."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content import pagecache
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.primer import ChapterPage
from content.pages.talk import Talkers
from content.settings import OrganisationSettings
from conversation.hosts import Target, target_of
from conversation.models import Comment, PendingComment
from tests import cast
from tests.conversation.conftest import link_in, mails, rendered, say, send

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def article(site_pages) -> ArticlePage:
    """Out for ten days."""
    page = ArticlePage(title="The invoice", slug="the-invoice", standfirst="Nobody asked.")
    ArticleIndexPage.objects.get().add_child(instance=page)
    page.first_published_at = timezone.now() - timedelta(days=10)
    page.save()
    return page


@pytest.fixture
def signed_in(db):
    return cast.person("ada@larkfield.example")


def with_rules(page, *, talk: str = Talkers.EVERYONE, days: int | None = None, site: int | None = None) -> Target:
    """The page as it is served under these rules of its own and of the site."""
    settings = OrganisationSettings.current()
    settings.talk_days = site
    settings.save()
    page.talk, page.talk_days = talk, days
    page.save()
    pagecache.shelf = pagecache.Shelf()
    return target_of(type(page).objects.get(pk=page.pk))


@pytest.mark.parametrize(
    ("rules", "reader", "signed"),
    [
        ({}, True, True),
        ({"talk": Talkers.SIGNED_IN}, False, True),
        ({"talk": Talkers.NOBODY}, False, False),
        ({"days": 9}, False, False),
        ({"days": 11}, True, True),
        ({"site": 9}, False, False),
        ({"site": 9, "days": 0}, True, True),
        ({"site": 9, "days": 20}, True, True),
        ({"site": 20, "days": 9}, False, False),
        ({"talk": Talkers.SIGNED_IN, "site": 9}, False, False),
    ],
)
def test_a_page_says_who_writes_and_until_when(article, signed_in, rules, reader, signed):
    target = with_rules(article, **rules)
    assert (target.open_to(NOBODY), target.open_to(signed_in)) == (reader, signed)


def test_a_chapter_has_the_same_rules(site_pages, signed_in):
    target = with_rules(ChapterPage.objects.first(), talk=Talkers.SIGNED_IN)
    assert (target.open_to(NOBODY), target.open_to(signed_in)) == (False, True)


def test_a_closed_talk_says_since_when_and_is_still_read(article):
    root = say(target_of(article), "Ours has three totals.")
    target = with_rules(article, days=9)
    page = rendered(target, NOBODY)
    day = timezone.localtime(article.first_published_at + timedelta(days=9))
    assert f"The talk here closed on {day:%-d %B %Y}." in page
    assert "Ours has three totals." in page
    assert "Add a comment" not in page
    assert "reply_to" not in page, root


@pytest.mark.parametrize(
    ("talk", "says"), [(Talkers.NOBODY, "The talk under this page is closed."), (Talkers.SIGNED_IN, "Sign in</a> to")]
)
def test_who_may_not_write_is_told_which_it_is(article, talk, says):
    assert says in rendered(with_rules(article, talk=talk), NOBODY)


def test_the_form_of_a_closed_talk_is_a_kind_page_and_signing_in_is_asked_where_it_helps(article, client):
    target = with_rules(article, talk=Talkers.NOBODY)
    address = reverse("conversation:new", args=[target.kind, target.thing.pk])
    assert "The talk under this page is closed." in client.get(address).text
    in_place = client.get(address, headers={"HX-Request": "true"}).text
    assert "The talk under this page is closed." in in_place
    assert "<html" not in in_place
    with_rules(article, talk=Talkers.SIGNED_IN)
    assert client.get(address).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("rules", [{"talk": Talkers.NOBODY}, {"talk": Talkers.SIGNED_IN}, {"days": 9}])
def test_posts_and_replies_to_a_closed_talk_are_refused_and_the_words_kept(article, rules):
    root = say(target_of(article))
    target = with_rules(article, **rules)
    for reply_to in ("", root.pk):
        answer = send(target, reply_to=reply_to)
        assert "Our reports have the same disease." in answer.text
        assert "Your text is kept below" in answer.text
    assert PendingComment.objects.count() == 0
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("rules", [{"talk": Talkers.NOBODY}, {"talk": Talkers.SIGNED_IN}, {"days": 9}])
def test_what_is_confirmed_too_late_does_not_stand_and_its_words_are_shown(article, rules):
    send(target_of(article))
    link = link_in(mails("comment-confirm")[0], "confirm")
    with_rules(article, **rules)
    answer = Client().post(link)
    assert "Your text is kept below" in answer.text
    assert "Our reports have the same disease." in answer.text
    assert Comment.objects.count() == 0


def test_the_rules_of_the_site_are_heard_by_cached_pages_at_once(article, client, django_capture_on_commit_callbacks):
    address = article.get_absolute_url()
    assert "Add a comment" in client.get(address).text
    settings = OrganisationSettings.current()
    settings.talk_days = 9
    with django_capture_on_commit_callbacks(execute=True):
        settings.save()
    pagecache.shelf.read_at = 0.0  # a second has passed
    assert "The talk here closed on" in client.get(address).text
