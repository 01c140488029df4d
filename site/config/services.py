"""Addresses of the services beside us (database, cache, mail server), turned into Django's settings."""

from typing import Any

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured

#: Measured on contended writes: IMMEDIATE takes the write lock at the start of a transaction instead of failing
#: when a reader wants to become a writer; WAL lets readers go on meanwhile.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """Django's database settings for `sqlite:///path` or `postgres://user:password@host:port/name`."""
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not understood: {error}") from error
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = SQLITE_OPTIONS | settings.get("OPTIONS", {})
    else:
        settings["CONN_MAX_AGE"] = 0  # the pool keeps connections, not the thread
        settings["CONN_HEALTH_CHECKS"] = True  # and asks whether one still stands before lending it
        settings["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}} | settings.get("OPTIONS", {})
    return settings


def caches(redis_url: str) -> dict[str, dict[str, Any]]:
    """Django's caches: in Redis where there is one, in the database otherwise."""
    if redis_url:
        shared: dict[str, Any] = {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": redis_url,
            # Redis away is a cache miss, not an error page.
            "OPTIONS": {"CLIENT_CLASS": "django_redis.client.DefaultClient", "IGNORE_EXCEPTIONS": True},
        }
    else:
        shared = {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    # Which files a picture has: Wagtail writes what it finds back, which must not be a write to the database.
    renditions = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
    return {"default": shared, "renditions": renditions}


def mail_backend(url: str) -> tuple[str, dict[str, Any]]:
    """The backend's dotted path and the EMAIL_… settings for EMAIL_URL (`smtp://…`, or `folder` for files)."""
    if url == "folder":
        return "postbox.folder.FolderBackend", {}
    try:
        settings = dict(dj_email_url.parse(url))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"EMAIL_URL is not understood: {error}") from error
    backend = settings.pop("EMAIL_BACKEND", None)
    if not backend:
        raise ImproperlyConfigured(
            "EMAIL_URL is not understood: it begins with smtp:// or smtp+tls://, or is `folder`."
        )
    settings.pop("EMAIL_FILE_PATH", None)
    return backend, settings | {"EMAIL_TIMEOUT": 20}
