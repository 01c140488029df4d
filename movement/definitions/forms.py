from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from movement.allies.words import Words
from movement.definitions.models import LONGEST

#: The primer's own, to begin with or to differ from.
GIVEN = _(
    "Service focus is the choice an organisation makes to put serving first: its people take care to serve each other "
    "well inside, because that is how they become able to serve anybody well outside."
)
ME, ALLIES = "me", "allies"


class DefinitionForm(forms.Form):
    """Whoever appears under no name is not asked whether to show it."""

    text = Words(
        label=_("Service focus means that we…"),
        help_text=_("Two lines are plenty, as you would say it across a kitchen table. At most 500 characters."),
        max_length=LONGEST,
        error_messages={
            "required": _("Say it in a few words. They need not be final."),
            "max_length": _(
                "This is longer than a definition can be: %(limit_value)d characters at most, and it has "
                "%(show_value)d. What could go?"
            ),
        },
    )
    audience = forms.ChoiceField(label=_("Who may read it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, ally: Ally, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ally.shown_name is None:
            del self.fields["audience"]
            return
        shown = _("Allies, under the name %(name)s") % {"name": ally.shown_name}
        self.fields["audience"].choices = [(ME, _("Only me")), (ALLIES, shown)]  # type: ignore[attr-defined]

    @property
    def shows(self) -> bool:
        return self.cleaned_data.get("audience") == ALLIES
