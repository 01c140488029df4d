"""The simulation: into a database of its own only, the same for the same seed, and to be looked at on /spread/."""

import os
import sqlite3
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from accounts.models import User
from clubs.groups.models import Club, Membership
from config.simulation.plan import Impossible, Plan, made_up_units, real_units
from config.simulation.scratch import NotScratch, empty_or_refuse, refuse_the_same
from config.simulation.writing import LOOKER, write
from movement.actions.models import Action
from movement.allies.models import Ally, Unit
from movement.spread.methods.agents import MONTH, Rules, simulate
from movement.spread.models import ChartPicture, Estimate, UnitSnapshot
from tests.cast import client_of

SMALL = {"units": made_up_units(4, 240), "rules": Rules(), "months": 14, "seed": 3}


def sqlite(name: object) -> dict[str, str]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(name)}


def postgres(name: str, host: str = "db") -> dict[str, object]:
    return {"ENGINE": "django.db.backends.postgresql", "HOST": host, "PORT": 5432, "NAME": name}


def test_the_sites_own_database_is_refused_however_it_is_written(tmp_path: Path):
    (tmp_path / "link.sqlite3").symlink_to(tmp_path / "live.sqlite3")
    for name in ("live.sqlite3", "link.sqlite3", f"../{tmp_path.name}/live.sqlite3"):
        with pytest.raises(NotScratch, match="own database"):
            refuse_the_same(sqlite(tmp_path / name), sqlite(tmp_path / "live.sqlite3"))
    with pytest.raises(NotScratch, match="own database"):
        refuse_the_same(postgres("live"), postgres("live"))
    with pytest.raises(NotScratch, match="in memory"):
        refuse_the_same(sqlite(":memory:"), postgres("live"))
    refuse_the_same(sqlite(tmp_path / "other.sqlite3"), sqlite(tmp_path / "live.sqlite3"))
    refuse_the_same(postgres("scratch"), postgres("live"))


@pytest.mark.django_db
def test_the_command_refuses_it_too():
    name = settings.DATABASES["default"]["NAME"]
    if connection.vendor != "sqlite" or "memory" in str(name):
        pytest.skip("only a file has an address to give")
    with pytest.raises(CommandError, match="own database"):
        call_command("simulate_spread", "--units", "3", "--into", f"sqlite:///{name}")


@pytest.mark.django_db
def test_a_database_with_anybody_in_it_is_refused_and_left_alone(ally: Ally):
    with pytest.raises(NotScratch, match="whom no simulation made"):
        empty_or_refuse()
    assert Ally.objects.get() == ally


@pytest.mark.django_db
def test_one_whose_people_are_gone_is_no_scratch_either(organisation):
    with pytest.raises(NotScratch):
        empty_or_refuse()
    assert Unit.objects.count() == 6


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--units", "0"], "one unit"),
        (["--units", "5", "--people", "4"], "one person in each"),
        (["--units", "3", "--acceptance", "1.5"], "acceptance"),
        (["--units", "3", "--q", "nan"], "out of range: q"),
        (["--units", "3", "--months", "0"], "months"),
        (["--units", "3", "--people", "9000000"], "At most"),
        ([], "no people"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_opened(options, word, tmp_path):
    with pytest.raises(CommandError, match=word):
        call_command("simulate_spread", *options, "--into", f"sqlite:///{tmp_path}/new.sqlite3", stdout=StringIO())
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_it_simulates_the_organisation_that_is_there(organisation):
    assert real_units() == [
        ("Serve", "Field Service", 60),
        ("Serve", "Customer Support", 40),
        ("Run", "Finance", 30),
        ("Run", "Data and Reporting", 20),
    ]
    plan = Plan(real_units(), Rules(q=0.2), 6, 9)
    assert Plan.from_text(plan.to_text()) == plan
    with pytest.raises(Impossible):
        Plan([("Serve", "", 0)], Rules(), 6, 9)


def test_a_made_up_organisation_has_exactly_so_many_people():
    assert [sum(size for *_names, size in made_up_units(*wish)) for wish in ((7, 500), (1, 1), (10, 10))] == [
        500,
        1,
        10,
    ]


@pytest.mark.django_db
def test_what_is_written_is_what_was_simulated_and_spread_shows_it(site_pages):
    movement = write(Plan(**SMALL), password="a password to look")
    allies = list(Ally.objects.exclude(user__email=LOOKER).order_by("pk"))
    assert len(allies) == len(movement.allies)
    assert [ally.invited_by_id and ally.invited_by.name for ally in allies] == [
        None if one.inviter is None else f"Ally {one.inviter}" for one in movement.allies
    ]
    assert [ally.user.is_active for ally in allies] == [one.until >= movement.bounds[-1] for one in movement.allies]
    assert Action.objects.count() == sum(len(one.acts) for one in movement.allies)
    assert Membership.objects.count() == sum(one.club is not None for one in movement.allies)
    assert all(club.seats_taken == club.memberships.count() <= Rules().club_size for club in Club.objects.all())
    assert UnitSnapshot.objects.count() == 4 * 14
    assert Estimate.objects.filter(name="carrying").exists()
    assert ChartPicture.objects.filter(name="growth").exists()
    looker = User.objects.get(email=LOOKER)
    assert looker.check_password("a password to look")
    page = client_of(looker).get("/spread/").content.decode()
    assert "Department 4" in page


@pytest.mark.django_db
def test_months_are_as_they_were_counted_when_they_ended(site_pages):
    """Somebody who left later is in the months before."""
    movement = write(Plan(**SMALL | {"rules": Rules(leaving=0.1)}), password="x")
    first = list(UnitSnapshot.objects.order_by("month").values_list("month", flat=True).distinct())
    for place in (5, 13):
        end = movement.bounds[place + 1]
        there = sum(one.at < end <= one.until for one in movement.allies)
        assert sum(UnitSnapshot.objects.filter(month=first[place]).values_list("there", flat=True)) == there


def test_the_same_seed_gives_the_same_movement_and_another_another():
    def run(seed: int) -> list[object]:
        return list(simulate(Rules(), [60, 90], [MONTH * month for month in range(13)], seed=seed).allies)

    assert run(1) == run(1)
    assert run(1) != run(2)


def test_nobody_joins_beyond_reach_and_nobody_is_brought_by_who_has_left():
    rules = Rules(q=0.9, invitations=6.0, acceptance=0.9, leaving=0.2, reachable=0.5)
    movement = simulate(rules, [41, 20], [MONTH * month for month in range(37)], seed=2)
    joined = movement.joins_by_month().sum(axis=1)
    assert (joined <= [21, 10]).all()
    assert joined.sum() == len(movement.allies)
    for one in movement.allies:
        if one.inviter is not None:
            inviter = movement.allies[one.inviter]
            assert inviter.at < one.at < inviter.until


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_command_fills_a_scratch_file_again_and_again_and_nothing_else(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'scratch.sqlite3'}"
    live = {"LOCAL": "1", "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": f"sqlite:///{tmp_path / 'live.sqlite3'}"}
    command = [sys.executable, "manage.py", "simulate_spread", "--units", "4", "--people", "200", "--into", url]
    for _time in range(2):
        done = subprocess.run(command, cwd=settings.ROOT, env=os.environ | live, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert f"DATABASE_URL={url}" in done.stdout
    with sqlite3.connect(tmp_path / "scratch.sqlite3") as rows:
        assert rows.execute("select count(*) from movement_unitsnapshot").fetchone() == (4 * 24,)
    assert not (tmp_path / "live.sqlite3").exists() or not (tmp_path / "live.sqlite3").stat().st_size
