from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import SignupPolicy, User
from movement.allies.names import refuse_hidden_characters
from movement.allies.words import Words
from movement.invitations.links import has_link
from movement.invitations.models import LONGEST_WORDS, Invitation
from movement.invitations.services import FEWEST_SEATS, MOST_SEATS

LONGEST_WAY_AHEAD = timedelta(days=366)


def refuse_links(text: str) -> None:
    """Raises ValidationError: these words may come to people who did not ask for them."""
    if has_link(text):
        raise ValidationError(_("Please leave links and addresses out; a full stop needs a space behind it."))


class PlainWords(Words):
    """One paragraph of one's own, without anything to click."""

    default_validators = [refuse_links]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=3, max_length=LONGEST_WORDS, required=False, **kwargs)


class WordsForm(forms.ModelForm[Invitation]):
    words = PlainWords(
        label=_("In your own words"),
        help_text=_("They stand above your link when it is opened. Why would they want to come?"),
    )

    class Meta:
        model = Invitation
        fields = ["words", "is_signed"]
        labels = {"is_signed": _("Greet with the name I go by here")}


class OccasionForm(forms.Form):
    """A link that ends by itself."""

    occasion = forms.CharField(label=_("What for"), max_length=80, help_text=_("For example: the lunch on Thursday."))
    until = forms.DateField(label=_("It works until"), widget=forms.DateInput(attrs={"type": "date"}))
    seats = forms.IntegerField(
        label=_("For at most so many"),
        required=False,
        min_value=FEWEST_SEATS,
        max_value=MOST_SEATS,
        help_text=_("Five or more: with fewer, the link itself would tell who has come. Leave it empty for no limit."),
    )

    def clean_occasion(self) -> str:
        occasion = " ".join(self.cleaned_data["occasion"].split())
        refuse_hidden_characters(occasion)
        refuse_links(occasion)
        return occasion

    def clean_until(self) -> datetime:
        """The end of that day, by the clock of the one who asks (the middleware has set their zone)."""
        day = self.cleaned_data["until"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("That day has passed."))
        if day > today + LONGEST_WAY_AHEAD:
            raise ValidationError(_("At most a year from now, please."))
        return timezone.make_aware(datetime.combine(day, time(23, 59)))


class LetterForm(forms.Form):
    """An address, and a few words for whoever reads it."""

    email = forms.EmailField(label=_("Their e-mail address"), max_length=254)
    words = PlainWords(label=_("A few words for them"), help_text=_("Plain words only: links are taken for spam."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        if email.lower() == self.user.email:
            raise ValidationError(_("This is your own address."))
        policy = SignupPolicy.current()
        if not policy.admits_address(email):
            domains = ", ".join(policy.domain_list()[:5])
            raise ValidationError(
                _("Only people with an address of ours can join (%(domains)s).") % {"domains": domains}
            )
        return email
