"""`make bench ARGS="--wall 1000000"`: the wall of small actions with so many, and beside it with a thousand.

Twenty thousand are drawn by lot, the others are copies of these. Each is made in one process and asked in another, one
request at a time, on production settings: the figures are the server's own work for a page. Every plan is read as well:
an index leads to it, and nothing is sorted.
"""

from typing import Any

from tests.bench import scratch

FEW = 1_000
FILL = """
import random, sys
import django
django.setup()
from datetime import date, timedelta
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
call_command("setup_site")
from accounts.models import User
from clubs.groups.models import Club, Membership
from movement.allies.blocks import block
from movement.models import Action, Ally, Idea, Thanks, Unit
from tests.bench.filling import multiply, quickly
random.seed(7)
many, now, pick = int(sys.argv[1]), timezone.now(), random.choice
divisions = [Unit.objects.create(name=f"Division {n}", position=n) for n in range(5)]
units = [Unit.objects.create(name=f"Department {n}", parent=divisions[n % 5], headcount=900) for n in range(40)]
users = User.objects.bulk_create(User(email=f"b{n}@bench.example", password="!") for n in range(5000))
kinds = ['open'] * 7 + ['alias'] * 2 + ['quiet']
allies = Ally.objects.bulk_create(
    Ally(user=user, name=f"Ada {n}", alias=f"Heron {n}", visibility=kinds[n % 10], unit=units[n * 7 % 40],
         show_unit=n % 9 > 0) for n, user in enumerate(users))
ideas, rare = list(Idea.objects.order_by("pk")), Idea.objects.order_by("pk").last()
audiences = ["allies"] * 18 + ["circles", "only_me"]
days = 30 if many <= 1000 else 1500
def one(number):
    ally = pick(allies)
    idea = rare if number % 400 == 0 else pick(ideas[:-1]) if random.random() < .4 else None
    return Action(
        ally=ally, text="Rang the depot before the list went out, and asked who opens it.",
        done_on=date(2026, 1, 1) - timedelta(days=random.randrange(days)), kind=pick(["", "servicing", "relations",
        "relations", "development"]), audience=pick(audiences), is_unnamed=random.random() < .1, idea=idea,
        for_whom=pick(["", "", "a planner"]), unit=ally.unit, division=ally.unit.parent,
        tells_unit=ally.visibility == "open" and ally.show_unit)
with quickly(Action):
    Action.objects.bulk_create((one(number) for number in range(min(many, 20_000))), batch_size=2_000)
    multiply(Action, many)
newest = list(Action.objects.order_by("-done_on", "-pk")[:200])
Thanks.objects.bulk_create(Thanks(action=action, ally=ally) for action in newest for ally in random.sample(allies, 3))
club = Club.objects.create(name="The Table", slug="the-table")
Membership.objects.bulk_create(Membership(club=club, ally=ally) for ally in allies[:40])
for other in allies[50:53]:
    block(by=allies[0], other=other)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""
ASK = """
import json, sys, time
import django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from movement.actions.models import Kind
from movement.actions.wall import PAGE, key_of, sought
from movement.models import Action, Ally, Idea, Unit
rounds, client = int(sys.argv[1]), Client(headers={"host": "localhost"})
me = Ally.objects.order_by("pk").select_related("user").first()
client.force_login(me.user)
ideas = Idea.objects.order_by("pk")
department, division = Unit.objects.get(slug="department-7"), Unit.objects.get(slug="division-2")
common, rare = ideas.first(), ideas.last()
filters = {
    "everything": {}, "a kind": {"kind": Kind.RELATIONS}, "a department": {"unit": department},
    "a division": {"unit": division}, "a common idea": {"idea": common}, "a rare idea": {"idea": rare},
    "department and kind": {"unit": department, "kind": Kind.SERVICING},
    "department and common idea": {"unit": department, "idea": common},
    "division and rare idea": {"unit": division, "idea": rare},
}
def query(chosen, after=""):
    words = {name: getattr(value, "slug", value) for name, value in chosen.items()} | {"after": after}
    return "&".join(f"{name}={value}" for name, value in words.items() if value)
def plan(**chosen):
    said = sought(viewer=me.user, **chosen)[:PAGE + 1].explain()
    if "FOR ORDER BY" in said or any("Sort Key" in line and "done_on" in line for line in said.splitlines()):
        return "sorts"
    return "index" if "action_wall" in said else "scans"
found = {}
for name, chosen in filters.items():
    seen = sought(viewer=me.user, **chosen)
    whole = seen.count()
    for page in ("first", "half way"):
        place = PAGE - 1 if page == "first" else whole // 2
        last = None if page == "first" or whole <= PAGE else seen[place]
        asked, took = query(chosen, key_of(last) if last else ""), []
        for _number in range(rounds + 2):
            begun = time.perf_counter()
            assert client.get(f"/actions/?{asked}").status_code == 200
            took.append(1000 * (time.perf_counter() - begun))
        took = sorted(took[2:])
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/actions/?{asked}")
        found[f"{name}, {page}"] = {
            "of": whole, "median": round(took[len(took) // 2], 1),
            "p99": round(took[min(len(took) - 1, int(len(took) * .99))], 1), "queries": len(captured),
            "slowest": max((float(one["time"]), one["sql"]) for one in captured),
            "plan": plan(**chosen, key=(last.done_on, last.pk) if last else None)}
took = []
for number in range(rounds):
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        said = client.post("/actions/log/", {"text": f"Rang {number}.", "for_whom": "Ada 7"})
    assert said.status_code == 302
    took.append(1000 * (time.perf_counter() - begun))
found["noting one"] = {"of": 1, "median": round(sorted(took)[len(took) // 2], 1), "p99": round(max(took), 1),
    "queries": len(captured), "slowest": [0, ""], "plan": ""}
print(json.dumps(found))
"""


def measure(actions: int, rounds: int = 40) -> dict[str, dict[str, Any]]:
    """Milliseconds (median, p99), queries and plan of each page."""
    with scratch.place() as (_folder, given):
        scratch.run(FILL, given, actions)
        return scratch.found(ASK, given, rounds)


def show(actions: int) -> None:
    few, many = measure(FEW), measure(actions)
    print(f"\nThe wall with {FEW:,} and with {actions:,} actions (asked: first page ≤ 10 queries, the same speed)\n")
    print(f"{'page':<38}{'of':>10}{'median ms':>11}{'p99 ms':>9}{'queries':>9}  {'plan':<7}{f'at {FEW:,}':>10}")
    for name, one in many.items():
        print(
            f"{name:<38}{one['of']:>10,}{one['median']:>11}{one['p99']:>9}{one['queries']:>9}  {one['plan']:<7}"
            f"{few[name]['median']:>10}"
        )
