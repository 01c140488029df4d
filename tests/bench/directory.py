"""`make bench ARGS="--directory 100000"`: the directory's first page, its thousandth, and every filter.

They are made in one process and the pages asked in another, one request at a time, on production settings: the figures
are the server's own work for a page, without a network and without waiting for other requests.
"""

from typing import Any

from tests.bench import scratch

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
from clubs.groups.models import Club, Membership
from movement.models import Ally, AllyLanguage, AllyTag, Unit
random.seed(7)
many, now, pick = int(sys.argv[1]), timezone.now(), random.choice
syllables = ["ma", "ri", "lo", "ven", "tha", "que", "dor", "bel", "ni", "sa", "hol", "ker", "wi", "pa", "lum", "os"]
def called():
    return f"{pick(syllables)}{pick(syllables)} {pick(syllables)}{pick(syllables)}{pick(syllables)}".title()
def recent():
    return now - timedelta(days=random.randint(0, 900))
divisions = [Unit.objects.create(name=f"Division {n}", position=n) for n in range(5)]
units = [Unit.objects.create(name=f"Department {n}", parent=divisions[n % 5], headcount=9000) for n in range(40)]
things = ("invoices", "routes", "words", "plans")
topics = [f"{a} {b}" for a in ("fair", "quick", "kind", "plain", "early") for b in things]
kinds = ['open'] * 7 + ['alias'] * 2 + ['quiet']
weights = [2 ** -(n / 3) for n in range(20)]
for start in range(0, many, 5000):
    numbers = range(start, min(start + 5000, many))
    users = User.objects.bulk_create(User(email=f"b{n}@bench.example", password="!") for n in numbers)
    allies = Ally.objects.bulk_create(
        Ally(user=user, name=called(), alias=f"{called()} {n}", visibility=pick(kinds),
             unit=pick(units), show_unit=n % 10 > 0, role="Planner", about="Asks before the van leaves.",
             joined_at=now, appears_since=recent())
        for n, user in zip(numbers, users)
    )
    AllyTag.objects.bulk_create(
        AllyTag(ally=ally, way=way, name=topic)
        for ally in allies for way in ("help", "learn") for topic in set(random.choices(topics, weights, k=2))
    )
    AllyTag.objects.bulk_create(AllyTag(ally=ally, way="help", name="kerning") for ally in allies[:: 2500])
    AllyLanguage.objects.bulk_create(
        AllyLanguage(ally=ally, code=code)
        for ally in allies for code in ["en"] * (ally.pk % 10 > 0) + [pick(["de", "fr", "es"])] * (ally.pk % 3 == 0)
        + ["cy"] * (ally.pk % 5000 == 0)
    )
club = Club.objects.create(name="The Table", slug="the-table")
Membership.objects.bulk_create(Membership(club=club, ally=ally) for ally in Ally.objects.order_by("pk")[:40])
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""
ASK = """
import json, sys, time
import django
django.setup()
from django.core import signing
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from accounts.models import User
from movement.allies.directory import KEY, PAGE
from movement.allies.facets import count_again
from movement.models import Ally
count_again()
rounds = int(sys.argv[1])
client = Client(headers={"host": "localhost"})
me = Ally.objects.open().order_by("pk").select_related("user").first()
client.force_login(me.user)
place = min(1000 * PAGE, Ally.objects.open().count() - 2 * PAGE)
last = Ally.objects.open().order_by("name_key", "public_id")[place - 1]
page_1000 = signing.dumps([last.name_key, last.public_id], salt=KEY)
asked = {
    "first page": "", "page 1,000": f"after={page_1000}", "a department": "dep=department-7",
    "six departments": "&".join(f"dep=department-{n}" for n in range(6)), "a division": "div=division-2",
    "a name": "q=marilo",
    "a word of a tag": "q=kerning", "nobody's name": "q=xyzzy", "a common tag": "tag=fair+invoices",
    "a rare tag": "tag=kerning", "a common language": "lang=en", "a rare language": "lang=cy", "newcomers": "new=1",
    "in my reading groups": "clubs=1", "tag and language": "tag=fair+routes&lang=de",
    "department, tag and newcomers": "dep=department-3&tag=plain+plans&new=1",
}
found = {}
for name, query in asked.items():
    took = []
    for number in range(rounds + 2):
        begun = time.perf_counter()
        response = client.get(f"/allies/?{query}")
        took.append(1000 * (time.perf_counter() - begun))
        assert response.status_code == 200
    took = sorted(took[2:])
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/allies/?{query}")
    slow = max(captured, key=lambda one: float(one["time"]))
    found[name] = {
        "median": round(took[len(took) // 2], 1), "p99": round(took[min(len(took) - 1, int(len(took) * .99))], 1),
        "queries": len(captured), "slowest": [slow["time"], slow["sql"]],
    }
print(json.dumps(found))
"""


def measure(allies: int, rounds: int = 100) -> dict[str, dict[str, Any]]:
    """Milliseconds (median, p99) and queries of each page."""
    with scratch.place() as (_folder, given):
        scratch.run(FILL, given, allies)
        return scratch.found(ASK, given, rounds)


def show(allies: int) -> None:
    found = measure(allies)
    first = found["first page"]
    print(f"\nThe directory at {allies:,} allies (asked: at most 12 queries, p99 within 2× of the first page's)\n")
    print(f"{'page':<34}{'median ms':>10}{'p99 ms':>9}{'× first':>9}{'queries':>9}")
    for name, one in found.items():
        times = one["p99"] / first["p99"]
        print(f"{name:<34}{one['median']:>10}{one['p99']:>9}{times:>9.2f}{one['queries']:>9}")
