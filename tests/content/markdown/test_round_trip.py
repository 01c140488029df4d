# ruff: noqa: E501
"""Out and in again: the same folder, byte for byte, and the same pages."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Site

from content.covers import draw
from content.images import Picture
from content.markdown import rich
from content.models import AnnouncedPart, ArticleIndexPage, ArticlePage, Author, HomePage, Series, Topic

pytestmark = pytest.mark.django_db


TABLE = {
    "caption": "Piers",
    "columns": [{"type": "text", "heading": "Pier"}, {"type": "number", "heading": "Boats | day"}],
    "rows": [{"values": ["<p>North <b>one</b></p>", "4"]}, {"values": ["<p>South</p>", ""]}],
}


def folder_of(path: Path) -> dict[str, bytes]:
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def empty_the_site() -> None:
    Site.objects.all().delete()
    Page.objects.all().delete()
    for model in (Series, Author, Topic, Picture):
        model.objects.all().delete()


def state() -> list[dict]:
    """Every page with its fields, numbers of rows left out."""
    return [
        {
            "address": page.url_path,
            "kind": type(page).__name__,
            "live": page.live,
            "waiting": page.has_unpublished_changes,
            "title": page.title,
            "dates": [page.first_published_at, page.go_live_at, getattr(page, "shown_at", None)],
            "texts": [
                getattr(page, name, None) for name in ("standfirst", "summary", "headline", "search_description")
            ],
            "idea": rich.html_of(rich.nodes_of(getattr(page, "idea", ""))),
            "body": [said(block) for block in page.body] if hasattr(page, "body") else None,
            "sorted": [
                [sorted(row.slug for row in getattr(page, name).all()) for name in ("authors", "topics", "tags")],
                [author.portrait and author.portrait.file_hash for author in page.authors.all()],
                [str(page.announced_part), page.updated_at],
                page.series and (page.series.slug, page.series_part),
                page.cover and (page.cover.title, page.cover.file_hash),
            ]
            if isinstance(page, ArticlePage)
            else None,
        }
        for page in Page.objects.filter(depth__gt=1).order_by("path").specific()
    ]


def said(block) -> tuple:
    value = block.get_prep_value()["value"]
    if block.block_type == "text":
        html = rich.html_of(rich.nodes_of(str(value)))
        for page in Page.objects.all():
            html = html.replace(f'id="{page.pk}"', f'id="{page.url_path}"')
        return "text", html
    if block.block_type == "picture":
        return "picture", block.value["image"].file_hash, value["alt"], value["caption"]
    if block.block_type in ("resources", "sources"):
        return block.block_type, [entry["value"] for entry in value]
    if block.block_type == "embed":
        return "embed", value["address"], value["shows"], block.value["still"].file_hash
    return block.block_type, value


@pytest.fixture
def full_site(site_pages: HomePage) -> ArticlePage:
    picture = Picture.objects.create(
        title="Rings & <circles>", description="Five rings", file=draw("rings", name="rings")
    )
    picture.tags.add("ground", "line")
    series = Series.objects.create(title="Paper: trail", slug="paper-trail", description="#1 of “many”")
    part = AnnouncedPart.objects.create(
        series=series, title="The label", by="Stores", expected="2027-03-01", sort_order=0
    )
    byline = Author.objects.create(name="Auden Vale", slug="auden-vale", biography="Drives; *asks*.", portrait=picture)
    topic = Topic.objects.create(name="Hand-overs", slug="hand-overs", description="- what is left")
    other = ArticleIndexPage.objects.get().add_child(instance=StandIn("Older one"))
    body = [
        (
            "text",
            f'<p>See <a linktype="page" id="{other.pk}">the <b>older</b> one</a> or <a href="/primer/">this</a>.</p>',
        ),
        (
            "text",
            "<p># 1. not a list</p><p></p><p><code>a`b &lt; **</code> - nor *this* [or] &lt;that&gt; &amp;amp; a\\b 😀</p><hr/><h2>Head #</h2>",
        ),
        ("text", ""),
        ("text", "<ul><li>one<ol><li>two<br/>lines</li><li></li></ol></li></ul><ul><li>another</li></ul><h3></h3>"),
        ("pull", ":::not a fence"),
        ("quote", {"text": "Two\n\nparagraphs: of it", "source": " odd: "}),
        ("picture", {"image": picture.pk, "alt": "Five rings", "caption": ""}),
        ("picture", {"image": picture.pk, "alt": "- again", "caption": '"quoted"'}),
        ("resources", [{"title": "A: b", "address": "/primer/", "good_for": "#1"}]),
        ("resources", [{"title": "C", "address": "", "good_for": ""}]),
        ("resources", []),
        ("table", TABLE),
        ("embed", {"address": "https://vimeo.com/12345678", "shows": "Dawn, 3 min", "still": picture.pk}),
        ("sources", [{"text": "The log, 3 May", "address": ""}, {"text": "[2]", "address": "https://a.example/"}]),
        ("act", {"title": "Go", "text": "", "label": "There", "address": "/personas/new/"}),
    ]
    article = StandIn(
        "Page four & “five”",
        body=json.dumps([{"type": kind, "value": value} for kind, value in body]),
        announced_part=part,
        updated_at=datetime(2025, 6, 7, tzinfo=UTC),
        series=series,
        series_part=2,
        cover=picture,
        cover_alt="Rings: five",
        standfirst="*Where* the bill hid:\nbehind the shelf.",
        seo_title="Four",
        search_description="[4]",
    )
    ArticleIndexPage.objects.get().add_child(instance=article)
    article.authors.set([byline])
    article.topics.set([topic])
    article.tags.set(["ferry", "Night & day"])
    article.save()
    article.save_revision().publish()
    return article


def StandIn(title: str, **fields) -> ArticlePage:
    fields.setdefault("standfirst", "Where it was.")
    return ArticlePage(title=title, shown_at=datetime(2025, 5, 4, 3, 2, 1, 5000, tzinfo=UTC), **fields)


def test_export_import_export_gives_the_same_folder_and_the_same_pages(full_site: ArticlePage, tmp_path: Path):
    call_command("export_content", tmp_path / "one", verbosity=0)
    before = state()
    empty_the_site()
    call_command("import_content", tmp_path / "one", verbosity=0)
    call_command("export_content", tmp_path / "two", verbosity=0)
    for page, was in zip(state(), before, strict=True):
        assert page == was
    assert folder_of(tmp_path / "two") == folder_of(tmp_path / "one")


def test_drafts_schedules_and_waiting_changes_come_back_as_they_were(full_site: ArticlePage, tmp_path: Path):
    index, soon = ArticleIndexPage.objects.get(), timezone.now().replace(microsecond=0) + timedelta(days=9)
    draft = index.add_child(instance=StandIn("Only a draft", live=False))
    draft.save_revision()
    later = index.add_child(instance=StandIn("Next week", live=False, go_live_at=soon))
    later.save_revision(approved_go_live_at=soon).publish()
    full_site.title = "Page four, changed"
    full_site.save_revision()
    call_command("export_content", tmp_path / "one", verbosity=0)
    before = state()
    empty_the_site()
    call_command("import_content", tmp_path / "one", verbosity=0)
    call_command("export_content", tmp_path / "two", verbosity=0)
    for page, was in zip(state(), before, strict=True):
        assert page == was
    assert folder_of(tmp_path / "two") == folder_of(tmp_path / "one")
    assert ArticlePage.objects.get(slug=later.slug).status_string == "scheduled"
    assert ArticlePage.objects.get(slug=full_site.slug).get_latest_revision_as_object().title == "Page four, changed"


def test_a_fresh_site_with_its_starting_pages_reads_an_export_over_them(full_site: ArticlePage, tmp_path: Path):
    call_command("export_content", tmp_path / "one", verbosity=0)
    before = state()
    call_command("import_content", tmp_path / "one", verbosity=0)
    for page, was in zip(state(), before, strict=True):
        assert page == was
