"""`make bench ARGS="--service-map 50000"`: how long the service map of 300 units takes, and its pages, with so many
cards. Four in ten are shown to all allies; the others count where five or more have written.
"""

from tests.bench import scratch

PREPARE = """
import json, sys, time
from datetime import timedelta
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
from django.test import Client
from django.utils import timezone
from accounts.models import User
from movement.models import Ally, PersonaCard, ServiceLink, Unit
from movement.personas import mapping
many, people = int(sys.argv[1]), 10_000
divisions = [Unit.objects.create(name=f"Division {n}") for n in range(20)]
units = [Unit.objects.create(name=f"Department {n}", parent=divisions[n % 20], headcount=200) for n in range(300)]
users = User.objects.bulk_create(User(email=f"u{n}@bench.example", password="!") for n in range(people))
allies = Ally.objects.bulk_create(
    Ally(user=user, name=f"Person {n}", visibility="open" if n % 4 else "quiet", unit=units[n % 300])
    for n, user in enumerate(users)
)
before = timezone.now() - timedelta(days=60)
PersonaCard.objects.bulk_create(
    (PersonaCard(
        owner=allies[n % people], name=f"Card {n}", role="planner", want="the list", use="plan",
        side="outside" if n % 9 == 0 else "inside", end="served" if n % 7 == 0 else "server",
        unit=None if n % 9 == 0 else units[(n * n // 7 + n // people) % 300],
        audience="allies" if n % 5 < 2 else "only_me", created_at=before,
    ) for n in range(many)),
    batch_size=2_000,
)
started = time.monotonic()
links = mapping.prepare_map()
prepared = time.monotonic() - started
client = Client(SERVER_NAME="localhost")
client.force_login(users[1])
pages = {}
for address in ("/service-map/", "/service-map/department-7/"):
    took = []
    for _look in range(12):
        started = time.monotonic()
        assert client.get(address, secure=True).status_code == 200
        took.append(time.monotonic() - started)
    pages[address] = round(min(took) * 1000)  # the quickest: what else the machine does is no part of the page
print(json.dumps({"prepared": round(prepared, 1), "links": links, "pages": pages}))
"""


def measure(cards: int) -> dict:
    with scratch.place() as (_folder, given):
        return scratch.found(PREPARE, given, cards)


def show(cards: int) -> None:
    found = measure(cards)
    print(f"\nThe service map of 300 units with {cards:,} cards\n")
    print(f"{'prepared by the worker':<44}{found['prepared']:>8} s   (asked: 20 for 50,000)")
    print(f"{'links on it':<44}{found['links']:>8}")
    for address, milliseconds in found["pages"].items():
        print(f"{address:<44}{milliseconds:>8} ms  (asked: 100)")
