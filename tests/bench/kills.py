"""`make bench ARGS="--kills 200"`: the sender is killed (SIGKILL) so often while 10,000 mails go out.

A mail server in a process of its own notes the Message-ID of whatever arrives. The sender runs in a child that is
killed after a random moment, and another takes over. Then it is counted what is missing and what came twice.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.bench import scratch

MAILS = 10_000
SERVER = """
import sys, time
from email import message_from_bytes
from aiosmtpd.controller import Controller
class Notes:
    async def handle_DATA(self, server, session, envelope):
        with open(sys.argv[1], "a") as notes:
            notes.write(message_from_bytes(envelope.content)["Message-ID"].strip() + "\\n")
        return "250 OK"
controller = Controller(Notes(), hostname="127.0.0.1", port=int(sys.argv[2]))
controller.start()
time.sleep(3600)
"""


def let_go() -> None:
    """No connection, nor a pool with one, is open: a child would speak on the same line as its parent."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def run(kills: int, mails: int = MAILS) -> dict[str, float]:
    """In a process of its own, with the site set up: see `measure`."""
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone
    from post_office.models import STATUS, Email

    from content.mailings import services
    from content.models import Subscriber
    from postbox import sender
    from tests.content.makers import make_article

    call_command("migrate", verbosity=0)
    call_command("setup_site")
    now = timezone.now()
    Subscriber.objects.bulk_create(
        Subscriber(email=f"reader{number}@elsewhere.example", confirmed_at=now) for number in range(mails)
    )
    services.carry_on(mailing_id=services.start(article=make_article(), by=None).pk)
    lease, started, killed, dice = timedelta(seconds=1), time.monotonic(), 0, random.Random(7)
    while Email.objects.exclude(status=STATUS.sent).exists():
        let_go()
        child = os.fork()
        if not child:
            sender.send_waiting(lease=lease)
            os._exit(0)
        if killed < kills:
            time.sleep(dice.uniform(0.02, 0.45))
            os.kill(child, signal.SIGKILL)
            killed += 1
        os.waitpid(child, 0)
    expected = set(Email.objects.values_list("message_id", flat=True))
    arrived = Counter(Path(os.environ["NOTES"]).read_text().split())
    return {
        "mails": len(expected),
        "kills": killed,
        "lost": len(expected - arrived.keys()),
        "unknown": len(arrived.keys() - expected),
        "twice": sum(arrived.values()) - len(arrived),
        "seconds": round(time.monotonic() - started, 1),
    }


def measure(kills: int, mails: int = MAILS) -> dict[str, float]:
    """What was lost, what came twice (with the same Message-ID), and anything with an id that was never written."""
    from tests.bench.server import free_port

    port = free_port()
    with scratch.place() as (folder, given):
        notes = Path(folder) / "arrived.txt"
        given = os.environ | given | {"NOTES": str(notes), "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        server = subprocess.Popen([sys.executable, "-c", SERVER, str(notes), str(port)])
        code = (
            "import django, json; django.setup(); from tests.bench import kills; "
            f"print(json.dumps(kills.run({kills}, {mails})))"
        )
        try:
            ran = subprocess.run(
                [sys.executable, "-c", code],
                env=given,
                capture_output=True,
                text=True,
                check=False,
                cwd=Path(__file__).parents[2],
            )
        finally:
            server.kill()
            server.wait()
        if ran.returncode:
            raise RuntimeError(ran.stderr[-2_000:])
    return json.loads(ran.stdout.splitlines()[-1])


def show(kills: int) -> None:
    found = measure(kills)
    print(
        f"\n{found['mails']:,} mails, the sender killed {found['kills']} times: {found['lost']} lost, "
        f"{found['twice']} came twice (same Message-ID), {found['unknown']} of unknown id; {found['seconds']} s"
    )
