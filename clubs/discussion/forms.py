from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clubs.discussion.models import Highlight, Note
from clubs.discussion.pool import POOL
from clubs.reading.models import Section
from movement.allies.words import Words


class AtPage(forms.Form):
    """With the page, if there is one to name."""

    page = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=9999)

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if section.length:
            self.fields["page"].help_text = _("This section is pages %(first)s to %(last)s.") % {
                "first": section.first_page,
                "last": section.last_page,
            }


class NoteForm(AtPage, forms.ModelForm[Note]):
    class Meta:
        model = Note
        fields = ["text", "page"]
        labels = {"text": _("Your note")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "maxlength": 2000})}


class HighlightForm(AtPage, forms.ModelForm[Highlight]):
    quotation = Words(label=_("The words"), max_length=600, rows=3, paragraphs=True)
    why = Words(label=_("Why they matter"), max_length=280, rows=2, required=False)

    field_order = ["quotation", "page", "why"]

    class Meta:
        model = Highlight
        fields = ["quotation", "page", "why"]


class QuestionForm(forms.Form):
    """One's own words, or some of the shared pool."""

    text = Words(label=_("In your own words"), max_length=280, rows=2, required=False)
    pool = forms.MultipleChoiceField(
        label=_("Or from those that fit any book"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pool"].choices = [(str(place), text) for place, text in enumerate(POOL)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not self.texts:
            raise ValidationError(_("Write a question, or tick one."))
        return said

    @property
    def texts(self) -> list[str]:
        own, ticked = self.cleaned_data.get("text"), self.cleaned_data.get("pool", [])
        return [*filter(None, [own]), *(str(POOL[int(place)]) for place in ticked)]
