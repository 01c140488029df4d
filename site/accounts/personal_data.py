"""Every model with personal data says how it is exported and erased (design rule 11).

The apps register in `AppConfig.ready()`; tests/accounts/test_personal_data.py walks all models and fails for one that
points at a person and is not here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from accounts.models import User

Export = Callable[[User], Iterable[Mapping[str, Any]]]
Erase = Callable[[User], None]


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """`export` yields plain JSON-able dicts about one person; `erase` removes or blanks what is theirs."""

    model: type[Model]
    export: Export
    erase: Erase


_declared: dict[type[Model], Declaration] = {}


def declare(model: type[Model], *, export: Export, erase: Erase) -> None:
    """Register once per model, from `AppConfig.ready()`."""
    if model in _declared:
        raise ValueError(f"{model.__name__} has declared its personal data already.")
    _declared[model] = Declaration(model=model, export=export, erase=erase)


def declarations() -> list[Declaration]:
    return list(_declared.values())


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


def kept_without_name(user: User) -> None:
    """For rows whose key to the person is set to NULL, or which go with it, when the login is removed."""


def _of(model: type[Model], owner: str, user: User) -> QuerySet[Any]:
    return model._default_manager.filter(**{owner: user.pk})
