"""Addresses of people: kept hashed where they only have to be recognised, shown masked."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac


def hashed(address: str) -> str:
    """The same for the same address whatever its capitals; cannot be turned back without the site's key."""
    return salted_hmac("postbox.recipient", address.strip().lower(), algorithm="sha256").hexdigest()


def masked(address: str) -> str:
    """Enough for the owner to recognise it: `j•••@example.org`."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}"


class HashedField(models.CharField):
    """The hash of the row's own address, whichever way the row is written: a link can name it without showing it."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 64, "editable": False, "db_index": True} | kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = hashed(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, value)
        return value
