"""A link is dead when it failed on three days; editors hear of it, and nobody else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from content.links import checking
from content.links.inside import leads_somewhere
from content.links.models import Link, LinkCheck
from content.links.report import dead_links
from content.markdown_pages import blocks_of
from content.pages.articles import ArticlePage
from postbox.models import Notification
from tests.cast import client_of
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db

MISSING = "/no/such/page/"
RESOURCE = f":::resource\ntitle: Lost\naddress: {MISSING}\ngood_for: nothing\n:::\n"


@pytest.fixture
def article(site_pages) -> ArticlePage:
    page = make_article()
    page.body = blocks_of(RESOURCE)
    page.save_revision().publish()
    checking.follow_the_pages()
    return page


def fail_on(*days: date) -> LinkCheck:
    for day in days:
        checking.look_at(LinkCheck.objects.get(address=MISSING), today=day)
    return LinkCheck.objects.get(address=MISSING)


def days(number: int) -> list[date]:
    return [date(2031, 5, 1) + timedelta(days=day) for day in range(number)]


def test_three_days_of_failing_make_it_dead_and_three_times_a_day_do_not(article):
    fail_on(*days(1) * 3)
    assert list(dead_links()) == []
    fail_on(*days(3))
    assert [(link.page_id, link.address, link.since, link.why) for link in dead_links()] == [
        (article.pk, MISSING, date(2031, 5, 1), "is no page of this site (any more)")
    ]


def test_once_it_answers_it_is_well_again(article):
    fail_on(*days(3))
    Redirect.add_redirect(MISSING, "/primer/")
    fail_on(date(2031, 5, 9))
    assert list(dead_links()) == []


def test_what_no_page_points_to_any_more_is_forgotten(article):
    article.body = []
    article.save_revision().publish()
    checking.follow_the_pages()
    assert not LinkCheck.objects.filter(address=MISSING).exists()


def test_a_private_page_s_links_are_nobody_s_report(article):
    fail_on(*days(3))
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert list(dead_links()) == []


def test_those_that_failed_are_due_on_the_next_day_and_the_others_in_a_week(article):
    LinkCheck.objects.all().delete()
    now, yesterday = timezone.now(), timezone.localdate() - timedelta(days=1)
    LinkCheck.objects.create(address="new")
    LinkCheck.objects.create(address="well", checked_at=now - timedelta(days=6))
    LinkCheck.objects.create(address="well, a week ago", checked_at=now - timedelta(days=8))
    LinkCheck.objects.create(address="failed today", checked_at=now, failed_days=1, last_failed_on=timezone.localdate())
    LinkCheck.objects.create(address="failed yesterday", checked_at=now, failed_days=1, last_failed_on=yesterday)
    due = LinkCheck.objects.due(checking.EVERY).values_list("address", flat=True)
    assert sorted(due) == ["failed yesterday", "new", "well, a week ago"]


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/primer/get-clear/", True),
        ("/primer/get-clear/#part", True),
        ("/articles/feed/", True),
        ("/", True),
        ("/primer/nowhere/", False),
        ("/articles/not-yet/", False),
        ("page:999999", False),
        ("page:x", False),
        ("http://groundswell.example/primer/", True),
    ],
)
def test_addresses_of_this_site_are_asked_of_the_database(site_pages, address, there):
    make_article("Not yet", live=False)
    assert leads_somewhere(address) is there


def test_nothing_elsewhere_is_asked_when_the_organisation_does_not_want_it(settings):
    settings.CHECK_LINKS = False
    assert checking.fault_of("http://127.0.0.1/") == ""
    settings.CHECK_LINKS = True
    assert checking.fault_of("http://127.0.0.1/") == "is not on the public internet"


def test_editors_hear_of_it_once_a_week_at_most(article, editor, author):
    checking.tell_editors()
    assert Notification.objects.count() == 0
    fail_on(*days(3))
    for _again in range(2):
        checking.tell_editors()
    (note,) = Notification.objects.all()
    assert (note.user, note.text, note.url) == (
        editor,
        "A link on a published page leads nowhere.",
        "/cms/reports/dead-links/",
    )


def test_the_report_is_for_editors_and_names_page_link_and_reason(article, editor, author, steward):
    fail_on(*days(3))
    answers = [client_of(person).get(checking.REPORT) for person in (editor, steward)]
    for answer in answers:
        content = answer.content.decode()
        assert [word in content for word in ("Page four", "Lost", MISSING, "is no page of this site")] == [True] * 4
    assert client_of(author).get(checking.REPORT).status_code in (302, 404)
    assert Client().get(checking.REPORT).status_code == 302


def test_a_page_that_points_nowhere_is_served_without_asking(article):
    assert Link.objects.filter(address=MISSING).exists()
    assert Client().get(article.get_absolute_url()).status_code == 200
