"""An exported folder becomes pages again: all of it, or nothing."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, PageViewRestriction, Revision

from content.markdown import bodies, fields, folder, reading
from content.markdown.folder import BadFolder
from content.markdown.portable import Names
from content.markdown.reading import Content, Text
from content.pagecache import forget
from content.pages.home import HomePage
from content.pictures import Added, add_picture
from content.quietly import quietly, settle
from content.starting import place_home


@dataclass
class Import:
    """What has been made: numbers by file."""

    content: Content
    pictures: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)

    def names(self, file: str) -> Names:
        return Names(
            name_of_page=str,
            page_of_name=lambda name: self.pages.get(folder.linked(name, seen_from=file) or ""),
            name_of_picture=str,
            picture_of_name=self.pictures.get,
        )


def read_back(*, root: Path, progress: Callable[[Iterable[Any]], Iterable[Any]] = iter) -> Import:
    """Pages at the same address are replaced (their history keeps what they were), others stay. Raises BadFolder.

    One transaction; files of pictures that were stored before a failure are deleted again. No mail is sent.
    """
    content = reading.read(root)
    done = Import(content)
    with Added() as added, quietly(), transaction.atomic():
        for name, entry in content.pictures.items():
            done.pictures[name] = take_picture(content, name, entry, added)
        for name in folder.LISTS:
            for row in content.lists[name]:
                take_row(folder.LISTS[name], row, done.names(f"{name}.yaml"), f"{name}.yaml")
        texts = sorted(
            (text for text in content.texts.values() if not text.is_draft_of_another),
            key=lambda text: (
                text.file.count("/") if text.file != folder.HOME else -1,
                text.parent,
                text.front.get("position", 0),
            ),
        )
        for text in texts:
            done.pages[text.file] = place(text, done).pk
        for text in progress(texts):
            fill(text, done)
        settle(list(done.pages.values()))
        forget()
    return done


def take_picture(content: Content, name: str, entry: dict[str, Any], added: Added) -> int:
    """A picture of the same content that is there already is used again."""
    try:
        return add_picture(
            added,
            name=Path(name).name,
            content=(content.root / name).read_bytes(),
            title=str(entry.get("title") or Path(name).stem),
            description=str(entry.get("shows") or ""),
            kept=str(entry.get("kept") or ""),
            tags=[str(tag) for tag in entry.get("tags") or []],
            focus=entry.get("focus"),
        ).pk
    except ValidationError as error:
        raise BadFolder([f"{name}: {' '.join(error.messages)}"])


def take_row(model: type[Any], data: dict[str, Any], names: Names, file: str) -> None:
    """A topic, an author, a series, with its announced parts."""
    try:
        row = model.objects.filter(slug=str(data["slug"])).first() or model()
        set_fields(row, fields.read(model, data, names))
        row.full_clean()
    except (fields.Unknown, ValidationError, KeyError, TypeError, ValueError) as error:
        raise BadFolder([f"{file}, “{data.get('slug')}”: {_said(error)}"])
    for relation in fields.children_of(model):
        child, name = relation.related_model, relation.get_accessor_name()
        there = {str(part): part for part in getattr(row, name).all()}  # somebody may be waiting for them
        found = []
        for place, entry in enumerate(data.get(name) or []):
            part = there.get(str(entry.get("title"))) or child()
            set_fields(part, {"sort_order": place, **fields.read(child, entry, names)})
            found.append(part)
        setattr(row, name, found)
    row.save()


def set_fields(thing: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        current = getattr(type(thing), name, None)
        if isinstance(value, list) and hasattr(getattr(thing, name, None), "set") and current is not None:
            getattr(thing, name).set(value)
        else:
            setattr(thing, name, value)


def place(text: Text, done: Import) -> Page:
    """The page of this file, made where it belongs if it isn't there. It is filled when all have a number."""
    if not text.parent:
        home = HomePage.objects.first()
        return home or place_home(HomePage(title=text.front["title"], slug=text.front["slug"], live=False))
    parent = Page.objects.get(pk=done.pages[text.parent])
    there = parent.get_children().filter(slug=text.front["slug"]).first()
    if there:
        if there.specific_class is not text.model:
            raise BadFolder([f"{text.file}: another kind of page has this address already"])
        return there
    page: Page = parent.add_child(instance=text.model(title=text.front["title"], slug=text.front["slug"], live=False))
    return page


def fill(text: Text, done: Import) -> None:
    page: Any = Page.objects.get(pk=done.pages[text.file]).specific
    status = text.front["status"]
    written = [field_of.name for field_of in type(page)._meta.fields]
    try:
        set_version(page, text, done)
        page.live, page.expired = status == "live", bool(text.front.get("expired"))
        page.minimal_clean()
        page.clean_fields(exclude=[name for name in written if getattr(page, name, None) in ("", None)])
    except (ValidationError, fields.Unknown, bodies.BadText) as error:
        raise BadFolder([f"{text.file}: {_said(error)}"])
    page.has_unpublished_changes = not page.live
    page.save(clean=False)
    dates = {name: getattr(page, name) for name in fields.DATES}
    revision = page.save_revision(clean=False, approved_go_live_at=_moment(text) if status == "scheduled" else None)
    if text.front.get("private"):
        PageViewRestriction.objects.get_or_create(
            page_id=page.pk, defaults={"restriction_type": PageViewRestriction.LOGIN}
        )
    draft = done.content.texts.get(text.file.replace(".md", ".draft.md"))
    live = {"live_revision": revision, "has_unpublished_changes": draft is not None} if page.live else {}
    Page.objects.filter(pk=page.pk).update(**dates, **live)
    if draft and page.live:
        fill_draft(page, draft, done)


def fill_draft(page: Any, text: Text, done: Import) -> Revision:
    """A version that waits beside the published one."""
    draft = Page.objects.get(pk=page.pk).specific
    set_version(draft, text, done)
    for name in fields.PUBLISHED:
        setattr(draft, name, getattr(page, name))
    return draft.save_revision(clean=False, approved_go_live_at=_moment(text))  # type: ignore[no-any-return]


def set_version(page: Any, text: Text, done: Import) -> None:
    names = done.names(text.file)
    set_fields(page, fields.read(type(page), text.front, names))
    page.draft_title = page.title
    if hasattr(page, "body"):
        page.body = json.dumps(bodies.read(text.body, names))


def _moment(text: Text) -> datetime | None:
    value = text.front.get("goes_live_at")
    return value if isinstance(value, datetime) or value is None else parse_datetime(str(value))


def _said(error: Exception) -> str:
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
