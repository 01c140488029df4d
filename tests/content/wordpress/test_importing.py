# ruff: noqa: E501
"""What becomes of a WordPress export."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from post_office.models import Email
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from content.covers import draw
from content.models import ArticlePage, Author, HomePage, Imported, Picture, Series, StandardPage, Topic
from content.wordpress.importing import import_export
from conversation.models import Comment
from tests.content.wordpress.exports import attachment, comment, export, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(site_pages: HomePage) -> None:
    """Every test begins with the starting pages."""


def body_of(article: ArticlePage) -> list[tuple[str, object]]:
    return [(block.block_type, block.get_prep_value()["value"]) for block in article.body]


def test_a_post_becomes_an_article_with_its_dates_byline_topics_and_series(tmp_path: Path):
    item = post(
        7,
        "The last boat &amp; after",
        "First line.\nSecond line.\n\nNext <strong>paragraph</strong>.",
        post_name="the-last-boat",
        excerpt="Why we wait.",
        terms=[("category", "the-quay", "The quay &amp; the shed"), ("series", "tides", "Tides")],
        meta={"_series_part": "3"},
    )
    import_export(export(tmp_path, item))
    article = ArticlePage.objects.get(slug="the-last-boat")
    assert (article.title, article.standfirst, article.live) == ("The last boat & after", "Why we wait.", True)
    assert article.shown_at == article.first_published_at == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert article.last_published_at == datetime(2021, 4, 5, 6, 7, 8, tzinfo=UTC)
    assert [(author.name, author.user) for author in article.authors.all()] == [("Iris Calloway", None)]
    assert [(t.name, t.slug, t.description) for t in article.topics.all()] == [
        ("The quay & the shed", "the-quay", "Where people wait.")
    ]
    assert (article.series.title, article.series_part) == ("Tides", 3)
    assert body_of(article) == [("text", "<p>First line.<br/>Second line.</p><p>Next <b>paragraph</b>.</p>")]
    assert Client().get("/articles/the-last-boat/").status_code == 200
    assert Email.objects.count() == 0


def test_running_it_again_updates_and_doubles_nothing(tmp_path: Path):
    first = export(tmp_path, post(1, comments=[comment(5)]), post(2, "Second"))
    import_export(first)
    before = (Page.objects.count(), Comment.objects.count(), Author.objects.count(), Imported.objects.count())
    report = import_export(first)
    assert (Page.objects.count(), Comment.objects.count(), Author.objects.count(), Imported.objects.count()) == before
    assert report.counts["unchanged"] == 2
    import_export(
        export(tmp_path, post(1, content="It was late.", comments=[comment(5), comment(6)]), post(2, "Second"))
    )
    article = ArticlePage.objects.get(slug="the-last-boat")
    assert body_of(article) == [("text", "<p>It was late.</p>")]
    assert Comment.objects.count() == 2
    assert Page.objects.count() == before[0]


def test_what_was_changed_here_is_kept_and_said_unless_overwritten(tmp_path: Path):
    import_export(export(tmp_path, post(1)))
    article = ArticlePage.objects.get(slug="the-last-boat")
    article.title = "Our own title"
    article.save_revision().publish()
    changed = export(tmp_path, post(1, content="Other words."))
    report = import_export(changed)
    assert ArticlePage.objects.get(pk=article.pk).title == "Our own title"
    assert "kept" in report.text()
    import_export(changed, overwrite=True)
    assert ArticlePage.objects.get(pk=article.pk).title == "The last boat"


def test_what_was_deleted_here_stays_deleted(tmp_path: Path):
    file = export(tmp_path, post(1))
    import_export(file)
    ArticlePage.objects.get(slug="the-last-boat").delete()
    report = import_export(file)
    assert not ArticlePage.objects.filter(slug="the-last-boat").exists()
    assert "deleted here" in report.text()


def test_only_what_was_public_is_public_here(tmp_path: Path):
    items = [
        post(1, "Draft", status="draft", post_date_gmt="0000-00-00 00:00:00"),
        post(2, "Private", status="private"),
        post(3, "Pending", status="pending"),
        post(4, "Locked", post_password="sesame"),
        post(5, "Trashed", status="trash"),
        post(6, "Auto", status="auto-draft"),
        post(7, "Coming", status="future", post_date_gmt="2099-01-01 08:00:00"),
        post(8, "Overdue", status="future", post_date_gmt="2020-01-01 08:00:00"),
    ]
    report = import_export(export(tmp_path, *items))
    found = {page.title: page.status_string for page in ArticlePage.objects.all()}
    assert found == {
        "Draft": "draft",
        "Private": "draft",
        "Pending": "draft",
        "Locked": "draft",
        "Coming": "scheduled",
        "Overdue": "live",
    }
    assert "password" in report.text()
    assert "“private”" in report.text()


def test_pictures_come_from_the_media_folder_with_alt_text_and_without_position(tmp_path: Path):
    media = tmp_path / "uploads"
    (media / "2021/03").mkdir(parents=True)
    (media / "2021/03/quay.png").write_bytes(draw("rings", name="quay").read())
    content = (
        '[caption id="a" width="300"]<a href="https://ferry.example/x"><img class="wp-image-9" '
        'src="https://ferry.example/wp-content/uploads/2021/03/quay-300x200.png" alt="" /></a> The quay at six[/caption]'
        '\n\nBetween <img src="http://www.ferry.example/wp-content/uploads/2021/03/quay-150x150.png"> words.'
        '\n\n<img src="https://elsewhere.example/cat.png" alt="A cat">'
    )
    items = [post(1, content=content, meta={"_thumbnail_id": "9"}), attachment(9, "2021/03/quay.png", alt="Four posts")]
    report = import_export(export(tmp_path, *items), media=media)
    picture, article = Picture.objects.get(), ArticlePage.objects.get(slug="the-last-boat")
    assert (article.cover, article.cover_alt, picture.description) == (picture, "Four posts", "Four posts")
    assert body_of(article) == [
        ("picture", {"image": picture.pk, "alt": "Four posts", "caption": "The quay at six"}),
        ("text", "<p>Between</p>"),
        ("picture", {"image": picture.pk, "alt": "Four posts", "caption": ""}),
        ("text", '<p>words.</p><p><a href="https://elsewhere.example/cat.png">A cat</a></p>'),
    ]
    assert "https://elsewhere.example/cat.png" in report.text()


def test_links_between_posts_become_links_to_pages_whatever_their_order(tmp_path: Path):
    to_later = '<a href="https://www.ferry.example/2021/03/second/">later</a> <a href="/?p=3">third</a>'
    items = [
        post(1, content=to_later),
        post(2, "Second", '<a href="http://ferry.example/?p=1">back</a>'),
        post(3, "Third"),
    ]
    import_export(export(tmp_path, *items))
    first, second, third = (ArticlePage.objects.get(slug=slug) for slug in ("the-last-boat", "second", "third"))
    link = '<a linktype="page" id="{}">{}</a>'
    assert body_of(first) == [("text", f"<p>{link.format(second.pk, 'later')} {link.format(third.pk, 'third')}</p>")]
    assert body_of(second) == [("text", f"<p>{link.format(first.pk, 'back')}</p>")]
    assert first.get_latest_revision_as_object().body.get_prep_value() == first.body.get_prep_value()


def test_old_addresses_lead_to_the_pages(tmp_path: Path):
    import_export(
        export(tmp_path, post(12), post(13, "About us", post_type="page", link="https://ferry.example/about-us-2/"))
    )
    client = Client()
    assert client.get("/2021/03/the-last-boat/")["Location"].endswith("/articles/the-last-boat/")
    assert client.get("/?p=12")["Location"].endswith("/articles/the-last-boat/")
    assert client.get("/?page_id=13")["Location"].endswith("/about-us/")
    assert client.get("/?p=99999999999999999999").status_code == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/category/the-quay/", "/articles/topics/the-quay/"),
        ("/category/the-shed/lamps/", "/articles/topics/lamps/"),
        ("/tag/night-boat", "/articles/tags/night-boat/"),
        ("/author/iris/", "/articles/authors/iris/"),
        ("/series/crossings/", "/articles/series/crossings/"),
    ],
)
def test_the_lists_of_the_old_site_lead_to_ours(tmp_path: Path, old: str, new: str):
    terms = [
        ("category", "the-quay", "The quay"),
        ("category", "lamps", "Lamps"),
        ("post_tag", "night-boat", "Night boat"),
    ]
    terms.append(("series", "crossings", "Crossings"))
    child = "<wp:category><wp:category_nicename>lamps</wp:category_nicename><wp:category_parent>the-shed</wp:category_parent>"
    child += "<wp:cat_name>Lamps</wp:cat_name></wp:category>"
    import_export(export(tmp_path, child, post(terms=terms)))
    answer = Client().get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert "The last boat" in Client().get(new).content.decode()
    rows = Redirect.objects.count()
    import_export(export(tmp_path, child, post(content="It left late.", terms=terms)))
    assert Redirect.objects.count() == rows


def test_a_page_takes_no_address_that_this_site_needs(tmp_path: Path):
    import_export(
        export(tmp_path, post(1, "Clubs", post_type="page"), post(2, "About", post_type="page"), post(3, "Feed"))
    )
    assert set(StandardPage.objects.filter(title__in=["Clubs", "About"]).values_list("slug", flat=True)) >= {
        "clubs-2",
        "about-2",
    }
    assert ArticlePage.objects.get(title="Feed").slug == "feed-2"


def test_a_dry_run_changes_nothing_and_says_what_would_be(tmp_path: Path):
    media = tmp_path / "uploads"
    media.mkdir()
    (media / "quay.png").write_bytes(draw("gap", name="quay").read())
    file = export(tmp_path, post(1, content='<img class="wp-image-9" src="x">'), attachment(9, "quay.png"))
    report = import_export(file, media=media, dry_run=True)
    assert (report.counts["published"], report.counts["pictures"]) == (1, 1)
    assert (ArticlePage.objects.count(), Picture.objects.count(), Imported.objects.count()) == (0, 0, 0)


def test_the_command_prints_a_report_and_keeps_it_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    call_command("import_wordpress", export(tmp_path, post(1, content="[slider_pro id=4]")))
    said = capsys.readouterr().out
    assert "[slider_pro]" in said
    assert "post 1 “The last boat”" in (tmp_path / "export-report.txt").read_text()


def test_each_series_is_made_once(tmp_path: Path):
    terms = [("post_series", "tides", "Tides")]
    import_export(export(tmp_path, post(1, terms=terms), post(2, "Second", terms=terms)))
    assert [series.title for series in Series.objects.all()] == ["Tides"]
    assert Topic.objects.count() == 0
