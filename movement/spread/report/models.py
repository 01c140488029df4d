"""What the stewards chose for the report, and what they say in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from movement.editing import Edited
from movement.spread.report.sections import DEFAULT, Section

LONGEST_NOTE = 500


def default_sections() -> list[str]:
    return [section.value for section in DEFAULT]


class SpreadReport(Edited):
    """One row; without it the report has its default sections and no note. `current()` never writes.

    `note_by` wrote the note as it stands, `note_at` is when. Their name is printed only if `is_signed`: the paper goes
    to people to whom they have shown nothing.
    """

    sections = models.JSONField(_("sections"), default=default_sections)
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    note_by = models.ForeignKey(Ally, models.SET_NULL, null=True, blank=True, related_name="+")
    note_at = models.DateTimeField(null=True, blank=True)
    is_signed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(_("The report of the spread"))

    @classmethod
    def current(cls) -> "SpreadReport":
        return cls.objects.select_related("note_by").first() or cls()

    @property
    def chosen(self) -> list[Section]:
        """In the stewards' order; what is no section any more is left out."""
        return [Section(name) for name in self.sections if name in Section.values]

    @property
    def signature(self) -> str | None:
        """The name under the note: only as they showed it when they wrote, and wanted it there."""
        if not (self.is_signed and self.note_by and self.note_at):
            return None
        return self.note_by.shown_name_since(self.note_at)
