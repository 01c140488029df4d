"""A hello proposed to an ally: about somebody they know, one at a time, never telling who is away, nor the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.services import erase_person, export_person
from movement.allies.blocks import block
from movement.allies.models import Ally, Visibility
from movement.introductions.models import Introduction, State
from movement.resolve import proposing_hellos as proposing
from movement.resolve.away import away
from movement.resolve.hellos import Hello
from movement.resolve.proposing_hellos import acquaintances, choose, propose_hellos
from postbox.models import Notification
from postbox.pauses.services import pause
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member
from tests.movement.worlds import make_introduction, make_lunch

NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=200)


def settled_in(*allies: Ally) -> None:
    """Here for long, and signed in yesterday."""
    numbers = [ally.pk for ally in allies]
    Ally.objects.filter(pk__in=numbers).update(joined_at=LONG_AGO, appears_since=LONG_AGO)
    User.objects.filter(ally__in=numbers).update(last_login=NOW - timedelta(days=1))
    for ally in allies:
        ally.refresh_from_db()


def gone(ally: Ally) -> Ally:
    User.objects.filter(ally=ally.pk).update(last_login=LONG_AGO)
    return ally


def every_day(days: int = 28) -> int:
    return sum(propose_hellos(NOW + timedelta(days=day)) for day in range(days))


@pytest.fixture
def table(ally, organiser):
    """Both in one club; "organiser" has not been here for long."""
    a_member(a_club(organiser), ally)
    settled_in(ally, organiser)
    return gone(organiser)


@pytest.mark.django_db
def test_it_stands_on_today_and_goes_with_one_press(ally, table):
    assert list(away(NOW)) == [table]
    assert every_day() == 2  # each may be reminded of the other
    Hello.objects.exclude(ally=ally).delete()
    Hello.objects.update(made_at=NOW)
    client, hello = client_of(ally), Hello.objects.get()
    page = client.get("/me/").text
    card = page.split("hello-h")[1].split("</section")[0]
    assert (f"You know {table.shown_name}" in page, "away" in card) == (True, False)
    assert client_of(table).post(f"/me/hello/{hello.pk}/").status_code == 404
    assert client.get(f"/me/hello/{hello.pk}/").status_code == 405
    assert client.post(f"/me/hello/{hello.pk}/").status_code == 302
    assert "You know" not in client.get("/me/").text
    assert client.post(f"/me/hello/{hello.pk}/").status_code == 404


@pytest.mark.django_db
def test_the_other_is_told_nothing_and_finds_it_nowhere(ally, table):
    Hello.objects.create(ally=ally, other=table)
    assert not Notification.objects.filter(user=table.user).exists()
    assert not Hello.objects.visible_to(table.user).exists()
    assert "movement.Hello" not in export_person(user=table.user)
    assert table.shown_name not in str(export_person(user=ally.user)["movement.Hello"])
    erase_person(user=table.user)
    assert not Hello.objects.exists()


@pytest.mark.django_db
def test_who_is_named_tells_nothing_of_who_is_away(ally, table):
    """With both sorts at hand each is named about as often; alone at hand, either is."""
    present = make_ally("Prue Dent")
    a_member(ally.memberships.get().club, present)
    settled_in(present)
    draw = Random(7)
    named = [choose(ally, NOW, draw) for _time in range(400)]
    assert 160 < named.count(table.pk) < 240
    assert named.count(table.pk) + named.count(present.pk) == 400
    present.memberships.all().delete()
    assert choose(ally, NOW) == table.pk
    User.objects.update(last_login=NOW)
    assert choose(ally, NOW) == table.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "reason", ["apart", "apart the other way", "quiet", "paused", "lunch paused", "left", "other alias"]
)
def test_who_is_not_named(ally, table, reason):
    Hello.objects.create(ally=ally, other=table, made_at=NOW)
    if reason == "apart":
        block(by=ally, other=table)
    elif reason == "apart the other way":
        block(by=table, other=ally)
    elif reason == "quiet":
        Ally.objects.filter(pk=table.pk).update(visibility=Visibility.QUIET)
    elif reason == "paused":
        pause(user=table.user, until=timezone.localdate() + timedelta(days=9))
    elif reason == "left":
        User.objects.filter(pk=table.user_id).update(is_active=False)
    elif reason == "other alias":
        table.visibility, table.alias = Visibility.ALIAS, "Copper Lantern"
        table.appears_anew()
        table.save()
    else:
        make_lunch(ally, table)
        table.lunch_wish.__class__.objects.filter(ally=table).update(paused_until=date(2099, 1, 1))
    shown = Hello.objects.visible_to(ally.user).open().exists()
    assert shown == (reason == "lunch paused")
    Hello.objects.all().delete()
    assert choose(ally, NOW) == (table.pk if reason == "other alias" else None)


@pytest.mark.django_db
def test_whoever_pauses_is_shown_none(ally, table):
    Hello.objects.create(ally=ally, other=table)
    pause(user=ally.user, until=timezone.localdate() + timedelta(days=9))
    assert not Hello.objects.visible_to(ally.user).exists()
    assert "You know" not in client_of(ally).get("/me/").text


@pytest.mark.django_db
def test_how_one_knows_somebody(ally):
    club, met, introduced, brought, stranger = (make_ally(f"{name} Vane") for name in ("Cy", "Mo", "Ina", "Bo", "Sy"))
    a_member(a_club(club), ally)
    Ally.objects.filter(pk=brought.pk).update(invited_by=ally)
    make_lunch(ally, met)
    make_introduction(introduced, ally)
    Introduction.objects.update(state=State.AGREED)
    settled_in(ally, club, met, introduced, brought, stranger)
    assert set(acquaintances(ally)) == {club, met, introduced, brought}
    Ally.objects.filter(pk__in=[met.pk, introduced.pk, brought.pk]).update(
        appears_since=timezone.now() + timedelta(days=4000), visibility=Visibility.ALIAS, alias=""
    )
    for place, one in enumerate((met, introduced, brought)):
        Ally.objects.filter(pk=one.pk).update(alias=f"Lantern {place}")
    assert set(acquaintances(ally)) == {club}


@pytest.mark.django_db
def test_one_at_a_time_and_rarely(ally, table):
    every_day()
    first = Hello.objects.get(ally=ally)
    assert every_day() == 0
    assert (
        propose_hellos(NOW + timedelta(days=28))
        + sum(propose_hellos(NOW + timedelta(days=day)) for day in range(29, 56))
        == 0
    )  # the only one they know was named this half year
    Hello.objects.filter(pk=first.pk).update(made_at=NOW - timedelta(days=200))
    Hello.objects.exclude(pk=first.pk).delete()
    every_day()
    assert Hello.objects.filter(ally=ally).count() == 2
    assert Hello.objects.filter(ally=ally).open().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_clocks_one_proposes(monkeypatch):
    one, other = make_ally("Ada Larkin"), make_ally("Bo Finch")
    a_member(a_club(one), other)
    settled_in(one, other)
    monkeypatch.setattr(proposing, "TURNS", 1)
    together = Barrier(4)

    def tick(_number):
        try:
            together.wait()
            return propose_hellos(NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tick, range(4)))
    assert sorted(Hello.objects.values_list("ally__name", flat=True)) == ["Ada Larkin", "Bo Finch"]
