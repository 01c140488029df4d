from django.db import transaction

from clubs.discussion.models import Note
from clubs.groups.models import Membership
from clubs.permissions import can_write_notes
from clubs.reading.models import Section


class NotUnderAName(Exception):
    """Whoever is quiet writes no notes: a note without a name would give away that they are there."""


@transaction.atomic
def write_note(*, section: Section, membership: Membership, text: str, page: int | None = None) -> Note:
    """Raises NotUnderAName."""
    if not can_write_notes(membership.ally):
        raise NotUnderAName
    return Note.objects.create(section=section, membership=membership, text=text, page=page)
