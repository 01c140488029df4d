from collections.abc import Iterable
from typing import Any

from django.db import transaction

from clubs.discussion.models import Highlight, Note, Peek, Question
from clubs.groups.models import Membership
from clubs.permissions import can_write_notes
from clubs.reading.models import Section


class NotUnderAName(Exception):
    """Whoever is quiet writes no notes: a note without a name would give away that they are there."""


@transaction.atomic
def write_note(*, section: Section, membership: Membership, text: str, page: int | None = None) -> Note:
    """Raises NotUnderAName."""
    if not can_write_notes(membership):
        raise NotUnderAName
    return Note.objects.create(section=section, membership=membership, text=text, page=page)


@transaction.atomic
def highlight(*, section: Section, membership: Membership, quotation: str, **about: Any) -> Highlight:
    """Raises NotUnderAName."""
    if not can_write_notes(membership):
        raise NotUnderAName
    return Highlight.objects.create(section=section, membership=membership, quotation=quotation, **about)


@transaction.atomic
def show_anyway(*, section: Section, membership: Membership) -> None:
    """From now on this section's talk is open to this member, read or not."""
    Peek.objects.get_or_create(section=section, membership=membership)


@transaction.atomic
def ask(*, section: Section, texts: Iterable[str]) -> list[Question]:
    """Put questions at a section; what is asked there already is asked once."""
    return [Question.objects.get_or_create(section=section, text=text)[0] for text in texts]
