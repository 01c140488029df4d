"""The first page of the CMS: to each person what they have in hand, and nothing of anybody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_comments.models import CommentFlag
from lxml import html

from accounts.models import User
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.sorting import Author
from content.reads import keeping
from content.subscriptions.models import Subscriber
from conversation.hosts import target_of
from conversation.services import Words, place
from tests.cast import client_of, person
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db


def write(title: str, owner: User, **fields: object) -> ArticlePage:
    """A draft, as its owner leaves it."""
    page = ArticlePage(title=title, standfirst="Where it began.", live=False, owner=owner, **fields)
    ArticleIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=owner)
    return page


def hand_in(page: ArticlePage, by: User) -> ArticlePage:
    page.get_workflow().start(page, by)
    return page


def schedule(page: ArticlePage, by: User) -> ArticlePage:
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision(user=page.owner).publish(user=by)
    return page


def panel(user: User, name: str) -> list[str]:
    """The titles that a panel of this person's dashboard lists."""
    page = html.fromstring(client_of(user).get("/cms/").content)
    (found,) = page.xpath(f"//section[@aria-labelledby='groundswell_{name}']") or [html.fromstring("<p/>")]
    return found.xpath(".//ol/li/a/text()")


@pytest.fixture
def other(db) -> User:
    return person("other@larkfield.example", name="Oona Blythe", groups=("authors",))


@pytest.fixture
def desk(site_pages, author, editor, other):
    """Each stage once, by two authors and an editor."""
    write("Mine", author)
    write("Hers", other)
    write("The editor’s", editor)
    hand_in(write("Mine, handed in", author), author)
    hand_in(write("Hers, handed in", other), other)
    schedule(write("Mine, scheduled", author), editor)
    schedule(write("Hers, scheduled", other), editor)


def test_an_author_sees_what_is_theirs(desk, author):
    assert [panel(author, name) for name in ("drafts", "handed_in", "scheduled", "to_decide")] == [
        ["Mine"],
        ["Mine, handed in"],
        ["Mine, scheduled"],
        [],
    ]


def test_no_word_of_another_s_drafts_reaches_an_author_there(desk, author):
    assert "Hers" not in client_of(author).get("/cms/").content.decode()


@pytest.mark.parametrize("role", ["editor", "steward"])
def test_editors_see_what_waits_and_what_will_appear(desk, role, request):
    someone = request.getfixturevalue(role)
    assert sorted(panel(someone, "scheduled")) == ["Hers, scheduled", "Mine, scheduled"]
    assert panel(request.getfixturevalue("editor"), "to_decide") == ["Mine, handed in", "Hers, handed in"]


def test_who_scheduled_it_and_when_is_said(desk, author, editor):
    page = client_of(author).get("/cms/").content.decode()
    assert f"by {editor.name}" in page


def test_what_an_editor_wants_changed_stands_at_the_author_s_draft(site_pages, author, editor):
    page = hand_in(write("A form nobody asked for", author), author)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, editor, "reject", comment="Who says so in the third paragraph?")
    assert panel(author, "drafts") == ["A form nobody asked for"]
    assert "Who says so in the third paragraph?" in client_of(author).get("/cms/").content.decode()


def test_a_page_that_will_be_taken_off_is_scheduled_too(site_pages, editor):
    page = make_article("For a week")
    page.expire_at = timezone.now() + timedelta(days=7)
    page.save()
    assert panel(editor, "scheduled") == ["For a week"]


def test_the_most_read_come_first_and_authors_see_their_own(site_pages, author, editor):
    few, many, hidden = make_article("Few"), make_article("Many"), make_article("Taken back")
    Author.objects.update(user=author)
    many.authors.clear()
    many.save()
    today = timezone.localdate()
    keeping.add(
        [(few.pk, today, 3), (many.pk, today, 5), (many.pk, today - timedelta(days=3), 5), (hidden.pk, today, 9)]
    )
    hidden.unpublish()
    assert (panel(editor, "most_read"), panel(author, "most_read")) == (["Many", "Few"], ["Few"])


def test_editors_see_how_many_comments_wait_and_who_has_subscribed(site_pages, editor, author, ally):
    words = Words(name="Ada", text="A word.", press="1")
    comment = place(target=target_of(make_article()), words=words, email="ada@larkfield.example")
    CommentFlag.objects.create(comment=comment, user=ally.user, flag=CommentFlag.SUGGEST_REMOVAL)
    now = timezone.now()
    for number, confirmed in enumerate([now, now - timedelta(days=40), None]):
        Subscriber.objects.create(email=f"reader{number}@elsewhere.example", confirmed_at=confirmed)
    page = html.fromstring(client_of(editor).get("/cms/").content)
    (figures,) = page.xpath("//section[@class='gs-figures']")
    assert figures.xpath(".//a/@href") == ["/cms/comments/?show=flagged"]
    assert figures.xpath(".//b/text()") == ["1", "1"]
    assert "of 2 in all" in figures.text_content()
    assert b"gs-figures" not in client_of(author).get("/cms/").content


def test_empty_panels_say_how_something_gets_there(site_pages, author):
    page = client_of(author).get("/cms/").content.decode()
    for words in ("Nothing begun", "Nothing of yours waits", "Nothing is scheduled", "No reads counted yet"):
        assert words in page


def test_what_wagtail_would_show_in_their_place_is_gone(desk, editor):
    page = client_of(editor).get("/cms/").content.decode()
    for words in (
        "Your most recent edits",
        "Awaiting your review",
        "Your pages and snippets in a workflow",
        "w-summary",
    ):
        assert words not in page


def test_the_number_of_queries_does_not_grow(site_pages, editor, author):
    def asked(user: User) -> int:
        client = client_of(user)
        client.get("/cms/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/cms/")
        return len(captured)

    counts = []
    for number in (1, 3):
        for turn in range(number):
            for user in (author, editor):
                name = f"{user.name} {number} {turn}"
                write(name, user)
                hand_in(write(f"{name} in", user), user)
                schedule(write(f"{name} soon", user), editor)
            keeping.add([(make_article(f"Read {number} {turn}").pk, timezone.localdate(), 1)])
        counts.append((asked(author), asked(editor)))
    assert counts[0] == counts[1]
