from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clubs.discussion.models import Note
from clubs.reading.models import Section


class NoteForm(forms.ModelForm[Note]):
    page = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=9999)

    class Meta:
        model = Note
        fields = ["text", "page"]
        labels = {"text": _("Your note")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "maxlength": 2000})}

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].help_text = _("This section is pages %(first)s to %(last)s.") % {
            "first": section.first_page,
            "last": section.last_page,
        }
