"""`make bench ARGS="--spread"`: /spread/ and its nightly build, at a large organisation and at a small one.

Each is made in one process; the build runs in a second one, as the worker does it, and says how much memory it took at
most; a third asks the page, one request at a time, on production settings. `--months` is how long it has been going.
"""

from contextlib import ExitStack
from typing import Any

from tests.bench import scratch

#: Actions, allies, divisions, departments in each.
SMALL, LARGE = (1_000, 100, 4, 5), (1_000_000, 100_000, 40, 50)
FILL = """
import random, sys
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
call_command("setup_site")
from accounts.models import User
from movement.models import Action, Ally, Lunch, LunchRound, Seat, Unit
from tests.bench.filling import multiply, quickly
random.seed(7)
actions, many, divisions, departments, months = map(int, sys.argv[1:])
now, days = timezone.now(), 30 * months
with quickly():
    tops = [Unit.objects.create(name=f"Division {n}", position=n) for n in range(divisions)]
    units = [
        Unit.objects.create(name=f"Department {n}", parent=tops[n % divisions], headcount=100 + n * n % 90, position=n)
        for n in range(divisions * departments)
    ]
allies = []
with quickly(Ally):
    for start in range(0, many, 5000):
        numbers = range(start, min(start + 5000, many))
        users = User.objects.bulk_create(User(email=f"b{n}@bench.example", password="!") for n in numbers)
        before = allies[-2000:]
        allies += [ally.pk for ally in Ally.objects.bulk_create(
            Ally(user=user, name=f"Person {n}", visibility="open", unit=units[(n * n + n // 7) % len(units)],
                 invited_by_id=random.choice(before) if before and n % 2 else None,
                 joined_at=now - timedelta(days=days * (1 - ((n + 1) / many) ** .5)))
            for n, user in zip(numbers, users)
        )]
kinds, today = ["servicing", "relations", "development", ""], timezone.localdate()
first, last = min(allies), max(allies)
assert last - first == many - 1
with quickly(Action):
    Action.objects.bulk_create((
        Action(ally_id=random.choice(allies), text="Asked before the van left.", kind=kinds[n % 4], created_at=now,
               done_on=today - timedelta(days=random.randrange(days)))
        for n in range(min(actions, 50_000))
    ), batch_size=2_000)
    multiply(Action, actions, ally_id=f"{first} + (ally_id - {first} + 7919 * {{copy}}) % {many}")
for week in range(min(40, 4 * months)):
    at = now - timedelta(weeks=week + 1)
    table_round = LunchRound.objects.create(monday=at.date() - timedelta(days=at.weekday()))
    lunches = Lunch.objects.bulk_create(Lunch(round=table_round, starts_at=at) for _ in range(max(1, many // 100)))
    guests = random.sample(allies, 2 * len(lunches))
    Seat.objects.bulk_create(
        Seat(round=table_round, ally_id=guest, lunch=lunches[n // 2]) for n, guest in enumerate(guests)
    )
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""
BUILD = """
import hashlib, json, resource, sys, time
import django
django.setup()
from movement.models import ChartPicture, Estimate, UnitSnapshot
from movement.spread.services import refresh
from movement.tasks import draw_growth
def run():
    begun = time.perf_counter()
    refresh()
    counted = time.perf_counter()
    draw_growth.func()
    return round(counted - begun, 1), round(time.perf_counter() - counted, 1)
def all_that():
    rows = [list(model.objects.order_by("pk").values_list()) for model in (UnitSnapshot, Estimate, ChartPicture)]
    return hashlib.sha256(repr(rows).encode()).hexdigest()
if sys.argv[1] == "nightly":
    newest = UnitSnapshot.objects.order_by("-month").values_list("month", flat=True).first()
    UnitSnapshot.objects.filter(month=newest).delete()
    Estimate.objects.all().delete()
    ChartPicture.objects.all().delete()
counting, telling = run()
cpu, before = round(time.process_time(), 1), all_that()
again = sum(run())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({
    "counting": counting, "methods and pictures": telling, "of the processor": cpu, "again": round(again, 1),
    "peak MB": round(peak),
    "again changes": before != all_that(), "rows": UnitSnapshot.objects.count(),
}))
"""
ASK = """
import json, sys, time
import django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from movement.models import Ally
rounds = int(sys.argv[1])
client = Client(headers={"host": "localhost"})
me = Ally.objects.order_by("pk").select_related("user__ally__unit").first()
client.force_login(me.user)
found = {}
for name, page in {"/spread/": "/spread/", "a unit": f"/spread/units/{me.unit.slug}/"}.items():
    took, busy = [], []
    for number in range(rounds + 3):
        begun, worked = time.perf_counter(), time.process_time()
        response = client.get(page)
        took.append(1000 * (time.perf_counter() - begun))
        busy.append(1000 * (time.process_time() - worked))
        assert response.status_code == 200
    took = sorted(took[3:])
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    found[name] = {"best": round(took[0], 1), "median": round(took[len(took) // 2], 1),
                   "of the processor": round(min(busy), 2), "queries": len(captured),
                   "kB": round(len(response.content) / 1024)}
print(json.dumps(found))
"""


#: The two are asked in turn so often, and the quickest counts: what else the machine does is no part of the page.
TURNS, ROUNDS = 3, 60


def measure_both(months: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of the small and of the large one: seconds and memory of the first build and of a nightly one, and milliseconds
    and queries of the pages."""
    found: list[dict[str, Any]] = []
    with ExitStack() as both:
        places = []
        for size in (SMALL, LARGE):
            _folder, given = both.enter_context(scratch.place())
            places.append(given)
            scratch.run(FILL, given, *size, months)
            found.append({build: scratch.found(BUILD, given, build) for build in ("first", "nightly")})
        turns = [[scratch.found(ASK, given, ROUNDS) for given in places] for _turn in range(TURNS)]
    for number, one in enumerate(found):
        asked = [turn[number] for turn in turns]
        one["pages"] = {page: min((each[page] for each in asked), key=lambda took: took["best"]) for page in asked[0]}
    return found[0], found[1]


def times_as_long(small: dict[str, Any], large: dict[str, Any]) -> float:
    return large["pages"]["/spread/"]["best"] / small["pages"]["/spread/"]["best"]


def as_much_work(small: dict[str, Any], large: dict[str, Any]) -> float:
    """The same of the processor's time alone, which a busy machine doesn't change."""
    return work_of(large) / work_of(small)


def work_of(one: dict[str, Any]) -> float:
    return one["pages"]["/spread/"]["of the processor"]


def show(months: int) -> None:
    small, large = measure_both(months)
    for name, size, found in (("small", SMALL, small), ("large", LARGE, large)):
        print(
            f"\nSpread, {name}: {size[0]:,} actions, {size[1]:,} allies, {size[2] * size[3]:,} units, {months} months\n"
        )
        for build in ("first", "nightly"):
            print(f"{build + ' build':<16}", ", ".join(f"{what} {value}" for what, value in found[build].items()))
        for page, one in found["pages"].items():
            print(f"{page:<16}", ", ".join(f"{what} {value}" for what, value in one.items()))
    print(
        f"\n/spread/ takes {times_as_long(small, large):.2f} × as long "
        "(asked: 1.2; 12 queries; a nightly build of 600 s and 1 GB)"
    )
