"""The stewards' choice: a section for each place, and a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from movement.allies.words import Words
from movement.editing import OverEdition
from movement.spread.report.models import LONGEST_NOTE, SpreadReport
from movement.spread.report.sections import MOST, Section

PLACES = [f"place_{number}" for number in range(1, MOST + 1)]
MOST_LINES = 8
NTH = (_("First"), _("Second"), _("Third"), _("Fourth"), _("Fifth"), _("Sixth"))


class ReportForm(OverEdition):
    """`report` is what stands now; `name` what the writer's note would be signed with, None for who is not shown."""

    note = Words(
        label=_("A note of yours"),
        required=False,
        paragraphs=True,
        rows=6,
        max_length=LONGEST_NOTE,
        help_text=_("Stands at the top of the paper. *Emphasis*, lists and links work. Eight lines at most."),
    )
    is_signed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, report: SpreadReport, name: str | None, **kwargs: Any) -> None:
        sections = [section.value for section in report.chosen]
        chosen = dict(zip(PLACES, sections, strict=False))
        stands = {"edition": report.edition, "note": report.note, "is_signed": report.is_signed, **chosen}
        super().__init__(*args, initial=stands, **kwargs)
        for place, nth in zip(PLACES, NTH, strict=True):
            choices = [("", _("nothing")), *Section.choices]
            self.fields[place] = forms.ChoiceField(label=nth, choices=choices, required=False)
        if name is None:
            del self.fields["is_signed"]
        else:
            self.fields["is_signed"].label = _("Sign it as %(name)s") % {"name": name}
            self.fields["is_signed"].help_text = _(
                "The paper leaves the circle: whoever gets it reads this name. Otherwise it says “the stewards”."
            )

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[place] for place in PLACES]

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if len(note.splitlines()) > MOST_LINES:
            raise forms.ValidationError(_("Eight lines at most, so that all of it fits on two pages."))
        return note

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [said[place] for place in PLACES if said.get(place)]
        if len(set(chosen)) < len(chosen):
            self.add_error(None, _("One section stands there twice. Each has one place."))
        elif not chosen and not self.errors:
            self.add_error("place_1", _("Choose one section at least."))
        return said

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        sections = [Section(said[place]) for place in PLACES if said.get(place)]
        return {"sections": sections, "note": said["note"], "is_signed": self._is_signed()}

    def _is_signed(self) -> bool:
        """Who has no name to sign with leaves a note that they do not change as signed as it was."""
        if "is_signed" in self.fields:
            return bool(self.cleaned_data["is_signed"])
        return bool(self.initial["is_signed"]) and self.initial["note"] == self.cleaned_data["note"]
