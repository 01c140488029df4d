"""Two people edit one thing at once: the second is told, sees both versions, and nothing is overwritten silently.

The thing counts its editions (`Edited`), its form carries the edition it was opened on (`OverEdition`), and the service
that saves begins with `take_edition`. The view answers `ChangedMeanwhile` with `meanwhile(…)`: the form once more, with
what was typed, over the edition that stands now; sending it again is then a choice. The page shows what differs with
`{% include "movement/meanwhile.html" %}`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.translation import gettext as _


class Edited(models.Model):
    """`edition` counts how often it was saved by its form."""

    edition = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class ChangedMeanwhile(Exception):
    """Somebody else has saved it since this edition was opened; nothing of ours is kept yet."""


def take_edition(thing: Edited, edition: int) -> None:
    """The next edition is ours: call it first, inside the transaction that saves. Raises ChangedMeanwhile.

    One conditional update, so that of two who save at once one is told, whichever database is below.
    """
    mine = type(thing)._default_manager.filter(pk=thing.pk, edition=edition)
    if not mine.update(edition=edition + 1):
        raise ChangedMeanwhile
    thing.edition = edition + 1


class OverEdition(forms.Form):
    """A form that knows which edition of its thing it was opened on.

    Mix it in before ModelForm, whose `instance` is the thing, or pass `edition` in `initial`.
    """

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (thing := getattr(self, "instance", None)) is not None:
            self.initial["edition"] = thing.edition

    def values(self) -> dict[str, Any]:
        """What was typed, without the edition."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}


@dataclass(frozen=True)
class Difference:
    """One field, as it stands now and as it was typed."""

    label: str
    theirs: str
    mine: str


F = TypeVar("F", bound=forms.BaseForm)


def meanwhile(make: Callable[[QueryDict], F], data: QueryDict, *, edition: int) -> tuple[F, list[Difference]]:
    """The form again, over the edition that stands now, and what differs from it. `make` builds the form on that."""
    again = data.copy()
    again["edition"] = str(edition)
    form = make(again)
    return form, differences(form)


def differences(form: forms.BaseForm) -> list[Difference]:
    """The visible fields in which what was typed is not what stands."""
    return [
        Difference(
            label=str(form[name].label),
            theirs=told(form.fields[name], form.get_initial_for_field(form.fields[name], name)),
            mine=told(form.fields[name], form[name].data),
        )
        for name in form.changed_data
        if not form[name].is_hidden
    ]


def told(field: forms.Field, value: Any) -> str:
    """A field's value in words: the choices by their labels, several of them in a row."""
    if isinstance(value, models.QuerySet | list | tuple):
        return ", ".join(told(field, one) for one in value) or _("nothing")
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return _("nothing")
    if isinstance(field, forms.DateField) and isinstance(value, str):
        value = _read(field, value)
    plain = str(field.prepare_value(value))
    return _labels(getattr(field, "choices", ())).get(plain) or str(localize(value))


def _read(field: forms.DateField, typed: str) -> Any:
    """A day as it was typed, so that both versions are told alike; what is none stays as it is."""
    try:
        return field.to_python(typed)
    except forms.ValidationError:
        return typed


def _labels(choices: Iterable[Any]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for value, label in choices:
        found |= _labels(label) if isinstance(label, list | tuple) else {str(value): str(label)}
    return found
