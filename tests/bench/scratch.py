"""A place that a measurement has to itself: a folder, production settings, and a database that is gone afterwards."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[2]


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


def run(code: str, given: dict[str, str], *arguments: object) -> str:
    """What this code prints, in a process of its own: its time and memory are nobody else's."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    ran = subprocess.run(command, env=os.environ | given, capture_output=True, text=True, check=False, cwd=ROOT)
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2_000:])
    return ran.stdout


def found(code: str, given: dict[str, str], *arguments: object) -> Any:
    """What it says of itself: its last line, as JSON."""
    return json.loads(run(code, given, *arguments).splitlines()[-1])
