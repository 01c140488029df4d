"""Comments of the old site: their threads, their status, and what is not kept of their writers."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from post_office.models import Email

from content.models import ArticlePage, HomePage
from content.wordpress.importing import import_export
from conversation import changing, services, thread
from conversation.hosts import target_of
from conversation.models import Comment
from tests.content.makers import make_article
from tests.content.wordpress.exports import comment, export, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(site_pages: HomePage) -> None:
    """Every test begins with the starting pages."""


def talk_of(article: ArticlePage) -> list[tuple[str, list[str]]]:
    strands = thread.read(target=target_of(article), user=AnonymousUser()).strands
    return [(strand.root.comment.comment, [entry.comment.comment for entry in strand.replies]) for strand in strands]


def test_threads_are_two_levels_deep_and_in_order(tmp_path: Path):
    talk = [
        comment(1, "root"),
        comment(2, "other root"),
        comment(3, "answer", parent=1),
        comment(4, "answer to the answer", parent=3),
        comment(5, "answers nobody", parent=99),
    ]
    import_export(export(tmp_path, post(1, comments=talk)))
    article = ArticlePage.objects.get(slug="the-last-boat")
    assert talk_of(article) == [
        ("root", ["answer", "answer to the answer"]),
        ("other root", []),
        ("answers nobody", []),
    ]
    assert Comment.objects.get(comment="answer to the answer").reply_to.comment == "answer"
    assert Email.objects.count() == 0


def test_the_librarys_rows_are_those_of_a_comment_that_was_posted_here(tmp_path: Path):
    talk = [comment(1, "root"), comment(2, "answer", parent=1), comment(3, "another", parent=1)]
    import_export(export(tmp_path, post(1, comments=talk)))
    there = make_article("Written here")
    root = services.place(target=target_of(there), words=words("root"), email="rowan@reader.example")
    for text in ("answer", "another"):
        services.place(
            target=target_of(there), words=words(text), email="rowan@reader.example", parent=root, is_demo=True
        )
    assert shape(ArticlePage.objects.get(slug="the-last-boat")) == shape(there)


def words(text: str) -> services.Words:
    return services.Words(name="Rowan Pike", text=text, press="")


def shape(article: ArticlePage) -> list[tuple]:
    rows = list(Comment.objects.under(target_of(article)).order_by("pk"))
    first = rows[0].pk
    return [
        (
            row.pk - first,
            row.thread_id - first,
            row.parent_id - first,
            row.root - first,
            row.level,
            row.order,
            row.nested_count,
            row.reply_to_id and row.reply_to_id - first,
            row.comment,
            row.user_name,
            row.user_email,
            row.user_url,
            row.ip_address,
            row.site_id,
            row.is_public,
            row.is_removed,
            row.followup,
            row.press,
        )
        for row in rows
    ]


def test_held_ones_wait_spam_and_pingbacks_stay_away(tmp_path: Path):
    talk = [
        comment(1, "shown"),
        comment(2, "held", status="0"),
        comment(3, "spam", status="spam"),
        comment(4, "x", status="trash"),
        comment(5, "ping", kind="pingback"),
        comment(6, "track", kind="trackback"),
        comment(7, "to spam", parent=3),
    ]
    report = import_export(export(tmp_path, post(1, comments=talk)))
    assert sorted(Comment.objects.values_list("comment", "is_public")) == [
        ("held", False),
        ("shown", True),
        ("to spam", True),
    ]
    assert report.counts["pingbacks and trackbacks left out"] == 2


def test_who_wrote_is_kept_as_this_sites_own_comments_keep_it(tmp_path: Path):
    talk = [comment(1, name="rowan@reader.example"), comment(2, name="Iris", user=4), comment(3, name="Other", user=5)]
    import_export(export(tmp_path, post(1, comments=talk)))
    found = list(
        Comment.objects.order_by("pk").values_list("user_name", "user_email", "ip_address", "user", "by_author")
    )
    assert found == [
        ("A reader", "rowan@reader.example", None, None, False),
        ("Iris", "rowan@reader.example", None, None, True),
        ("Other", "rowan@reader.example", None, None, False),
    ]


def test_a_circle_of_answers_becomes_one_thread(tmp_path: Path):
    talk = [comment(1, "hen", parent=2), comment(2, "egg", parent=1), comment(3, "self", parent=3)]
    import_export(export(tmp_path, post(1, comments=talk)))
    assert talk_of(ArticlePage.objects.get(slug="the-last-boat")) == [("hen", ["egg"]), ("self", [])]


def test_a_later_export_adds_answers_to_threads_that_are_here(tmp_path: Path):
    import_export(export(tmp_path, post(1, comments=[comment(1, "root"), comment(2, "one", parent=1)])))
    more = [comment(1, "root"), comment(2, "one", parent=1), comment(3, "two", parent=2), comment(4, "new")]
    import_export(export(tmp_path, post(1, comments=more)))
    assert talk_of(ArticlePage.objects.get(slug="the-last-boat")) == [("root", ["one", "two"]), ("new", [])]
    assert list(Comment.objects.filter(level=1).order_by("pk").values_list("order", flat=True)) == [2, 3]
    assert Comment.objects.get(comment="root").nested_count == 2


def test_what_an_editor_took_down_here_stays_down(tmp_path: Path):
    file = export(tmp_path, post(1, comments=[comment(1, "rude")]))
    import_export(file)
    changing.remove(comment=Comment.objects.get(), by="editor")
    import_export(export(tmp_path, post(1, comments=[comment(1, "rude, again")])))
    assert Comment.objects.filter(is_removed=True, comment="rude").count() == 1


def test_html_in_a_comment_becomes_this_sites_own_way_of_writing(tmp_path: Path):
    text = 'Not *bold* <b>bold</b> <script>alert(1)</script><a href="javascript:x()">a</a>\n\n<a href="https://a.example/">b</a>'
    import_export(export(tmp_path, post(1, comments=[comment(1, text)])))
    assert Comment.objects.get().comment == "Not \\*bold\\* **bold** a\n\n[b](https://a.example/)"
