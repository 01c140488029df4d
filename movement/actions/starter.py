"""Ideas that every new site begins with; stewards change them afterwards in the CMS."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from movement.actions.models import Idea

FILE = Path(__file__).with_name("ideas.json")


def ensure_ideas(rows: Iterable[Mapping[str, Any]] | None = None) -> None:
    """Every idea is there, by slug; what somebody changed meanwhile stays as they left it."""
    wanted = list(rows) if rows is not None else json.loads(FILE.read_text(encoding="utf-8"))
    Idea.objects.bulk_create([Idea(**row) for row in wanted], ignore_conflicts=True)
