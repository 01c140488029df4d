"""A mail server of the tests' own, letters to send, and worker processes on the tests' database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as site_settings
from django.db import connection
from post_office.connections import connections

from accounts.models import User
from postbox import kinds
from postbox.kinds import Kind

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


class Sink:
    """What arrived; `answer` is what the server says to DATA, `pause` how long it takes over it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer, self.pause, self.refused = "250 OK", 0.0, frozenset[str]()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 Nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        time.sleep(self.pause)
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer

    @property
    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.mails]


class Server(Controller):
    def __init__(self, sink: Sink) -> None:
        super().__init__(sink, hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        """The controller's own knock assumes a fixed port."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def server(sink: Sink, settings) -> Iterator[Server]:
    """A real SMTP server on a free port, which the site's sender is pointed at."""
    controller = Server(sink)
    controller.start()
    settings.POST_OFFICE = site_settings.POST_OFFICE | {
        "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"}
    }
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 5
    connections.close()
    yield controller
    connections.close()
    if controller.server is not None:
        controller.stop()


@pytest.fixture
def letter_kind(monkeypatch, settings) -> Callable[..., Kind]:
    """Register a kind for one test, and let its letter be found."""
    templates = [{**site_settings.TEMPLATES[0], "DIRS": [HERE / "templates", *site_settings.TEMPLATES[0]["DIRS"]]}]
    settings.TEMPLATES = templates

    def make(name: str = "letter", **fields) -> Kind:
        kind = Kind(**{"name": name, "label": "letters", **fields})
        monkeypatch.setitem(kinds._kinds, name, kind)
        return kind

    return make


@pytest.fixture
def ada(db) -> User:
    return User.objects.create_user("ada@larkfield.example", "correct horse battery", name="Ada Larkin")


@pytest.fixture
def processes() -> Iterator[Callable[..., subprocess.Popen]]:
    """Start `manage.py …` on the tests' database; whatever still runs at the end is ended."""
    started: list[subprocess.Popen] = []

    def start(*command: str, **environment: str) -> subprocess.Popen:
        own = {"DJANGO_SETTINGS_MODULE": "config.settings", "LOCAL": "1", "DATABASE_URL": database_url()}
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=os.environ | own | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def database_url() -> str:
    """The address of the database that this test runs on."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    secret = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
    place = f"{known['HOST'] or ''}:{known['PORT']}" if known["PORT"] else known["HOST"] or ""
    return f"postgres://{known['USER']}{secret}@{place}/{known['NAME']}"


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool], float], None]:
    def wait(holds: Callable[[], bool], seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "It did not come about in time."
            time.sleep(0.05)

    return wait
