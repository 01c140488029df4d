"""`make bench ARGS="--lunches 10000"`: how long a round of lunches takes with so many guests, the letters included.

Two rounds are drawn, so that the second one has somebody to avoid.
"""

from tests.bench import scratch

DRAW = """
import json, sys, time
from datetime import date, timedelta
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from accounts.models import User
from movement.models import Ally, LunchWish, Seat, Unit
from movement.lunch import rounds
many, monday = int(sys.argv[1]), date(2031, 5, 5)
divisions = [Unit.objects.create(name=f"Division {n}") for n in range(8)]
units = [Unit.objects.create(name=f"Department {n}", parent=divisions[n % 8]) for n in range(40)]
users = User.objects.bulk_create(User(email=f"u{n}@bench.example", password="!") for n in range(many))
allies = Ally.objects.bulk_create(
    Ally(user=user, name=f"Person {n}", visibility="open", unit=units[n * n % 40]) for n, user in enumerate(users)
)
LunchWish.objects.bulk_create(
    LunchWish(ally=ally, rhythm=1, days="123" if n % 2 else "345", reach="here") for n, ally in enumerate(allies)
)
seconds = []
for week in range(2):
    started = time.monotonic()
    rounds.run(monday + timedelta(weeks=week))
    seconds.append(round(time.monotonic() - started, 1))
tables = {}
for lunch, ally in Seat.objects.values_list("lunch", "ally"):
    tables.setdefault(lunch, []).append(ally)
pairs = [tuple(sorted(table)) for table in tables.values() if len(table) == 2]
print(json.dumps({"seconds": max(seconds), "seats": Seat.objects.count(), "again": len(pairs) - len(set(pairs))}))
"""


def measure(guests: int) -> dict[str, float]:
    with scratch.place() as (_folder, given):
        return scratch.found(DRAW, given, guests)


def show(guests: int) -> None:
    found = measure(guests)
    print(f"\nA round of lunches for {guests:,} allies, one process\n")
    print(f"{'drawn, written and told':<44}{found['seconds']:>8} s   (asked: 5 for 400, 60 for 10,000)")
    print(f"{'pairs that met the week before':<44}{found['again']:>8}")
