"""`make bench ARGS="--mailing 50000"`: how long it takes to prepare an article's mails to so many subscribers.

The subscribers are made in one process, the mails are prepared in another, so that the peak of its memory is its own.
Then it is asked how quick the sender's and the editors' questions are while all of them wait.
"""

from tests.bench import scratch

FILL = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
call_command("setup_site")
from content.models import Subscriber
from tests.content.makers import make_article
now, many = timezone.now(), int(sys.argv[1])
for start in range(0, many, 10_000):
    Subscriber.objects.bulk_create(
        Subscriber(email=f"reader{number}@elsewhere.example", confirmed_at=now)
        for number in range(start, min(start + 10_000, many))
    )
make_article(topics=("Handovers",))
"""
PREPARE = """
import json, resource, time
import django
django.setup()
from content.mailings import services
from content.models import ArticlePage
from postbox import bulk, health, sender
peak = lambda: round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
def milliseconds(ask):
    started = time.monotonic()
    ask()
    return round(1000 * (time.monotonic() - started), 1)
before, started = peak(), time.monotonic()
mailing = services.start(article=ArticlePage.objects.get(), by=None)
written = services.carry_on(mailing_id=mailing.pk)
figures = {"written": written, "seconds": round(time.monotonic() - started, 1), "peak": peak(), "before": before}
mailing.refresh_from_db()
print(json.dumps(figures | {
    "due": milliseconds(sender._due),
    "progress": milliseconds(lambda: bulk.progress(mailing.mould)),
    "health": milliseconds(health.look),
    "stop": milliseconds(lambda: services.stop(mailing=mailing, by=None)),
    "take_up": milliseconds(lambda: services.take_up(mailing=mailing)),
}))
"""


def measure(subscribers: int) -> dict[str, float]:
    """Seconds, MiB, and milliseconds for each question."""
    with scratch.place() as (_folder, given):
        scratch.run(FILL, given, subscribers)
        return scratch.found(PREPARE, given)


def show(subscribers: int) -> None:
    found = measure(subscribers)
    print(f"\nAn article to {found['written']:,} subscribers, one process\n")
    print(f"{'mails prepared':<44}{found['seconds']:>8} s   (asked: 60)")
    print(f"{'memory at its peak':<44}{found['peak']:>8} MiB (asked: 150; {found['before']} before)")
    for name, what in (
        ("due", "what is to be sent next, all waiting"),
        ("progress", "how far it is"),
        ("health", "/healthz"),
        ("stop", "stopped"),
        ("take_up", "taken up again"),
    ):
        print(f"{what:<44}{found[name]:>8} ms")
