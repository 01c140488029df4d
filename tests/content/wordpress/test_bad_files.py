"""Files that are broken, hostile, or merely old. A file that is not whole changes nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model

from content.covers import draw
from content.models import ArticlePage, Author, HomePage, Imported, Picture, Topic
from content.wordpress.importing import import_export
from content.wordpress.wxr import BadExport
from conversation.models import Comment
from tests.content.wordpress.exports import FOOT, HEAD, attachment, comment, export, post

pytestmark = pytest.mark.django_db
TABLES: tuple[type[Model], ...] = (ArticlePage, Author, Topic, Picture, Comment, Imported)


@pytest.fixture(autouse=True)
def _site(site_pages: HomePage) -> None:
    """Every test begins with the starting pages."""


def rows() -> int:
    return sum(model._default_manager.count() for model in TABLES)


WHOLE = HEAD.format(version="1.2") + post(1, comments=[comment(1)]) + post(2, "Second") + FOOT
LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>\n'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n'


def with_doctype(doctype: str, entity: str) -> str:
    first, rest = WHOLE.split("\n", 1)
    return f"{first}\n{doctype}{rest.replace('Ferry notes', entity)}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WHOLE[: len(WHOLE) // 2], id="truncated in the middle"),
        pytest.param(WHOLE.removesuffix(FOOT), id="truncated between two items"),
        pytest.param(with_doctype(LAUGHS, "&c;"), id="billion laughs"),
        pytest.param(with_doctype(OUTSIDE, "&x;"), id="external entity"),
        pytest.param(WHOLE.replace("Ferry notes", "&nowhere;"), id="unknown entity"),
        pytest.param(WHOLE.replace("wordpress.org/export", "other.example/export"), id="wrong namespace"),
        pytest.param("<rss><channel></channel></rss>", id="an ordinary feed"),
        pytest.param("", id="empty"),
        pytest.param("just words", id="no XML"),
        pytest.param("<a>" * 5_000, id="too deep"),
    ],
)
def test_a_file_that_is_not_a_whole_export_changes_nothing(text: str, tmp_path: Path):
    file = tmp_path / "export.xml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadExport):
        import_export(file)
    assert rows() == 0
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_wordpress", file)


def test_a_failure_on_the_way_takes_back_rows_and_stored_pictures(tmp_path: Path):
    media = tmp_path / "uploads"
    media.mkdir()
    (media / "taken-back.png").write_bytes(draw("gap", name="quay").read())
    items = [post(1, content='<img class="wp-image-9" src="x">'), attachment(9, "taken-back.png"), post(2, "Second")]

    def stop(things, _total):
        for place, thing in enumerate(things):
            if place:
                raise KeyboardInterrupt
            yield thing

    stored = Path(Picture._meta.get_field("file").storage.location) / "original_images"
    with pytest.raises(KeyboardInterrupt):
        import_export(export(tmp_path, *items), media=media, progress=stop)
    assert rows() == 0
    assert list(stored.glob("taken-back*")) == []


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_all_versions_of_the_format_are_read(version: str, tmp_path: Path):
    import_export(export(tmp_path, post(1), version=version))
    assert ArticlePage.objects.get().title == "The last boat"


def test_control_characters_are_taken_out(tmp_path: Path):
    file = export(tmp_path, post(1, content="be#fore"))
    file.write_bytes(file.read_bytes().replace(b"be#fore", b"be\x00\x08\x1ffore"))
    import_export(file)
    assert "before" in ArticlePage.objects.get().body.raw_data[0]["value"]


def test_a_number_that_comes_twice_is_taken_once(tmp_path: Path):
    import_export(export(tmp_path, post(1, "First", comments=[comment(7), comment(7, "again")]), post(1, "Second")))
    assert [page.title for page in ArticlePage.objects.all()] == ["First"]
    assert Comment.objects.count() == 1


def test_without_an_author_or_with_an_address_for_a_name_there_is_no_byline(tmp_path: Path):
    report = import_export(export(tmp_path, post(1, creator=""), post(2, "Second", creator="joe@ferry.example")))
    assert [list(page.authors.all()) for page in ArticlePage.objects.all()] == [[], []]
    assert report.text().count("no byline") == 2


def test_a_date_of_zeros_is_said_and_the_local_one_taken_where_there_is_one(tmp_path: Path):
    zeros = "0000-00-00 00:00:00"
    items = [
        post(1, post_date_gmt=zeros, post_date="2020-02-03 04:05:06"),
        post(2, "Second", post_date_gmt=zeros, post_date=zeros),
    ]
    report = import_export(export(tmp_path, *items))
    assert ArticlePage.objects.get(slug="the-last-boat").shown_at.year == 2020
    assert "no date" in report.text()


def test_a_post_of_a_megabyte_is_read(tmp_path: Path):
    import_export(export(tmp_path, post(1, content="<p>word and word</p>\n" * 50_000)))
    assert ArticlePage.objects.get().minutes > 100


@pytest.mark.parametrize(
    "file", ["../secret.png", "/etc/hostname", "a/../../secret.png", "link.png", "\\..\\secret.png"]
)
def test_no_name_of_a_picture_leads_out_of_the_media_folder(file: str, tmp_path: Path):
    media = tmp_path / "uploads"
    (media / "a").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(draw("gap", name="secret").read())
    (media / "link.png").symlink_to(tmp_path / "secret.png")
    items = [post(1, content='<img class="wp-image-9" src="x">'), attachment(9, file)]
    report = import_export(export(tmp_path, *items), media=media)
    assert Picture.objects.count() == 0
    assert "not in the media folder" in report.text()


def test_a_picture_that_is_none_is_refused_and_said(tmp_path: Path):
    media = tmp_path / "uploads"
    media.mkdir()
    (media / "quay.png").write_bytes(b"<svg onload='alert(1)'/>")
    report = import_export(
        export(tmp_path, post(1, content='<img class="wp-image-9" src="x">'), attachment(9, "quay.png")), media=media
    )
    assert Picture.objects.count() == 0
    assert "was refused" in report.text()


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script><p onclick='x()'>words</p>",
        '<p><a href="javascript:alert(1)">words</a></p>',
        '<p><a href="page:1">words</a></p>',
        '<p><a linktype="page" id="1">words</a></p>',
        "<style>p{}</style><object data='x'></object><p>words",
    ],
)
def test_nothing_that_acts_comes_along(content: str, tmp_path: Path):
    import_export(export(tmp_path, post(1, content=content)))
    assert [block["value"] for block in ArticlePage.objects.get().body.raw_data] == ["<p>words</p>"]
