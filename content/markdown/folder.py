"""How an export lies on disk: one Markdown file a page, pictures beside them, lists as YAML."""

import os
import re
from hashlib import sha1
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from content.markdown.notation import dumped
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.home import HomePage
from content.pages.primer import ChapterPage, PrimerPage
from content.pages.sorting import Author, Series, Topic
from content.pages.standard import StandardPage

KINDS: dict[str, type[Page]] = {
    "home": HomePage,
    "primer": PrimerPage,
    "chapter": ChapterPage,
    "articles": ArticleIndexPage,
    "article": ArticlePage,
    "page": StandardPage,
}
KIND_OF = {model: kind for kind, model in KINDS.items()}
#: In the order in which they are read back: a series may name pictures and authors, not the other way round.
LISTS: dict[str, type[Any]] = {"topics": Topic, "authors": Author, "series": Series}
MARKER, PICTURES, HOME = "content.yaml", "pictures", "home.md"
FORMAT = 1
LONGEST_NAME = 120
#: Files of this size are nobody's text.
LARGEST_TEXT = 20 * 1024 * 1024


class BadFolder(Exception):
    """What is wrong, each with its file and line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def file_of(address: str) -> str:
    """Where the page of this address (its path below the home page) lies: `/primer/get-clear/` in pages/primer/."""
    parts = [short(part) for part in address.strip("/").split("/") if part]
    return f"pages/{'/'.join(parts)}.md" if parts else HOME


def short(slug: str) -> str:
    """Names of files have a longest length, in bytes."""
    if len(slug.encode()) <= LONGEST_NAME:
        return slug
    return f"{slug[:30]}-{sha1(slug.encode(), usedforsecurity=False).hexdigest()[:12]}"


def link_to(file: str, *, seen_from: str) -> str:
    return relpath(file, str(PurePosixPath(seen_from).parent))


def linked(address: str, *, seen_from: str) -> str | None:
    """The file that a link from this file means; None for an address of another kind."""
    if not address.endswith(".md") or re.match(r"[a-z][a-z0-9+.-]*:|[/#?]", address, re.IGNORECASE):
        return None
    return normpath(str(PurePosixPath(seen_from).parent / address))


def picture_file(title: str, suffix: str, content: bytes) -> str:
    """A name that depends on nothing but the picture."""
    mark = sha1(content, usedforsecurity=False).hexdigest()[:10]
    return f"{PICTURES}/{(slugify(title) or 'picture')[:60]}-{mark}{suffix.lower()}"


def page_text(front: dict[str, Any], body: str) -> str:
    return f"---\n{dumped(front)}---\n" + (f"\n{body}\n" if body else "")


def write(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.replace("\x00", "").encode())


def files_in(folder: Path) -> list[str]:
    """Every file, by its path. Raises BadFolder for links: an export has none, and they may lead anywhere."""
    found, links = [], []
    for place, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            path = Path(place) / name
            relative = path.relative_to(folder).as_posix()
            if path.is_symlink():
                links.append(f"{relative}: is a link to another place; put the file itself there")
            elif name in files:
                found.append(relative)
    if links:
        raise BadFolder(links)
    return sorted(found)
