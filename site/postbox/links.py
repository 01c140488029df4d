"""Addresses for mails: from the configured origin, never from a request (design rule 10)."""

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a path on this site. Refuses anything but a path of ours."""
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("A path on this site begins with one slash.")
    return f"{settings.SITE_URL}{path}"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
