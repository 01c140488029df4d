"""Proposing a book, opening a poll, and the ballot."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField, BoundWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.choosing.models import Method, Option, Poll, TieRule
from clubs.choosing.services import FEWEST_OPTIONS
from clubs.reading.forms import RecordForm
from clubs.reading.models import Book
from movement.allies.words import Words
from movement.editing import OverEdition
from ui.choices import RowChoices

LONGEST_POLL = timedelta(days=92)
MOST_OPTIONS = 12


class NominationForm(RecordForm):
    reason = Words(label=_("Why this one?"), max_length=400, rows=3)
    may_travel = forms.BooleanField(
        label=_("Other groups may be offered it too"),
        required=False,
        help_text=_("They are shown the book and your reason, not your name."),
    )

    field_order = ["title", "author", "reason", "may_travel"]


class BookChoices(RowChoices):
    default_error_messages = {"invalid_pk_value": _("Choose from the books shown.")}

    def label_from_instance(self, book: Any) -> str:
        return str(_("%(title)s, by %(author)s") % {"title": book.title, "author": book.author})


class ClosingTime(forms.SplitDateTimeField):
    """A day and an hour by the reader's clock, still to come."""

    def __init__(self, **kwargs: Any) -> None:
        day: dict[str, Any] = {"type": "date", "aria-label": _("Day")}
        hour: dict[str, Any] = {"type": "time", "aria-label": _("Time")}
        widget = forms.SplitDateTimeWidget(
            date_attrs=day,
            time_attrs=hour,
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )
        super().__init__(widget=widget, **kwargs)

    def compress(self, data_list: Any) -> Any:
        try:
            return super().compress(data_list)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(_("The clocks are changed that night: choose another hour.")) from None

    def clean(self, value: Any) -> datetime | None:
        moment = super().clean(value)
        now = timezone.now()
        if moment and moment <= now:
            raise ValidationError(_("That time has been. Choose one that is still to come."))
        if moment and moment > now + LONGEST_POLL:
            raise ValidationError(_("A poll lasts three months at most."))
        return moment


class PollForm(forms.ModelForm[Poll]):
    closes_at = ClosingTime(label=_("Closes"))
    books = BookChoices(Book.objects.none(), label=_("Which books?"), widget=forms.CheckboxSelectMultiple)
    quorum = forms.IntegerField(label=_("Counts only with so many ballots"), min_value=1, max_value=500, required=False)

    field_order = ["books", "method", "closes_at", "quorum", "tie_rule", "is_secret"]

    class Meta:
        model = Poll
        fields = ["method", "quorum", "tie_rule", "is_secret", "closes_at"]
        labels = {
            "method": _("How do you choose?"),
            "tie_rule": _("If several are level at the end"),
            "is_secret": _("Secret: after the close nobody can tell whose ballot was whose"),
        }
        widgets: dict[str, Any] = {"method": forms.RadioSelect, "tie_rule": forms.RadioSelect}

    def __init__(self, *args: Any, offered: QuerySet[Book], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["books"].queryset = offered  # type: ignore[attr-defined]
        self.initial.setdefault("books", [book.pk for book in offered])
        self.initial.setdefault("closes_at", timezone.now() + timedelta(days=7))
        self.fields["method"].choices = Method.choices  # type: ignore[attr-defined]
        self.fields["tie_rule"].choices = TieRule.choices  # type: ignore[attr-defined]

    def clean_books(self) -> list[Book]:
        books = list(self.cleaned_data["books"])
        if len(books) < FEWEST_OPTIONS:
            raise ValidationError(_("One book is no choice: tick two at least, or put it on the table straight away."))
        if len(books) > MOST_OPTIONS:
            raise ValidationError(_("Twelve at most: nobody weighs more than that."))
        return books


class ClosingForm(OverEdition, forms.ModelForm[Poll]):
    """Moves the end of a poll that runs."""

    closes_at = ClosingTime(label=_("Closes"))

    class Meta:
        model = Poll
        fields = ["closes_at"]


class EndForm(forms.Form):
    """An organiser ends a poll before its time, and says why."""

    words = Words(label=_("Why now?"), max_length=200, rows=2)


class BallotForm(forms.Form):
    """The poll's options by its method: ticks, one of them, or a place for each."""

    def __init__(self, *args: Any, poll: Poll, options: Sequence[Option], marks: Sequence[int] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.poll, self.options = poll, options
        named = [(str(option.book_id), option.book.title) for option in options]
        if poll.is_ranked:
            places = [("", _("no place")), *((str(n), str(n)) for n in range(1, len(options) + 1))]
            for option in options:
                at = marks.index(option.book_id) + 1 if option.book_id in marks else ""
                self.fields[f"place_{option.book_id}"] = forms.ChoiceField(
                    label=option.book.title, choices=places, required=False, initial=str(at)
                )
        elif poll.method == "single":
            self.fields["one"] = forms.ChoiceField(
                label=_("Your vote"), choices=named, widget=forms.RadioSelect, initial=str(marks[0]) if marks else None
            )
        else:
            self.fields["some"] = forms.MultipleChoiceField(
                label=_("I would read"),
                choices=named,
                widget=forms.CheckboxSelectMultiple,
                initial=[str(mark) for mark in marks],
                error_messages={"required": _("Tick one at least.")},
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.poll.is_ranked and not self.errors:
            places = [place for place in said.values() if place]
            if not places:
                raise ValidationError(_("Give a place to one at least; 1 is the one you wish for most."))
            if len(set(places)) < len(places):
                raise ValidationError(_("Two books have the same place. Give each its own, or leave some without."))
        return said

    def rows(self) -> list[tuple[Option, BoundField | BoundWidget]]:
        """Each option with the tick, or the place, that belongs beside it."""
        if self.poll.is_ranked:
            return [(option, self[f"place_{option.book_id}"]) for option in self.options]
        ticks = self["one" if self.poll.method == "single" else "some"].subwidgets
        return list(zip(self.options, ticks, strict=True))

    @property
    def choice(self) -> BoundField | None:
        """The one field of all ticks; none where each book has a place of its own."""
        return None if self.poll.is_ranked else self["one" if self.poll.method == "single" else "some"]

    @property
    def marks(self) -> list[int]:
        said = self.cleaned_data
        if "one" in said:
            return [int(said["one"])]
        if "some" in said:
            return sorted(int(mark) for mark in said["some"])
        placed = [(int(place), int(name.removeprefix("place_"))) for name, place in said.items() if place]
        return [book for _place, book in sorted(placed)]
