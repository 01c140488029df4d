"""Answering, and opening a pulse. Without a script one can take back any rating: "Skip" is one of them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.allies.models import Ally, Unit
from movement.pulse.answering import LONGEST_TEXT, Given, Pair
from movement.pulse.lists import LARGEST_LIST, has_address
from movement.pulse.models import LONGEST, MOST_QUESTIONS, SHORTEST, Asked, Audience, Pulse, Question
from movement.pulse.scale import WORDS
from movement.pulse.voices import LONGEST_WHY

SCALE = [*((str(rating), word) for rating, word in WORDS.items()), ("", gettext_lazy("Skip"))]
HALVES = ("serving", "served")


class AnswerForm(forms.Form):
    """Both halves of a question or neither; one question at least."""

    def __init__(self, *args: Any, pulse: Pulse, questions: Sequence[Asked], ally: Ally | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for asked in questions:
            for half in HALVES:
                self.fields[self.name(asked, half)] = forms.ChoiceField(
                    label=getattr(asked, half), choices=SCALE, required=False, widget=forms.RadioSelect
                )
        self.fields["unit"] = forms.ModelChoiceField(
            Unit.objects.choosable(),
            label=_("Count my answer for"),
            required=False,
            empty_label=_("the whole organisation only"),
            initial=ally.unit_id if ally else None,
            help_text=_("A department is told of only where five or more answered, and five or more elsewhere."),
        )
        if pulse.asks_text:
            self.fields["text"] = forms.CharField(
                label=_("Is there one thing that would make us serve each other better?"),
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}),
                help_text=_(
                    "These words are shown to all allies as you write them, shuffled among the others, if five people "
                    "or more write some. Leave out names and whatever only you could know: your way of writing may "
                    "tell who you are."
                ),
                error_messages={"max_length": _("That is longer than 280 characters. Please shorten it.")},
            )

    @staticmethod
    def name(asked: Asked, half: str) -> str:
        return f"q{asked.position}-{half}"

    @property
    def pairs(self) -> Iterator[tuple[Asked, BoundField, BoundField]]:
        for asked in self.questions:
            yield asked, self[self.name(asked, "serving")], self[self.name(asked, "served")]

    def clean(self) -> dict[str, Any]:
        said = cast(dict[str, Any], super().clean())
        for asked in self.questions:
            ends = [said.get(self.name(asked, half)) for half in HALVES]
            if any(ends) and not all(ends) and not any(self.has_error(self.name(asked, half)) for half in HALVES):
                missing = self.name(asked, HALVES[0] if ends[1] else HALVES[1])
                self.add_error(
                    missing, _("Say it from this end as well, or skip both: what counts is the two together.")
                )
        if not self.errors and not any(said.get(self.name(asked, half)) for asked in self.questions for half in HALVES):
            raise forms.ValidationError(
                _("Every question is skipped. Answer one at least, or leave the page as it is.")
            )
        return said

    @property
    def given(self) -> Given:
        said = self.cleaned_data
        return Given(
            ratings=[self._pair(asked) for asked in self.questions], unit=said["unit"], text=said.get("text", "")
        )

    def _pair(self, asked: Asked) -> Pair | None:
        serving, served = (self.cleaned_data[self.name(asked, half)] for half in HALVES)
        return (int(serving), int(served)) if serving else None


class PlanForm(forms.Form):
    """What a steward decides. A list of addresses is pasted or comes as a file of plain text."""

    questions = forms.ModelMultipleChoiceField(
        Question.objects.filter(is_offered=True),
        label=gettext_lazy("Questions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose one question at least.")},
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who is asked"), choices=Audience, initial=Audience.ALLIES, widget=forms.RadioSelect
    )
    opens_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("From one week to three."),
    )
    asks_text = forms.BooleanField(label=gettext_lazy("Ask for a few words as well"), required=False, initial=True)
    reads_texts = forms.BooleanField(
        label=gettext_lazy("I read the words before allies do, and hide what names or hurts somebody"),
        required=False,
        initial=True,
    )
    addresses = forms.CharField(
        label=gettext_lazy("Addresses, for a pulse by mail"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "One a line, or with commas between. Each gets one letter with a ticket, no reminder, and is then "
            "forgotten: nothing here leads from a ticket back to an address."
        ),
    )
    file = forms.FileField(label=gettext_lazy("Or a file of them"), required=False)

    def clean_questions(self) -> list[Question]:
        chosen = list(self.cleaned_data["questions"])
        if len(chosen) > MOST_QUESTIONS:
            raise forms.ValidationError(_("Five questions at most: a sixth costs answers to the others."))
        return chosen

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > LARGEST_LIST:
            raise forms.ValidationError(_("The file is larger than 16 MB. Is it the right one?"))
        try:
            return cast(str, file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is not a file of plain text. Please save it as text or CSV (UTF-8)."))

    def clean(self) -> dict[str, Any]:
        said = cast(dict[str, Any], super().clean())
        first, last = said.get("opens_on"), said.get("closes_on")
        if first and first < timezone.localdate():
            self.add_error("opens_on", _("That day is over. Choose today or a day to come."))
        if first and last:
            self._check_length(first, last)
        said["addresses"] = "\n".join([said.get("addresses", ""), said.get("file") or ""]).strip()
        if said.get("audience") == Audience.EVERYONE and not said["addresses"]:
            self.add_error("addresses", _("A pulse by mail needs addresses. Paste them, or choose a file."))
        elif said.get("audience") == Audience.EVERYONE and not has_address(said["addresses"]):
            self.add_error(
                "addresses", _("Not one of these is an address, or one of our domains. Is it the right list?")
            )
        return said

    def _check_length(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("closes_on", _("The last day comes after the first."))
        elif not SHORTEST <= last - first <= LONGEST:
            self.add_error("closes_on", _("A pulse is open for one week at least and three at most."))

    @property
    def plan(self) -> dict[str, Any]:
        """What `planning.plan` takes. It opens early on the first day, and closes at that hour of the last."""
        said = self.cleaned_data
        begins = _morning(said["opens_on"])
        opens_at = max(begins, timezone.now()) if said["opens_on"] == timezone.localdate() else begins
        names = ("questions", "audience", "asks_text", "reads_texts")
        days = said["closes_on"] - said["opens_on"]
        chosen = {name: said[name] for name in names}
        addresses = said["addresses"] if said["audience"] == Audience.EVERYONE else ""
        return {**chosen, "addresses": addresses, "opens_at": opens_at, "closes_at": opens_at + days}


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(6)))


def next_days() -> dict[str, date]:
    """What the form proposes: from today on, for two weeks."""
    today = timezone.localdate()
    return {"opens_on": today, "closes_on": today + timedelta(weeks=2)}


class WhyForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("Why it is hidden"), max_length=LONGEST_WHY)
