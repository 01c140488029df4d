"""Saving what a report holds."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from movement.allies.models import Ally
from movement.editing import take_edition
from movement.spread.report.models import SpreadReport
from movement.spread.report.sections import Section


@transaction.atomic
def write_report(*, by: Ally, edition: int, sections: Sequence[Section], note: str, is_signed: bool) -> SpreadReport:
    """Whoever changes the note, or whether it is signed, has written it; choosing sections leaves it as it was.

    Raises ChangedMeanwhile.
    """
    report, _made = SpreadReport.objects.get_or_create(pk=1)
    take_edition(report, edition)
    if (note, is_signed) != (report.note, report.is_signed):
        report.note_by, report.note_at = (by, timezone.now()) if note else (None, None)
    report.sections = [section.value for section in sections]
    report.note, report.is_signed = note, is_signed and bool(note)
    report.save()
    return report
