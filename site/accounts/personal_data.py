"""Every model with personal data says how it is exported and erased (design rule 11).

The apps register in `AppConfig.ready()`; tests/accounts/test_personal_data.py walks all models and fails for one that
points at a person and is not here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files import File
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

from accounts.models import User

Export = Callable[[User], Iterable[Mapping[str, Any]]]
Erase = Callable[[User], None]
#: Files of somebody's, each with the name it bears in their parcel; those of no field are kept in the database itself.
Files = Callable[[User], Iterable[tuple[str, File]]]
Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """`export` yields plain JSON-able dicts about one person, `files` what they have uploaded; `erase` removes or
    blanks what is theirs, files included."""

    model: type[Model]
    export: Export
    erase: Erase
    files: Files


_declared: dict[type[Model], Declaration] = {}


def no_files(user: User) -> Iterable[tuple[str, File]]:
    return ()


def declare(model: type[Model], *, export: Export, erase: Erase, files: Files = no_files) -> None:
    """Register once per model, from `AppConfig.ready()`."""
    if model in _declared:
        raise ValueError(f"{model.__name__} has declared its personal data already.")
    _declared[model] = Declaration(model=model, export=export, erase=erase, files=files)


def declarations() -> list[Declaration]:
    return list(_declared.values())


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody who leaves may ask for besides: a check box on /me/data/, acted upon before all else is erased.
    `fits` says whom it concerns."""

    name: str
    label: Words
    act: Erase
    fits: Callable[[User], bool] = lambda user: True


_wishes: dict[str, Wish] = {}


def offer(wish: Wish) -> None:
    """From `AppConfig.ready()`."""
    if wish.name in _wishes:
        raise ValueError(f"The wish {wish.name} is offered already.")
    _wishes[wish.name] = wish


def wishes() -> list[Wish]:
    return list(_wishes.values())


# What somebody is known by -----------------------------------------------------------------------------------------

Names = Callable[[User], Iterable[str]]
_names: list[Names] = []
_mentions: list[tuple[type[Model], tuple[str, ...]]] = []


def known_by(names: Names) -> None:
    """From `AppConfig.ready()`: names that somebody bears on a higher floor (the chosen one, an alias)."""
    _names.append(names)


def mentions(model: type[Model], *fields: str) -> None:
    """From `AppConfig.ready()`: texts that the site itself writes to others about somebody. Whoever is erased is a
    former member there."""
    _mentions.append((model, fields))


def names_of(user: User) -> list[str]:
    """All that they are called, the longest first."""
    found = {name.strip() for names in _names for name in names(user)} | {user.name.strip()}
    return sorted(found - {""}, key=len, reverse=True)


def addresses_of(user: User) -> list[str]:
    """The address they sign in with, and every other that they have proved to be theirs."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({user.email.lower(), *(email.lower() for email in proved)})


def mentioning() -> list[tuple[type[Model], tuple[str, ...]]]:
    return list(_mentions)


# Ready-made answers ------------------------------------------------------------------------------------------------


def rows(model: type[Model], owner: str, *fields: str) -> Export:
    """Export these fields of the rows whose `owner` (a lookup such as "ally__user") is the person."""

    def export(user: User) -> Iterable[dict[str, Any]]:
        return _of(model, owner, user).values(*fields)

    return export


def nothing_to_export(user: User) -> Iterable[Mapping[str, Any]]:
    """For rows that say nothing about a person beyond what another declaration exports."""
    return ()


def delete_rows(model: type[Model], owner: str) -> Erase:
    """Erase by deleting the rows whose `owner` is the person."""

    def erase(user: User) -> None:
        _of(model, owner, user).delete()

    return erase


def remove_file(file: FieldFile) -> None:
    """For `erase`: the file goes once the transaction holds, so that a row never names a file that is gone."""
    if file and file.name:
        storage, name = file.storage, file.name
        transaction.on_commit(lambda: storage.delete(name))


def kept_without_name(user: User) -> None:
    """For rows whose key to the person is set to NULL, or which go with it, when the login is removed."""


def _of(model: type[Model], owner: str, user: User) -> QuerySet[Any]:
    return model._default_manager.filter(**{owner: user.pk})
