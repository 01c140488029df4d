"""The comment form: for readers without a login, for allies, and for mending one's own words."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext, gettext_lazy

from accounts.tokens import BadToken
from conversation import stamps, texts, thread
from conversation.hosts import Target
from conversation.remembering import Remembered

LONGEST_TEXT = 4_000
LONGEST_WORD = 80
AGAIN = gettext_lazy("Your text is kept: please press the button once more.")


class TextField(forms.CharField):
    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TEXT, label=gettext_lazy("Your comment"), **kwargs)
        self.widget.attrs.pop("maxlength", None)  # the browser would cut off what somebody pastes, without a word
        self.widget.attrs |= {"rows": 5, "dir": "auto"}
        self.error_messages["required"] = gettext_lazy("Write your comment here.")
        too_long = gettext_lazy("A comment has room for 4,000 letters; this one has %(show_value)s. What goes first?")
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = too_long

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class CommentForm(forms.Form):
    text = TextField()
    name = forms.CharField(max_length=50, label=gettext_lazy("Name, as it should appear"))
    email = forms.EmailField(
        max_length=254,
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Never shown. We use it to confirm that it is you."),
    )
    followup = forms.BooleanField(required=False, label=gettext_lazy("Tell me about replies"))
    in_digest = forms.BooleanField(
        required=False, label=gettext_lazy("Tell me about replies in one letter a week, not at once")
    )
    website = forms.CharField(required=False, label=gettext_lazy("Leave this empty"))
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    reply_to = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        target: Target,
        user: Any,
        reply_to: str = "",
        known: Remembered | None = None,
        given: dict[str, Any] | None = None,
    ) -> None:
        """`known` is what this browser remembers; `given` is what stands in a form that is only looked at again."""
        slot = thread.number_in(str(data.get("reply_to", "")) if data else reply_to) or "new"  # two may be open at once
        initial = {"stamp": stamps.make(target), "reply_to": reply_to}
        initial |= {"name": known.name, "email": known.email} if known else {}
        super().__init__(data, auto_id=f"comment_{slot}_%s", initial=initial | (given or {}))
        self.target = target
        self.press = ""
        self.known_as, self.known = target.name_of(user), known
        if data is None:
            self.fields["text"].widget.attrs["autofocus"] = True
        self.fields["name"].error_messages["required"] = gettext("Type the name to show beside your comment.")
        self.fields["email"].error_messages["required"] = gettext("We need an address to send the link to.")
        self.fields["name"].widget.attrs["autocomplete"] = "nickname" if user.is_authenticated else "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}
        if known:
            self.fields["email"].help_text = gettext(
                "Never shown. You confirmed it in this browser: no mail is needed."
            )
        if user.is_authenticated:
            del self.fields["email"], self.fields["in_digest"]
            self.fields["name"].help_text = gettext("Beside this comment only. You choose what to be called.")
        if self.known_as:
            del self.fields["name"]

    @property
    def is_confirmed(self) -> bool:
        """Whether the address is the one that this browser has confirmed."""
        given = self.cleaned_data.get("email", "").casefold()
        return self.known is not None and given == self.known.email.casefold()

    def clean_name(self) -> str:
        return texts.clean_name(self.cleaned_data["name"])

    def clean_text(self) -> str:
        return texts.clean_text(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned.setdefault("name", self.known_as or "")
        cleaned["followup"] = cleaned.get("followup", False) or cleaned.get("in_digest", False)
        try:
            stamp = stamps.read(cleaned.get("stamp", ""), self.target)
        except BadToken:
            self._renew()
            raise forms.ValidationError(gettext("This form has been open for too long.") + f" {AGAIN}") from None
        if cleaned.get("website"):
            self._renew()
            raise forms.ValidationError(gettext("Something filled in a field that has to stay empty.") + f" {AGAIN}")
        if stamp.too_quick and not self.errors:
            raise forms.ValidationError(gettext("That was quicker than anybody types.") + f" {AGAIN}")
        # With the address: who corrects a slip in it is written to at the right one.
        self.press = stamp.press(*(cleaned.get(name, "") for name in ("text", "reply_to", "email")))
        return cleaned

    def answer_nothing(self) -> None:
        """What was answered is gone: sending once more posts the comment on its own."""
        self.data = {**self.data.dict(), "reply_to": ""}  # type: ignore[attr-defined]

    def _renew(self) -> None:
        """So that sending once more is enough."""
        fresh = {"website": "", "stamp": stamps.make(self.target)}
        self.data = {**self.data.dict(), **fresh}  # type: ignore[attr-defined]


class EditForm(forms.Form):
    text = TextField()

    def clean_text(self) -> str:
        return texts.clean_text(self.cleaned_data["text"])


class AnswerForm(forms.Form):
    """The one answer of a writer whose comment was taken down."""

    text = TextField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = gettext("Your answer to the editors")

    def clean_text(self) -> str:
        return texts.clean_text(self.cleaned_data["text"])


class WordsForm(forms.Form):
    """The words that hold a comment, one a line."""

    words = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 12}), max_length=20_000)

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        return [line for line in lines if 0 < len(line) <= LONGEST_WORD]
