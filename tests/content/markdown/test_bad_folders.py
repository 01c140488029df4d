"""A folder with something wrong in it changes nothing, and says where."""

import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from content.markdown.folder import BadFolder
from content.markdown.importing import read_back
from content.models import HomePage, Picture
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db
FILE = "pages/articles/page-four.md"


@pytest.fixture
def folder(site_pages: HomePage, tmp_path: Path) -> Path:
    make_article("Page four", topics=("Bills",))
    call_command("export_content", tmp_path / "out")
    return tmp_path / "out"


def problems_of(folder: Path) -> list[str]:
    before = (Page.objects.count(), Revision.objects.count(), Picture.objects.count())
    with pytest.raises(BadFolder) as error:
        read_back(root=folder)
    assert (Page.objects.count(), Revision.objects.count(), Picture.objects.count()) == before
    return error.value.problems


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("---\n", "", f"{FILE}, line 1: begins with no front matter"),
        ("title: Page four", "title: [Page", f"{FILE}, line"),
        ("kind: article", "kind: novel", f"{FILE}, line 2: names no kind"),
        ("- bills", "- nowhere", f"{FILE}, line"),
        ("title: Page four", "title: ''", f"{FILE}, line 2: has no title"),
        (":::pull", ":::shout", f"{FILE}, line"),
        ("shown_at: ", "shown_at: x", f"{FILE}, line"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(folder: Path, old: str, new: str, said: str):
    change(folder, FILE, old, new)
    assert any(problem.startswith(said) for problem in problems_of(folder)), problems_of(folder)


def test_a_link_to_another_place_is_refused(folder: Path, tmp_path: Path):
    (tmp_path / "secret.md").write_text("---\nkind: page\n---\n")
    os.symlink(tmp_path / "secret.md", folder / "pages/secret.md")
    assert problems_of(folder) == ["pages/secret.md: is a link to another place; put the file itself there"]


@pytest.mark.parametrize("name", ["pictures/../../secret.png", "/etc/hostname", "pictures/none.png"])
def test_a_picture_lies_in_the_folder_or_is_missing(folder: Path, tmp_path: Path, name: str):
    (tmp_path / "secret.png").write_bytes(b"x")
    (folder / "pictures.yaml").write_text(f"{name}:\n  title: x\n")
    assert problems_of(folder) == [f"pictures.yaml: there is no file “{name}”"]


def test_a_picture_that_a_text_names_must_be_listed(folder: Path):
    change(folder, FILE, "slug: page-four", "slug: page-four\ncover: pictures/gone.png")
    assert problems_of(folder)[0].startswith(f"{FILE}, line 7: there is no picture “pictures/gone.png”")


def test_a_folder_of_something_else_is_neither_read_nor_written_over(folder: Path, tmp_path: Path):
    (tmp_path / "else").mkdir()
    (tmp_path / "else/letter.txt").write_text("Dear Ada")
    with pytest.raises(CommandError, match=r"content\.yaml is missing"):
        call_command("import_content", tmp_path / "else")
    with pytest.raises(CommandError, match="holds other things"):
        call_command("export_content", tmp_path / "else")
    assert (tmp_path / "else/letter.txt").read_text() == "Dear Ada"


def test_a_script_in_a_text_does_not_come_along(folder: Path):
    change(folder, FILE, "First words", '<script>x()</script> <b onclick="x()">First</b> words')
    read_back(root=folder)
    body = str(Page.objects.get(slug="page-four").specific.body.get_prep_value())
    assert "&lt;script&gt;" in body
    change(folder, FILE, "More words.", ":::html\n<p><script>y()</script>More</p>\n:::")
    read_back(root=folder)
    assert "y()" not in str(Page.objects.get(slug="page-four").specific.body.get_prep_value())


def test_no_personal_data_is_written(folder: Path, author):
    everything = "".join(file.read_text("utf-8") for file in folder.rglob("*") if file.suffix in (".md", ".yaml"))
    assert "@" not in everything.replace("@keyframes", "")
