"""`make serve`: everything from an empty folder to a running site, then web, worker and clock together.

Run as `python -m config.serve` with `site/` on the path. It imports no Django itself: it sets the environment of a
local trial, prepares the database in one child process, and then only watches its children.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
READY_WITHIN = 60  # seconds until the site has to answer
STOP_WITHIN = 15  # seconds a child has to end by itself


class Refused(Exception):
    """One sentence for the person at the keyboard."""


def main() -> int:
    try:
        environment = local_environment()
        refuse_a_used_port(int(environment["PORT"]))
        prepare(environment)
        return watch(start(environment), environment)
    except Refused as sentence:
        print(f"groundswell: {sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def local_environment() -> dict[str, str]:
    """The caller's variables, completed for a trial on this machine. Empty ones count as not given."""
    given = {name: value for name, value in os.environ.items() if value}
    port = given.get("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Refused(f"PORT has to be a number from 1 to 65535, not {port!r}.")
    var = Path(given.get("VAR_DIR", str(ROOT / "var")))
    var.mkdir(parents=True, exist_ok=True)
    defaults = {
        "LOCAL": "1",
        "PORT": port,
        "DEMO": "1",
        "SITE_URL": f"http://localhost:{port}",
        "SECRET_KEY": kept_secret(var / "secret-key"),
        "DEMO_PASSWORD": kept_secret(var / "demo-password", length=9),
        "PYTHONUNBUFFERED": "1",
        "LOG_LEVEL": "WARNING",
    }
    path = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}
    return defaults | given | path


def kept_secret(file: Path, length: int = 50) -> str:
    """The file's text; written at the first start, readable by its owner only."""
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_urlsafe(length))
    return file.read_text().strip()


def refuse_a_used_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refused(f"port {port} is in use; choose another, for example `make serve PORT=8001`.") from error


def prepare(environment: dict[str, str]) -> None:
    done = subprocess.run([PYTHON, "manage.py", "prepare"], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise Refused("the site could not be prepared; the lines above say why.")


def start(environment: dict[str, str]) -> list[subprocess.Popen[bytes]]:
    web = [
        PYTHON,
        "-m",
        "gunicorn",
        "--pythonpath",
        "site",
        "config.wsgi",
        "--bind",
        f"127.0.0.1:{environment['PORT']}",
    ]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    commands = [web, [PYTHON, "manage.py", "worker"], [PYTHON, "manage.py", "clock"]]
    # Each in a group of its own: Ctrl-C reaches this process only, which then ends them in order.
    return [subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) for command in commands]


def watch(children: list[subprocess.Popen[bytes]], environment: dict[str, str]) -> int:
    """Until Ctrl-C, SIGTERM, or the end of one child; then all of them are ended."""
    for number in (signal.SIGINT, signal.SIGTERM):  # SIGINT too: whoever starts us in the background has it ignored
        signal.signal(number, signal.default_int_handler)
    try:
        wait_until_it_answers(environment["SITE_URL"], int(environment["PORT"]), children)
        subprocess.run([PYTHON, "manage.py", "prepare", "--say-where"], cwd=ROOT, env=environment, check=False)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        raise Refused("one of web, worker and clock ended by itself; the lines above say why.")
    except KeyboardInterrupt:
        print("\n· stopping", flush=True)
        return 0
    finally:
        stop(children)


def wait_until_it_answers(site_url: str, port: int, children: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and all(child.poll() is None for child in children):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
            return
        except urllib.error.HTTPError:
            return  # it answers; what it has to say is on /healthz
        except OSError:
            time.sleep(0.2)
    raise Refused(f"{site_url} did not answer within {READY_WITHIN} seconds.")


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    for child in children:
        try:
            child.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
