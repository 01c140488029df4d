"""What is written to somebody one would like to meet, and what is given once both have said yes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from movement.allies.words import Words
from movement.introductions.models import LONGEST_NOTE, LONGEST_REACH
from movement.introductions.reports import LONGEST_REASON

TOO_LONG = _("This is longer than it can be: %(limit_value)d characters at most, and it has %(show_value)d.")


def note_field(label: Any, hint: Any) -> Words:
    return Words(
        label=label,
        help_text=hint,
        max_length=LONGEST_NOTE,
        rows=3,
        error_messages={"required": _("A line is enough, but somebody will read it."), "max_length": TOO_LONG},
    )


class ReachForm(forms.Form):
    """How one is reached: begins with what the profile says, and may be another for this one person."""

    reach = Words(
        label=_("How they can reach you"),
        help_text=_(
            "They see this only once you have both said yes. A telephone number, a name in the company’s chat, "
            "the third desk by the window."
        ),
        max_length=LONGEST_REACH,
        widget=forms.TextInput,
        error_messages={
            "required": _("Say how they find you: it is what you give each other."),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, *args: Any, ally: Ally, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reach"].initial = ally.reach_me


class AskForm(ReachForm):
    note = note_field(_("Your note"), _("Why you would like to meet, or what you would ask. Two lines are plenty."))
    field_order = ["note", "reach"]


class IntroduceForm(forms.Form):
    note = note_field(_("What you tell both"), _("Why would they like each other? Both read the same words."))


class ReportForm(forms.Form):
    reason = Words(
        label=_("What happened?"),
        help_text=_("In your own words. Stewards read it, and the name you go by; the other never learns of you."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say what happened, so that a steward can act."), "max_length": TOO_LONG},
    )
    also_block = forms.BooleanField(
        label=_("Keep us apart as well"), required=False, help_text=_("Neither of you meets the other here any more.")
    )
