from django import forms
from django.utils.translation import gettext_lazy as _

from movement.allies.names import refuse_hidden_characters
from movement.invitations.models import Invitation


class WordsForm(forms.ModelForm[Invitation]):
    class Meta:
        model = Invitation
        fields = ["words"]
        labels = {"words": _("In your own words")}
        help_texts = {"words": _("Stands above your link when it is opened. Why would they want to come?")}
        widgets = {"words": forms.Textarea(attrs={"rows": 3, "maxlength": 400})}

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        refuse_hidden_characters(words)
        return words
