"""Choosing among rows."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: As many digits as surely fit the 64 bits of a row's number.
LONGEST_NUMBER = 18


class RowChoices(forms.ModelMultipleChoiceField):
    """Several rows by number. What no row can be called is refused before the database sees it: Django's own field
    hands any number on, and SQLite fails on those over 64 bits.
    """

    default_error_messages = {"invalid_pk_value": _("Choose from those shown.")}

    def clean(self, value: Any) -> Any:
        for number in value or []:
            if not (str(number).isascii() and str(number).isdigit() and len(str(number)) <= LONGEST_NUMBER):
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value")
        return super().clean(value)
