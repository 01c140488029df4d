from django import forms
from django.utils.translation import gettext_lazy as _

from content.pages.sorting import Topic
from ui.choices import RowChoices


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    #: People do not see it; what fills in every field does.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_a_machine(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class TopicsForm(forms.Form):
    topics = RowChoices(
        Topic.objects.all(),
        required=False,
        label=_("Only articles about"),
        help_text=_("Choose none, and you get everything."),
        widget=forms.CheckboxSelectMultiple,
    )
