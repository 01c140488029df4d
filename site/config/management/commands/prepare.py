"""The child process of `make serve` that makes a local trial ready, saying what it does. Quick when all is there."""

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from accounts.models import User
from accounts.services import make_steward
from config.demo import build, cast


class Command(BaseCommand):
    help = "Used by `make serve`: database, static files, starting pages, demo organisation."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--say-where", action="store_true", help="print the address and the log-ins only")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["say_where"]:
            return self.say_where()
        self.step("the database is up to date", lambda: call_command("migrate", verbosity=0, interactive=False))
        self.step("styles and scripts are in place", collect_static_once)
        self.step("the primer, the first pages and the roles stand", lambda: call_command("setup_site"))
        if with_demo():
            self.step(
                "the demo organisation has moved in",
                lambda: build.ensure(password=demo_password(), say=self.stdout.write),
            )
        elif not User.objects.filter(groups__name="stewards").exists():
            User.objects.create_user(cast.FIRST_STEWARD, demo_password(), name="Steward")
            make_steward(email=cast.FIRST_STEWARD)

    def step(self, what: str, work: Callable[[], Any]) -> None:
        started = time.monotonic()
        work()
        self.stdout.write(f"· {what} ({time.monotonic() - started:.1f} s)")
        self.stdout.flush()

    def say_where(self) -> None:
        lines = [f"Groundswell is at {settings.SITE_URL}/"]
        if settings.MAIL_FOLDER:
            lines.append(f"Mails it sends are at {settings.SITE_URL}/mails/")
        if with_demo():
            lines.append("This is a made-up organisation; `manage.py demo --remove` takes it away.")
        lines += ["", f"{'role':<14} {'e-mail':<44} password"]
        lines += [f"{role:<14} {email:<44} {demo_password()}" for role, email in cast.log_ins(demo=with_demo())]
        self.stdout.write("\n".join(["", *lines, "", "Ctrl-C stops everything."]))


def with_demo() -> bool:
    return os.environ.get("DEMO", "1") not in ("0", "no", "false")


def demo_password() -> str:
    return os.environ["DEMO_PASSWORD"]


def collect_static_once() -> None:
    """Compressing the CMS's files takes half a minute: only when a lock file or a file of ours has changed."""
    stamp = Path(settings.STATIC_ROOT) / ".made-from"
    digest = hashlib.sha256(repr(settings.STORAGES).encode() + (settings.ROOT / "requirements.txt").read_bytes())
    for file in sorted(
        path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*") if path.is_file()
    ):
        digest.update(str(file).encode() + file.read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest.hexdigest())
