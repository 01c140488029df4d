"""From an author to an editor and back, through the CMS's own pages, with a mail at each turn."""

import re

import pytest
from django.urls import reverse
from post_office.models import Email

from content.pages.articles import ArticleIndexPage
from tests.cast import client_of, person
from tests.content.cms.forms import article_form, newest

pytestmark = pytest.mark.django_db
HERE = "http://groundswell.example"


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """What was written to whom since the last look."""
    seen: list[int] = []

    def look() -> dict[str, Email]:
        found = Email.objects.exclude(pk__in=seen)
        seen.extend(mail.pk for mail in found)
        return {mail.to[0]: mail for mail in found}

    return look


@pytest.fixture
def everybody(site_pages, author, editor, steward, admin):
    """Among them an author who is no part of it."""
    person("wren@larkfield.example", name="Wren", groups=("authors",))


def write_and_submit(author) -> int:
    add = reverse("wagtailadmin_pages:add", args=["content", "articlepage", ArticleIndexPage.objects.get().pk])
    assert client_of(author).post(add, article_form() | {"action-submit": "1"}).status_code == 302
    return newest().pk


def answer(someone, pk: int, action: str, comment: str = "") -> int:
    state = newest().current_workflow_task_state
    path = reverse("wagtailadmin_pages:workflow_action", args=[pk, action, state.pk])
    return client_of(someone).post(path, {"comment": comment}).status_code


def test_editors_are_asked_and_nobody_else(everybody, author, mails):
    pk = write_and_submit(author)
    sent = mails()
    assert list(sent) == ["editor@larkfield.example"]
    (mail,) = sent.values()
    assert mail.subject == "Ready for you to read: The form that lost nine fields"
    assert "Auden Vale has finished a draft" in mail.message
    assert f"{HERE}/cms/pages/{pk}/edit/" in mail.message
    assert set(re.findall(r"https?://[^/\"\s]+", mail.html_message)) == {HERE}
    assert not newest().live


def test_approval_publishes_and_tells_the_author_alone(everybody, author, editor, mails):
    pk = write_and_submit(author)
    mails()
    assert answer(editor, pk, "approve", "Lovely ending.") == 302
    sent = mails()
    assert list(sent) == ["author@larkfield.example"]
    mail = sent["author@larkfield.example"]
    assert mail.subject == "Published: The form that lost nine fields"
    assert "Edith Marlow has read your draft" in mail.message
    assert "Lovely ending." in mail.message
    assert f"{HERE}/articles/nine-fields/" in mail.message
    assert newest().live


def test_a_request_for_changes_tells_the_author_what_is_missing(everybody, author, editor, mails):
    pk = write_and_submit(author)
    mails()
    assert answer(editor, pk, "reject", "Say <b>who</b> asked, please.") == 302
    sent = mails()
    assert list(sent) == ["author@larkfield.example"]
    mail = sent["author@larkfield.example"]
    assert mail.subject == "Not quite there yet: The form that lost nine fields"
    assert "Say <b>who</b> asked, please." in mail.message
    assert "Say &lt;b&gt;who&lt;/b&gt; asked, please." in mail.html_message
    assert f"{HERE}/cms/pages/{pk}/edit/" in mail.message
    assert not newest().live


def test_while_it_waits_the_author_reads_and_the_editor_changes(everybody, author, editor):
    pk = write_and_submit(author)
    edit = reverse("wagtailadmin_pages:edit", args=[pk])
    for someone, title in ((author, "The form that lost nine fields"), (editor, "The form that lost ten")):
        client_of(someone).post(edit, article_form(title="The form that lost ten"))
        assert newest().get_latest_revision_as_object().title == title


def test_after_a_request_for_changes_it_is_the_author_s_again(everybody, author, editor, mails):
    pk = write_and_submit(author)
    answer(editor, pk, "reject", "Shorter.")
    mails()
    edit = reverse("wagtailadmin_pages:edit", args=[pk])
    client_of(author).post(edit, article_form(title="Short") | {"action-submit": "1"})
    assert newest().get_latest_revision_as_object().title == "Short"
    assert list(mails()) == ["editor@larkfield.example"]


def test_whoever_turned_it_off_gets_none(everybody, author, editor, mails):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(editor)
    profile.submitted_notifications = False
    profile.save()
    write_and_submit(author)
    assert mails() == {}


def test_without_an_editor_the_stewards_are_asked(site_pages, author, steward, mails):
    write_and_submit(author)
    assert list(mails()) == ["steward@larkfield.example"]


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_an_author_cannot_answer_for_the_editors(everybody, author, action):
    pk = write_and_submit(author)
    answer(author, pk, action)
    assert (newest().live, newest().current_workflow_state.status) == (False, "in_progress")


@pytest.mark.parametrize("asked", ["action-publish", "action-unpublish", "action-approve"])
def test_an_author_s_post_publishes_nothing(site_pages, author, asked):
    add = reverse("wagtailadmin_pages:add", args=["content", "articlepage", ArticleIndexPage.objects.get().pk])
    client_of(author).post(add, article_form() | {asked: "1"})
    assert not newest().live


def test_an_author_publishes_and_unpublishes_nothing_by_any_address(site_pages, author):
    from tests.content.makers import make_article

    draft, public = make_article("Mine", live=False, owner=author), make_article("Out", owner=author)
    client = client_of(author)
    for page, action in ((draft, "publish"), (public, "unpublish"), (public, "delete")):
        client.post(f"/cms/api/main/pages/{page.pk}/action/{action}/", {}, content_type="application/json")
        client.post(f"/cms/pages/{page.pk}/{action}/")
        client.post(f"/cms/bulk/wagtailcore/page/{action}/?id={page.pk}")
    draft.refresh_from_db()
    public.refresh_from_db()
    assert (draft.live, public.live) == (False, True)
