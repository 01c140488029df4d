"""Addresses of people: kept hashed where they only have to be recognised, shown masked."""

from django.utils.crypto import salted_hmac


def hashed(address: str) -> str:
    """The same for the same address whatever its capitals; cannot be turned back without the site's key."""
    return salted_hmac("postbox.recipient", address.strip().lower(), algorithm="sha256").hexdigest()


def masked(address: str) -> str:
    """Enough for the owner to recognise it: `j•••@example.org`."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}"
