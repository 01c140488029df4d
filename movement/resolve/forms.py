from django import forms
from django.utils.translation import gettext_lazy as _

from movement.allies.words import Words
from movement.resolve.models import LONGEST, Wait


class NoteForm(forms.Form):
    text = Words(
        label=_("Why do you care?"),
        help_text=_("What did you see that made you think it could be better here? Write as you would to a friend."),
        max_length=LONGEST,
        paragraphs=True,
        rows=8,
        error_messages={
            "required": _("Write a line at least. You are the only reader."),
            "max_length": _(
                "This is longer than a note can be: %(limit_value)d characters at most, and it has %(show_value)d."
            ),
        },
    )
    months = forms.TypedChoiceField(
        label=_("When shall it come back?"), choices=Wait, coerce=int, initial=Wait.QUARTER, widget=forms.RadioSelect
    )
    when_away = forms.BooleanField(
        label=_("Sooner, when I have been away for eight weeks"),
        required=False,
        initial=True,
        help_text=_("Away means: neither signed in nor noted anything. Nobody else is told of it."),
    )
    in_mail = forms.BooleanField(
        label=_("Put the words themselves into the mail"),
        required=False,
        help_text=_("Otherwise the mail says only that a note from you is waiting, and leads here."),
    )
