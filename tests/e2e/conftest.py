"""The running site (web, worker, clock as `make serve` starts them), a real SMTP sink, and a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.e2e.sink import Sink

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
NOT_RUN: list[str] = []
#: How long a machine may take that does much else besides. What works is not slower for it.
PATIENCE = 60  # seconds
expect.set_options(timeout=PATIENCE * 1_000)
Newcomer = Callable[..., Page]


@dataclass(frozen=True)
class Running:
    """A started site: where it is, its mails, and the password of its demo people."""

    url: str
    sink: Sink
    password: str


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture(scope="session")
def sink() -> Iterator[Sink]:
    with Sink(port=free_port()) as running:
        yield running


@pytest.fixture(scope="session")
def database_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database on the server that the suite runs on: PostgreSQL when DATABASE_URL says so."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('database')}/walk.sqlite3"
        return
    import psycopg

    name = f"groundswell_walk_{uuid4().hex[:8]}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield urlsplit(given)._replace(path=f"/{name}").geturl()
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def site(sink: Sink, database_of_its_own: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder, port, password = tmp_path_factory.mktemp("site"), free_port(), "walk-the-whole-path"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", str(folder)),
        "PYTHONPATH": str(ROOT / "site"),
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "DATABASE_URL": database_of_its_own,
        "REDIS_URL": os.environ.get("REDIS_URL", ""),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "DEMO_PASSWORD": password,
    }
    log = (folder / "serve.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "config.serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    url = f"http://localhost:{port}"
    try:
        wait_for(url, process, folder / "serve.log")
        yield Running(url=url, sink=sink, password=password)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(40)
        log.close()
        sys.stderr.write((folder / "serve.log").read_text(errors="replace")[-4000:])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 8 * PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the site did not start:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    installed = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        except Error as error:
            NOT_RUN.append(str(error).splitlines()[0])
            if os.environ.get("CI") == "true":
                pytest.fail("CI needs a browser for the browser tests, and none could be had.")
            pytest.skip("no browser")
        yield started
        started.close()


@pytest.fixture
def newcomer(browser: Browser, site: Running) -> Iterator[Newcomer]:
    """Makes fresh visitors, each with cookies of their own. On our pages the console must stay silent (a refused
    inline style or a missing file speaks there); what Wagtail's own pages say is theirs."""
    said: list[str] = []

    def come(**wishes: Any) -> Page:
        wishes = {"viewport": {"width": 1280, "height": 900}, "base_url": site.url} | wishes
        opened = browser.new_context(**wishes).new_page()
        opened.set_default_timeout(PATIENCE * 1_000)
        opened.on("console", lambda message: hear(opened.url, message.type, message.text))
        opened.on("pageerror", lambda error: hear(opened.url, "error", str(error)))
        return opened

    def hear(url: str, kind: str, text: str) -> None:
        if kind == "error" and "/cms/" not in url:
            said.append(f"{url}: {text}")

    yield come
    for context in browser.contexts:
        context.close()
    assert said == []


@pytest.fixture
def page(newcomer: Newcomer) -> Page:
    """One fresh visitor."""
    return newcomer()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if NOT_RUN:
        terminalreporter.write_line(f"Browser tests NOT RUN: no browser could be started ({NOT_RUN[0]}).")
