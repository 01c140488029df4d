"""Reads an exported folder and finds everything wrong with it, before anything is written to the site."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from wagtail.models import Page

from content.markdown import bodies, fields, folder
from content.markdown.folder import BadFolder
from content.markdown.portable import Names

FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?(.*)\Z", re.MULTILINE | re.DOTALL)
STATUSES = ("live", "draft", "scheduled")


@dataclass
class Text:
    """One file of a page."""

    file: str
    front: dict[str, Any]
    body: str
    body_line: int

    @property
    def model(self) -> type[Page]:
        return folder.KINDS[self.front["kind"]]

    @property
    def is_draft_of_another(self) -> bool:
        return self.file.endswith(".draft.md")

    @property
    def parent(self) -> str:
        """The file of the page above; empty for the home page."""
        if self.file == folder.HOME:
            return ""
        above = Path(self.file).parent.as_posix()
        return folder.HOME if above == "pages" else f"{above}.md"


@dataclass
class Content:
    """A folder that has been read."""

    root: Path
    texts: dict[str, Text] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    pictures: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def complain(self, file: str, message: object, line: int = 0) -> None:
        self.problems.append(f"{file}{f', line {line}' if line else ''}: {message}")


def read(root: Path) -> Content:
    """Raises BadFolder with all that is wrong."""
    content = Content(root)
    files = folder.files_in(root)
    if folder.MARKER not in files:
        raise BadFolder([f"{folder.MARKER} is missing: this is not a folder that export_content has written"])
    for name in folder.LISTS:
        content.lists[name] = _yaml(content, f"{name}.yaml", list) if f"{name}.yaml" in files else []
    content.pictures = _yaml(content, "pictures.yaml", dict) if "pictures.yaml" in files else {}
    for file in files:
        if file == folder.HOME or file == "home.draft.md" or (file.startswith("pages/") and file.endswith(".md")):
            read_text(content, file)
    _check_places(content, files)
    for text in content.texts.values():
        _check_text(content, text)
    if content.problems:
        raise BadFolder(content.problems)
    return content


def _yaml(content: Content, file: str, kind: type[Any]) -> Any:
    try:
        data = yaml.safe_load((content.root / file).read_text("utf-8")) or kind()
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        content.complain(file, _said(error), _line_of(error))
        return kind()
    entries = data.values() if isinstance(data, dict) else data
    if not isinstance(data, kind) or not all(isinstance(entry, dict) for entry in entries):
        content.complain(file, "is not a list of entries")
        return kind()
    return data


def _said(error: Exception) -> str:
    return str(getattr(error, "problem", None) or error)


def _line_of(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 0


def read_text(content: Content, file: str) -> None:
    path = content.root / file
    if path.stat().st_size > folder.LARGEST_TEXT:
        return content.complain(file, "is too large for a text")
    try:
        text = path.read_bytes().decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return content.complain(file, f"is not UTF-8 (byte {error.start})")
    parts = FRONT.match(text)
    if parts is None:
        return content.complain(file, "begins with no front matter (fields between two lines “---”)", 1)
    try:
        front = yaml.safe_load(parts[1])
    except (yaml.YAMLError, ValueError) as error:
        return content.complain(file, _said(error), _line_of(error) + 1)
    if not isinstance(front, dict) or front.get("kind") not in folder.KINDS or front.get("status") not in STATUSES:
        return content.complain(file, f"names no kind ({', '.join(folder.KINDS)}) or status ({', '.join(STATUSES)})", 2)
    for wanted in ("title", "slug"):
        if not str(front.get(wanted) or "").strip():
            content.complain(file, f"has no {wanted}", 2)
    content.texts[file] = Text(file, front, parts[2].strip("\n"), text.count("\n", 0, parts.start(2)) + 1)
    return None


def _check_places(content: Content, files: list[str]) -> None:
    if folder.HOME not in content.texts:
        content.complain(folder.HOME, "is missing")
    for text in content.texts.values():
        if text.is_draft_of_another:
            if text.file.replace(".draft.md", ".md") not in content.texts:
                content.complain(text.file, "is a draft of a page that is not there")
        elif text.parent and text.parent not in content.texts:
            content.complain(text.file, f"lies below {text.parent}, which is not there")
    for name in content.pictures:
        if not re.fullmatch(rf"{folder.PICTURES}/[^/\\\x00]+", str(name)) or name not in files:
            content.complain("pictures.yaml", f"there is no file “{name}”")


def _check_text(content: Content, text: Text) -> None:
    """Everything that a text names is in the folder, and its body can be read."""
    missing: list[str] = []

    def picture(name: str) -> int | None:
        if name not in content.pictures:
            missing.append(f"there is no picture “{name}” in pictures.yaml")
        return 1

    def page(name: str) -> int | None:
        return 1 if folder.linked(name, seen_from=text.file) in content.texts else None

    names = Names(name_of_page=str, page_of_name=page, name_of_picture=str, picture_of_name=picture)
    lines = (content.root / text.file).read_text("utf-8").split("\n")
    try:
        bodies.read(text.body, names)
    except bodies.BadText as error:
        content.complain(text.file, error, text.body_line + _lead(lines, text) + error.line - 1)
    known = {name: {str(row.get("slug")) for row in rows} for name, rows in content.lists.items()}
    for field_of in fields.fields_of(text.model):
        if field_of.name not in text.front:
            continue
        value, line = text.front[field_of.name], _front_line(lines, field_of.name)
        try:
            check_value(field_of, value, known, names)
        except (fields.Unknown, ValidationError, TypeError, ValueError, KeyError, AttributeError) as error:
            message = "; ".join(error.messages) if isinstance(error, ValidationError) else error
            content.complain(text.file, f"{field_of.name}: {message}", line)
    for message in missing:
        content.complain(
            text.file,
            message,
            next((n for n, row in enumerate(lines, 1) if message.split("“")[1].split("”")[0] in row), 0),
        )


def check_value(field_of: Any, value: Any, known: dict[str, set[str]], names: Names) -> None:
    related = getattr(field_of, "related_model", None)
    name = next((name for name, model in folder.LISTS.items() if model is related), None)
    if name:
        assert related is not None
        for slug in value if field_of.many_to_many else [value]:
            if str(slug) not in known[name] and not related.objects.filter(slug=slug).exists():
                raise ValueError(f"there is no “{slug}” in {name}.yaml")
    elif isinstance(field_of, fields.models.ForeignKey):
        if related is fields.Picture and value is not None:
            names.picture_of_name(value)
    elif not field_of.is_relation and not isinstance(field_of, fields.RichTextField):
        field_of.to_python(value)


def _lead(lines: list[str], text: Text) -> int:
    """Blank lines between the front matter and the body."""
    rest = lines[text.body_line - 1 :]
    return next((number for number, line in enumerate(rest) if line.strip()), 0)


def _front_line(lines: list[str], name: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{name}:")), 0)
