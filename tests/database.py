"""A migrated SQLite database to start from: made by the first run of the suite, copied by those that follow.

Creating it anew takes longer than most of what is tested. It is known by what it was made from: the locked libraries,
the installed apps and the project's own migrations.
"""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
APPS = ("site/*", "content", "movement", "clubs")


def is_file() -> bool:
    return connection.vendor == "sqlite"


def template() -> Path:
    made_of = hashlib.blake2b(repr(settings.INSTALLED_APPS).encode(), digest_size=8)
    ours = (file for app in APPS for file in sorted(ROOT.glob(f"{app}/migrations/0*.py")))
    for file in [ROOT / "requirements-dev.txt", *ours]:
        made_of.update(file.name.encode() + file.read_bytes())
    return settings.VAR / f"test-template-{made_of.hexdigest()}.sqlite3"


def name() -> Path:
    """The file that the tests of this process use; pytest-xdist gives each worker its own."""
    return Path(str(settings.DATABASES["default"]["TEST"]["NAME"]))


def begin() -> None:
    if template().exists():
        shutil.copyfile(template(), name())


def keep() -> None:
    """Right after the migrations, before any test; two workers may both do it, the last one's copy stays."""
    if template().exists():
        return
    for older in settings.VAR.glob("test-template-*.sqlite3"):
        older.unlink(missing_ok=True)
    copy = settings.VAR / f"test-template.{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    copy.replace(template())


def end() -> None:
    for ending in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{name()}{ending}").unlink()
