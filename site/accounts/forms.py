"""Leaving for good asks twice."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import wishes


class EraseForm(forms.Form):
    """The person's own address typed out, and the password where there is one: nobody leaves by a slip."""

    email = forms.CharField(label=_("Your e-mail address, typed out"), max_length=254)
    password = forms.CharField(
        label=_("Your password"),
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]
        self.wishes = [wish for wish in wishes() if wish.fits(user)]
        for wish in self.wishes:
            self.fields[f"wish_{wish.name}"] = forms.BooleanField(label=str(wish.label), required=False)

    @property
    def asked_for(self) -> set[str]:
        """The names of the wishes that were ticked."""
        return {wish.name for wish in self.wishes if self.cleaned_data.get(f"wish_{wish.name}")}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.strip().lower() != self.user.email:
            raise ValidationError(_("This is not the address you sign in with."))
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your password."))
        return password
