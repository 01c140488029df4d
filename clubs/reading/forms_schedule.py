"""The schedule of a reading, as its organisers type it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clubs.reading.forms import LONGEST_TITLE, MOST_SECTIONS, SectionLines
from clubs.reading.models import Reading, Section
from clubs.reading.schedule import Due
from movement.editing import OverEdition

LONGEST_READING = timedelta(days=2 * 366)
FARTHEST_SHIFT = 366
COUNTED = {"min_value": _("Pages are counted from 1.")}


def day_field(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class CatchUp(forms.TypedChoiceField):
    """After which section a week stays free."""

    def __init__(self, sections: Sequence[Section], **more: Any) -> None:
        after = _("after section %(n)s")
        choices = [("", _("none")), *((str(one.position), after % {"n": one.position}) for one in sections[:-1])]
        super().__init__(
            label=_("A week to catch up"), choices=choices, coerce=int, empty_value=None, required=False, **more
        )


class ProposalForm(OverEdition):
    """Two days, and the sections spread evenly between them."""

    first = day_field(label=_("We begin on"))
    last = day_field(label=_("We are through on"))

    def __init__(self, *args: Any, reading: Reading, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial={"edition": reading.edition})
        self.fields["catch_up_after"] = CatchUp(sections)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and last <= first:
            self.add_error("last", _("That is not after the day on which you begin."))
        elif first and last and last - first > LONGEST_READING:
            self.add_error("last", _("Two years are enough for any book."))
        return said


class ShiftForm(OverEdition):
    """All days, or those from one section on."""

    def __init__(self, *args: Any, reading: Reading, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial={"edition": reading.edition, "days": 7})
        later = [(one.position, _("from section %(n)s on") % {"n": one.position}) for one in sections[1:]]
        self.fields["start"] = forms.TypedChoiceField(
            label=_("Which"), choices=[(1, _("all of them")), *later], coerce=int
        )
        self.fields["days"] = forms.IntegerField(
            label=_("By how many days"),
            min_value=-FARTHEST_SHIFT,
            max_value=FARTHEST_SHIFT,
            help_text=_("-3 is three days sooner."),
        )


class CatchUpForm(OverEdition):
    def __init__(self, *args: Any, reading: Reading, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial={"edition": reading.edition, "after": reading.catch_up_after})
        self.fields["after"] = CatchUp(sections)


class ScheduleForm(OverEdition):
    """Each section with its pages and its day, and lines for more of them."""

    def __init__(self, *args: Any, reading: Reading, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial={"edition": reading.edition})
        self.sections = sections
        for one in sections:
            n = {"n": one.position}
            page: dict[str, Any] = {"min_value": 1, "max_value": 9999, "required": False, "error_messages": COUNTED}
            self.fields[f"title_{one.pk}"] = forms.CharField(
                label=_("Section %(n)s") % n, max_length=LONGEST_TITLE, initial=one.title
            )
            self.fields[f"first_{one.pk}"] = forms.IntegerField(
                label=_("Section %(n)s: from page") % n, initial=one.first_page, **page
            )
            self.fields[f"last_{one.pk}"] = forms.IntegerField(
                label=_("Section %(n)s: to page") % n, initial=one.last_page, **page
            )
            self.fields[f"due_{one.pk}"] = day_field(
                label=_("Section %(n)s: read by") % n, initial=one.due_on, required=False
            )
        self.fields["more"] = SectionLines(
            label=_("More sections"),
            required=False,
            max_length=10_000,
            help_text=_("One a line, as “The toll-house, 1-28”."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def rows(self) -> list[dict[str, Any]]:
        """For the page: the four fields of each section."""
        return [
            {"section": one} | {name: self[f"{name}_{one.pk}"] for name in ("title", "first", "last", "due")}
            for one in self.sections
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        latest: tuple[date, int] | None = None
        for one in self.sections:
            first, last, due = (said.get(f"{name}_{one.pk}") for name in ("first", "last", "due"))
            if (first is None) != (last is None) and not self._errors_at(one):
                self.add_error(f"last_{one.pk}", _("Give both pages, or none."))
            elif first and last and last < first:
                self.add_error(f"last_{one.pk}", _("The last page comes before the first."))
            if due and latest and due < latest[0]:
                said_so = _("This day comes before that of section %(n)s.") % {"n": latest[1]}
                self.add_error(f"due_{one.pk}", said_so)
            latest = (due, one.position) if due else latest
        if len(self.sections) + len(said.get("more") or ()) > MOST_SECTIONS:
            raise ValidationError(_("At most %(n)s sections, please.") % {"n": MOST_SECTIONS})
        return said

    def _errors_at(self, one: Section) -> bool:
        return any(f"{name}_{one.pk}" in self.errors for name in ("first", "last"))

    def dues(self) -> dict[int, Due]:
        said = self.cleaned_data
        return {
            one.pk: Due(
                " ".join(said[f"title_{one.pk}"].split()),
                said[f"first_{one.pk}"],
                said[f"last_{one.pk}"],
                said[f"due_{one.pk}"],
            )
            for one in self.sections
        }
