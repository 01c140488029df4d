"""What a workshop is called, and a card on its table."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from movement.allies.names import refuse_hidden_characters
from movement.personas.forms import LinesForm
from movement.personas.models import PersonaCard
from movement.personas.workshops import Workshop


class WorkshopForm(forms.ModelForm[Workshop]):
    class Meta:
        model = Workshop
        fields = ["title"]
        help_texts = {"title": _("“Whom does the night shift serve?” It stands on top of the sheet.")}
        error_messages: dict[str, dict[str, Any]] = {"title": {"required": _("A few words will do.")}}

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        refuse_hidden_characters(title)
        return title


class TableForm(LinesForm):
    """The four lines, by when, and who is speaking where one screen is passed around."""

    class Meta(LinesForm.Meta):
        model = PersonaCard
        fields = ["said_by", "name", "role", "want", "when", "use"]

    field_order = ["said_by", "name", "role", "want", "when", "use"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said_by"].help_text = _("Only if you type for somebody else at the table. A first name will do.")
        self.fields["said_by"].widget.attrs["autocomplete"] = "off"

    def clean_said_by(self) -> str:
        return " ".join(self.cleaned_data["said_by"].split())
