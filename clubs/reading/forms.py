"""A book for the club, with its sections typed line by line."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clubs.reading.isbn import plain
from clubs.reading.models import Book
from clubs.reading.services import Cut

#: "The toll-house, 1-28": the pages stand after the last comma; any dash will do.
LINE = re.compile(r"(?P<title>.+),\s*(?P<first>[0-9]{1,4})\s*[-–—]\s*(?P<last>[0-9]{1,4})")
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
    if not found:
        raise ValidationError(_("write the title, a comma, and the pages, such as “The toll-house, 1-28”."))
    cut = Cut(found["title"].strip(), int(found["first"]), int(found["last"]))
    if len(cut.title) > LONGEST_TITLE:
        raise ValidationError(_("the title is too long."))
    if cut.first_page < 1 or cut.last_page < cut.first_page:
        raise ValidationError(_("the last page comes before the first."))
    return cut


class BookForm(forms.ModelForm[Book]):
    pages = forms.IntegerField(label=_("Pages"), min_value=1, max_value=9999, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=-3000, max_value=2999, required=False)
    isbn = forms.CharField(label=_("ISBN"), max_length=20, required=False)
    sections = SectionLines(
        label=_("Sections"),
        max_length=10_000,
        help_text=_("One a line, with its pages: “The toll-house, 1-28”."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    class Meta:
        model = Book
        fields = ["title", "author", "pages", "year", "isbn", "description"]
        labels = {"title": _("Title"), "author": _("Author"), "description": _("What it is about")}
        help_texts = {"description": _("About the book only: every group that reads it sees this.")}
        widgets = {"description": forms.Textarea(attrs={"rows": 3, "maxlength": 600})}

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_author(self) -> str:
        return " ".join(self.cleaned_data["author"].split())

    def clean_isbn(self) -> str:
        return plain(self.cleaned_data["isbn"])

    def _get_validation_exclusions(self) -> set[str]:
        """A book that is known already is no fault: the clubs share its record, so its uniqueness is not asked."""
        return super()._get_validation_exclusions() | {"author"}  # type: ignore[misc, no-any-return]
