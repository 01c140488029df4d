"""A place that a measurement has to itself: a folder, production settings, and a database that is gone afterwards."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


@contextmanager
def place() -> Iterator[tuple[str, dict[str, str]]]:
    """The folder and the environment. With DATABASE_URL given, the database is a new one on that server."""
    with tempfile.TemporaryDirectory(prefix="groundswell-bench-") as folder, database(folder) as url:
        yield (
            folder,
            {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "LOCAL": "0",
                "SECRET_KEY": "bench-" + "k" * 60,
                "SITE_URL": "http://localhost",
                "ALLOWED_HOSTS": "localhost",
                "EMAIL_URL": "smtp://127.0.0.1:1",
                "VAR_DIR": folder,
                "DATABASE_URL": url,
                "LOG_LEVEL": "ERROR",
                "PYTHONPATH": os.pathsep.join(["site", "."]),
            },
        )


@contextmanager
def database(folder: str) -> Iterator[str]:
    given = os.environ.get("DATABASE_URL")
    if not given:
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    name = f"bench_{secrets.token_hex(6)}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(given, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
