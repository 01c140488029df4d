"""Everything that was written here, as Markdown, YAML and pictures. No comment, subscriber or login is in it."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from wagtail.models import Page, Revision

from content.images import Picture
from content.markdown import fields, folder
from content.markdown.notation import dumped
from content.markdown.portable import Names
from content.pages.home import HomePage


class NotAnExport(Exception):
    """The folder holds other things, which must not be lost."""


@dataclass
class Export:
    """What has been written so far. `pages` and `pictures` give the file by number."""

    folder: Path
    pages: dict[int, str]
    pictures: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def names(self, file: str) -> Names:
        """The names of things as they stand in this file."""
        files = {name: number for number, name in self.pages.items()}

        def page(number: int) -> str | None:
            if number not in self.pages:
                self.notes.append(f"{file}: a link led to a page that is gone; its words are kept")
                return None
            return folder.link_to(self.pages[number], seen_from=file)

        return Names(
            name_of_page=page,
            page_of_name=lambda name: files.get(folder.linked(name, seen_from=file) or ""),
            name_of_picture=self.picture,
            picture_of_name=lambda name: next((key for key, value in self.pictures.items() if value == name), None),
        )

    def picture(self, number: int) -> str | None:
        """Copies the picture on first use."""
        if number not in self.pictures:
            picture = Picture.objects.filter(pk=number).first()
            if picture is None:
                self.notes.append(f"picture {number} is gone")
                return None
            try:
                with picture.file.open("rb") as file:
                    content = file.read()
            except OSError:
                self.notes.append(f"the file of the picture “{picture.title}” is gone")
                return None
            name = folder.picture_file(picture.title, PurePosixPath(picture.file.name).suffix, content)
            (self.folder / folder.PICTURES).mkdir(exist_ok=True)
            (self.folder / name).write_bytes(content)
            self.pictures[number] = name
        return self.pictures[number]


def export(*, to: Path, progress: Callable[[Iterable[Any]], Iterable[Any]] = iter) -> Export:
    """Writes the folder; one that holds an earlier export is written anew. Raises NotAnExport."""
    clear(to)
    home = HomePage.objects.first()
    tree = list(Page.objects.descendant_of(home, inclusive=True).order_by("path")) if home else []
    start = len(home.url_path) if home else 0
    known = [page for page in tree if page.cached_content_type.model_class() in folder.KIND_OF]
    done = Export(to, {page.pk: folder.file_of(page.url_path[start:]) for page in known})
    for page in progress(known):
        write_page(page.specific, done)
    for name, model in folder.LISTS.items():
        rows = model.objects.order_by("slug")
        data = [fields.written(row, done.names(f"{name}.yaml")) for row in rows]
        folder.write(to, f"{name}.yaml", dumped(data))
    folder.write(to, "pictures.yaml", dumped(dict(sorted(described(done)))))
    folder.write(to, folder.MARKER, dumped({"format": folder.FORMAT}))
    return done


def clear(to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    there = [path.name for path in to.iterdir() if path.name != ".git"]
    if there and folder.MARKER not in there:
        raise NotAnExport
    for name in ("pages", folder.PICTURES):
        shutil.rmtree(to / name, ignore_errors=True)
    for name in (
        folder.HOME,
        "home.draft.md",
        "pictures.yaml",
        folder.MARKER,
        *(f"{name}.yaml" for name in folder.LISTS),
    ):
        (to / name).unlink(missing_ok=True)


def write_page(page: Any, done: Export) -> None:
    """What visitors read, and beside it what is not published yet."""
    file = done.pages[page.pk]
    latest = page.get_latest_revision()
    draft = latest.as_object() if latest and (page.has_unpublished_changes or not page.live) else None
    waiting = approved(page)
    if page.live or draft is None:
        write_version(page, page, done, file, "live" if page.live else "draft")
        if draft and page.has_unpublished_changes:
            write_version(page, draft, done, file.replace(".md", ".draft.md"), "draft", waiting)
    else:
        write_version(page, draft, done, file, "scheduled" if waiting else "draft", waiting)


def approved(page: Any) -> Revision | None:
    return Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False).first()


def write_version(
    page: Any, version: Any, done: Export, file: str, status: str, waiting: Revision | None = None
) -> None:
    names = done.names(file)
    front: dict[str, Any] = {"kind": folder.KIND_OF[type(page)], "status": status}
    if page.expired:
        front["expired"] = True
    if page.get_view_restrictions().exists() and page.pk in {row.page_id for row in page.get_view_restrictions()}:
        front["private"] = True
    if waiting:
        front["goes_live_at"] = waiting.approved_go_live_at.isoformat()
    if not page.is_root() and file != folder.HOME:
        front["position"] = page.get_prev_siblings().count() + 1
    front |= fields.written(version, names)
    if version is not page and page.live:  # when it was published is the page's story, not the draft's
        front = {name: value for name, value in front.items() if name not in fields.PUBLISHED}
    folder.write(done.folder, file, folder.page_text(front, fields.body_of(version, names)))


def described(done: Export) -> Iterator[tuple[str, dict[str, Any]]]:
    """All pictures of the library, used or not, with what is known of them. `kept` is the file's hash."""
    for picture in Picture.objects.order_by("pk"):
        if name := done.picture(picture.pk):
            entry: dict[str, Any] = {"title": picture.title, "kept": picture_hash(done.folder / name)}
            if picture.description:
                entry["shows"] = picture.description
            if tags := sorted(tag.name for tag in picture.tags.all()):
                entry["tags"] = tags
            if focus := picture.get_focal_point():
                entry["focus"] = [picture.focal_point_x, picture.focal_point_y, focus.width, focus.height]
            yield name, entry


def picture_hash(file: Path) -> str:
    from hashlib import sha1

    return sha1(file.read_bytes(), usedforsecurity=False).hexdigest()
