"""Reads the demo's texts from `data/`."""

import json
from pathlib import Path
from typing import Any

import frontmatter

FOLDER = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """The content of `data/<name>.json`."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def texts(folder: str) -> list[frontmatter.Post]:
    """The demo's `articles` or `drafts`: front matter and Markdown."""
    return [frontmatter.load(str(file)) for file in sorted((FOLDER / folder).glob("*.md"))]
