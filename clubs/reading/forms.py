"""A book for the club, with its sections typed line by line."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from clubs.groups.forms import languages
from clubs.reading.isbn import in_13, plain, valid_isbn
from clubs.reading.models import Book, Verdict
from clubs.reading.services import Cut
from clubs.reading.site_pages import may_read
from movement.allies.words import Words

#: "The toll-house, 1-28": the pages stand after the last comma; any dash will do. Without them it is a chapter.
LINE = re.compile(r"(?P<title>.+?)(?:,\s*(?P<first>[0-9]{1,4})\s*[-–—]\s*(?P<last>[0-9]{1,4}))?")
#: Pages that were begun: "The toll-house, 28".
HALF = re.compile(r",\s*[0-9]+\s*[-–—]?\s*$")
MOST_SECTIONS, LONGEST_TITLE, SHOWN_ERRORS = 60, 120, 10


class SectionLines(forms.CharField):
    """One section a line; each line that cannot be read is named by its number."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
        if len(lines) > MOST_SECTIONS:
            raise ValidationError(_("At most %(n)s sections, please.") % {"n": MOST_SECTIONS})
        cuts, errors = [], []
        for number, line in lines:
            try:
                cuts.append(_read(line))
            except ValidationError as error:
                errors.append(_("Line %(n)s: %(what)s") % {"n": number, "what": error.message})
        if errors:
            raise ValidationError([str(error) for error in errors[:SHOWN_ERRORS]])
        return cuts


def _read(line: str) -> Cut:
    found = LINE.fullmatch(line)
    if not found or (found["first"] is None and HALF.search(line)):
        raise ValidationError(_("write the title, a comma, and the pages, such as “The toll-house, 1-28”."))
    cut = Cut(found["title"].strip(), _number(found["first"]), _number(found["last"]))
    if len(cut.title) > LONGEST_TITLE:
        raise ValidationError(_("the title is too long."))
    if cut.first_page == 0 or cut.last_page == 0:
        raise ValidationError(_("pages are counted from 1."))
    if cut.first_page is not None and cut.last_page is not None and cut.last_page < cut.first_page:
        raise ValidationError(_("the last page comes before the first."))
    return cut


def _number(digits: str | None) -> int | None:
    return int(digits) if digits is not None else None


class RecordForm(forms.ModelForm[Book]):
    """What is known of a book. A book that is known already is no fault: what its record lacks is filled in."""

    pages = forms.IntegerField(
        label=_("Pages"),
        min_value=1,
        max_value=9999,
        required=False,
        error_messages={"min_value": _("A book has one page at least. Leave it empty if unsure.")},
    )
    year = forms.IntegerField(label=_("Year"), min_value=-3000, max_value=2999, required=False)
    isbn = forms.CharField(label=_("ISBN"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = Book
        fields = ["title", "author", "pages", "year", "language", "isbn", "description", "found_at"]
        labels = {
            "title": _("Title"),
            "author": _("Author, or authors"),
            "description": _("What it is about"),
            "found_at": _("Where to get it"),
        }
        help_texts = {
            "description": _("About the book only: every group that reads it sees this."),
            "found_at": _("Library, shop, the shelf in the hall."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 3, "maxlength": 600})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("Not said")), *languages()]  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_author(self) -> str:
        return " ".join(self.cleaned_data["author"].split())

    def clean_isbn(self) -> str:
        """In 13 digits, whichever way it was printed."""
        isbn = plain(self.cleaned_data["isbn"])
        if isbn:
            valid_isbn(isbn)
        return in_13(isbn)

    def _get_validation_exclusions(self) -> set[str]:
        """A book that is known already is no fault: the clubs share its record, so its uniqueness is not asked."""
        return super()._get_validation_exclusions() | {"author", "isbn"}  # type: ignore[misc, no-any-return]


class BookForm(RecordForm):
    sections = SectionLines(
        label=_("Sections"),
        max_length=10_000,
        help_text=_("One a line, with its pages: “The toll-house, 1-28”. A chapter needs none."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    page = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ["title", "author", "sections"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_page(self) -> Page | None:
        """Only what this person may read."""
        return may_read(self.user, self.cleaned_data["page"])


class PlaceForm(forms.Form):
    """A page or a percentage; one of them is enough."""

    page = forms.IntegerField(label=_("I am on page"), min_value=0, max_value=9999, required=False)
    percent = forms.IntegerField(label=_("or so far, in percent"), min_value=0, max_value=100, required=False)
    is_named = forms.BooleanField(label=_("The others may see it beside my name"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and said.get("page") is None and said.get("percent") is None:
            raise ValidationError(_("Give a page, or how far in percent."))
        return said


class VerdictForm(forms.ModelForm[Verdict]):
    """Any of it is enough."""

    stars = forms.TypedChoiceField(
        label=_("In stars"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    words = Words(label=_("In words"), max_length=600, rows=4, paragraphs=True, required=False)
    differently = Words(
        label=_("What will you do differently?"),
        max_length=280,
        rows=2,
        required=False,
        help_text=_("Something small, such as others could try too."),
    )
    propose = forms.BooleanField(
        label=_("Propose that to all as an idea for a small action"),
        required=False,
        help_text=_("An editor looks at it first. Your name does not go with it."),
    )

    class Meta:
        model = Verdict
        fields = ["stars", "words", "differently", "may_travel"]
        labels = {"may_travel": _("Other groups may read my stars and words, without my name")}
        help_texts = {"may_travel": _("They may not have read it yet: keep its end to yourself.")}

    field_order = ["stars", "words", "differently", "propose", "may_travel"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stars"].choices = [("", _("none")), *((n, str(n)) for n in range(1, 6))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(said.get(name) for name in ("stars", "words", "differently")):
            raise ValidationError(_("A word, a star, or something you will do: any of it is enough."))
        return said
