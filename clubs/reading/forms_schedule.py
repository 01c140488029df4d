"""The schedule of a reading, as its organisers type it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clubs.reading.forms import LONGEST_TITLE, MOST_SECTIONS, SectionLines
from clubs.reading.models import Reading, Section
from clubs.reading.schedule import Due
from clubs.reading.services import Cut
from movement.editing import OverEdition

LONGEST_READING = timedelta(days=2 * 366)
FARTHEST_SHIFT = 366
ONE_A_LINE = _("One a line, as “The toll-house, 1-28”.")
FIELDS = ("title", "first", "last", "due", "after")
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
            self.fields[f"after_{one.pk}"] = SectionLines(
                label=_("New sections after section %(n)s") % n,
                required=False,
                max_length=10_000,
                help_text=ONE_A_LINE,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["more"] = SectionLines(
            label=_("More sections"),
            required=False,
            max_length=10_000,
            help_text=ONE_A_LINE,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def rows(self) -> list[dict[str, Any]]:
        """For the page: the fields of each section, and whether something in them has to be looked at."""
        return [{"section": one, "is_wrong": self._is_wrong(one)} | self._of(one) for one in self.sections]

    def _of(self, one: Section) -> dict[str, BoundField]:
        return {name: self[f"{name}_{one.pk}"] for name in FIELDS}

    def _is_wrong(self, one: Section) -> bool:
        return self.is_bound and any(f"{name}_{one.pk}" in self.errors for name in FIELDS)

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
        added = sum(len(cuts) for cuts in (said.get("more") or (), *self._inserted(said).values()))
        if len(self.sections) + added > MOST_SECTIONS:
            raise ValidationError(_("At most %(n)s sections, please.") % {"n": MOST_SECTIONS})
        return said

    def _errors_at(self, one: Section) -> bool:
        return any(f"{name}_{one.pk}" in self.errors for name in ("first", "last"))

    def _inserted(self, said: dict[str, Any]) -> dict[int, list[Cut]]:
        return {one.pk: cuts for one in self.sections if (cuts := said.get(f"after_{one.pk}"))}

    def inserted(self) -> dict[int, list[Cut]]:
        """New ones, by the number of the section that they follow."""
        return self._inserted(self.cleaned_data)

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


def with_new_ones(reading: Reading, sent: QueryDict) -> QueryDict:
    """What was sent, and beside it the sections that another organiser has put in meanwhile, as they stand: whoever
    typed did not see them, and leaves them alone.
    """
    whole = sent.copy()
    for one in reading.sections.all():
        if f"title_{one.pk}" not in sent:
            stands = {"title": one.title, "first": one.first_page, "last": one.last_page, "due": one.due_on}
            whole.update({f"{name}_{one.pk}": "" if value is None else str(value) for name, value in stands.items()})
    return whole
