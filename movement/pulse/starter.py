"""Questions that every new site begins with; stewards change them afterwards in the CMS."""

import json
from pathlib import Path

from movement.pulse.models import Question

FILE = Path(__file__).with_name("questions.json")


def ensure_questions() -> None:
    """Every question is there, by its topic; what somebody changed meanwhile stays as they left it."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    Question.objects.bulk_create([Question(**row) for row in rows], ignore_conflicts=True)
