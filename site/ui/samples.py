"""What the styleguide shows: each component in its states, with made-up people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

COLOURS = [
    *("paper", "paper-raised", "paper-sunk", "ink", "ink-soft", "ink-faint", "line", "line-strong", "ground"),
    *("accent", "accent-deep", "accent-wash", "field", "field-line"),
    *("good", "good-wash", "care", "care-wash", "bad", "bad-wash"),
    *("share-0", "share-1", "share-2", "share-3", "share-4", "share-5"),
]


class SampleForm(forms.Form):
    alias = forms.CharField(
        label=_("Your alias"), max_length=40, help_text=_("Two words at most. Not your initials, not your nickname.")
    )
    department = forms.ChoiceField(label=_("Department"), choices=[("", _("Choose one")), ("log", _("Logistics"))])
    note = forms.CharField(label=_("A note to later you"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    day = forms.DateField(label=_("When it should come back"), widget=forms.DateInput(attrs={"type": "date"}))
    seen = forms.ChoiceField(
        label=_("How shall others see you?"),
        choices=[("open", _("Open, by my name")), ("alias", _("By an alias")), ("quiet", _("Counted, never shown"))],
        widget=forms.RadioSelect,
        initial="open",
    )
    there = forms.ChoiceField(
        label=_("Will you be there?"),
        choices=[("yes", _("I’ll be there")), ("video", _("By video")), ("no", _("Not this time"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    mail = forms.BooleanField(label=_("Write to me when somebody answers"), required=False)


def context() -> dict[str, Any]:
    typed = {"alias": "W. Saltmarsh", "seen": "open", "there": "maybe", "day": "soon"}
    wrong = SampleForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")
    wrong.add_error("alias", _("That is close to your name. Choose something that could be anyone."))
    return {
        "colours": COLOURS,
        "form": SampleForm(prefix="right"),
        "wrong": wrong,
        "stages": list(enumerate([_("not begun"), _("a handful"), _("a department"), _("a division"), _("all of it")])),
        "chapters": range(1, 5),
        "weeks": [
            ("29 September: something done", "done", "Sep"),
            ("6 October: something done", "done", "Oct"),
            ("13 October: quiet", "", ""),
            ("20 October: a pause", "paused", ""),
            ("27 October: something done", "done", ""),
        ],
        "read_to": [0, 1, 3, 3, 1, 1, 0],
        "units": [("Customer Support", 24, 96), ("Field Service", 41, 212), ("Sales", 14, 118), ("Quality", None, 41)],
        "said": "A queue *nobody* can see is still a queue.\n\n- [the list](https://example.org)\n- <b>not bold</b>",
    }
