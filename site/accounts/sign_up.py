"""Signing up takes the same time whether or not the address is known."""

from typing import Any

from allauth.account import forms
from django.http import HttpRequest

from accounts.models import User


class SignupForm(forms.SignupForm):
    """For an address that is known allauth makes no login, and so hashes no password: by far most of the time it takes.
    Here it does, and throws it away."""

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)
