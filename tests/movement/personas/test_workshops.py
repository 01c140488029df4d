"""A workshop: one screen or many, and a sheet with everybody's cards; seen by who sits at the table."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from movement.allies.blocks import block
from movement.personas.gathering import TakenAlready, come_in, put_on_table, take_home
from movement.personas.models import PersonaCard
from movement.personas.workshops import LENGTH, LETTERS, OPEN_FOR, Guest, Workshop
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting, a_member
from tests.movement.worlds import TABLE_LINES, make_card, make_workshop

pytestmark = pytest.mark.django_db


def test_a_team_fills_in_cards_on_one_screen_and_gets_a_sheet(ally):
    client = client_of(ally)
    address = client.post("/personas/together/new/", {"title": "  Whom does the  bench serve? "})["Location"]
    room = Workshop.objects.get()
    assert (address, room.title) == (f"/together/{room.code}/", "Whom does the bench serve?")
    assert (len(room.code), set(room.code) <= set(LETTERS)) == (LENGTH, True)
    for said_by, name in (("Bo", "Nan"), ("Cy", "Ida"), ("", "Ray")):
        sent = TABLE_LINES | {"said_by": said_by, "name": name}
        assert client.post(address, sent)["Location"] == address
    page = client.get(address).content.decode()
    assert [page.index(f"<b>{name}</b>") for name in ("Nan", "Ida", "Ray")] == sorted(
        page.index(f"<b>{name}</b>") for name in ("Nan", "Ida", "Ray")
    )
    sheet = client.get(address + "print/").content.decode()
    assert (sheet.count('<article class="a6'), "Bo" in sheet, "Cy" in sheet) == (3, True, True)


def test_others_come_in_by_the_link_and_only_by_sitting_down(ally, organiser, alias_ally):
    room = make_workshop(ally)
    mine = put_on_table(workshop=room, ally=ally, **TABLE_LINES)
    guest, address = client_of(organiser), room.get_absolute_url()
    door = guest.get(address).content.decode()
    assert ("Sit down" in door, "night porter" in door, Guest.objects.count()) == (True, False, 0)
    guest.post(address, TABLE_LINES | {"name": "Uninvited"})
    assert PersonaCard.objects.count() == 1
    assert guest.get(address + "table/").status_code == 404
    guest.post(address + "join/")
    guest.post(address + "join/")
    assert Guest.objects.count() == 1
    assert "night porter" in guest.get(address).content.decode()
    guest.post(address, TABLE_LINES | {"name": "Ida"})
    assert "<b>Ida</b>" in client_of(ally).get(address + "table/").content.decode()
    assert guest.get(mine.get_absolute_url()).status_code == 200
    assert client_of(alias_ally).get(mine.get_absolute_url()).status_code == 404


def test_what_lies_on_a_table_does_not_say_that_only_its_writer_sees_it(ally, organiser):
    room = make_workshop(ally)
    come_in(workshop=room, ally=organiser)
    mine = put_on_table(workshop=room, ally=ally, **TABLE_LINES)
    card, mine_listed = (client_of(ally).get(url).content.decode() for url in (mine.get_absolute_url(), "/personas/"))
    assert ("those who sat at the table" in card, "Only you see it" in card) == (True, False)
    assert ("you, and those at the table" in mine_listed, "only you" in mine_listed) == (True, False)
    assert "on your table" in client_of(organiser).get("/personas/").content.decode()


def test_only_me_is_offered_as_what_holds_at_a_table_and_holds_once_the_card_is_taken_off(ally, organiser):
    room = make_workshop(ally)
    come_in(workshop=room, ally=organiser)
    card, mine, guest = put_on_table(workshop=room, ally=ally, **TABLE_LINES), client_of(ally), client_of(organiser)
    change = f"/personas/{card.pk}/edit/"
    offered = mine.get(change).content.decode()
    assert ("Only me and who sat at the table" in offered, "Take it off the table" in offered) == (True, True)
    sent = TABLE_LINES | {"audience": "only_me", "edition": card.edition}
    mine.post(change, sent)
    assert guest.get(card.get_absolute_url()).status_code == 200
    card.refresh_from_db()
    mine.post(change, sent | {"off_table": "on", "edition": card.edition})
    assert guest.get(card.get_absolute_url()).status_code == 404
    assert "night porter" not in guest.get(room.get_absolute_url()).content.decode()
    offered = mine.get(change).content.decode()
    assert ("who sat at the table" in offered, "Take it off the table" in offered) == (False, False)
    assert "Only you see it" in mine.get(card.get_absolute_url()).content.decode()


def test_a_quiet_ally_at_the_table_stays_one(ally, quiet_ally):
    room = make_workshop(ally)
    come_in(workshop=room, ally=quiet_ally)
    client_of(quiet_ally).post(room.get_absolute_url(), TABLE_LINES)
    page = client_of(ally).get(room.get_absolute_url()).content.decode()
    assert ("An ally" in page, "Quenby" in page, "night porter" in page) == (True, False, True)


def test_two_who_are_kept_apart_do_not_read_each_other_even_there(ally, organiser):
    room = make_workshop(ally)
    for guest, name in ((organiser, "Ida"), (make_ally("Tam Reed"), "Ray")):
        come_in(workshop=room, ally=guest)
        put_on_table(workshop=room, ally=guest, **TABLE_LINES | {"name": name})
    block(by=ally, other=organiser)
    page = client_of(ally).get(room.get_absolute_url()).content.decode()
    assert ("<b>Ray</b>" in page, "<b>Ida</b>" in page) == (True, False)


def test_what_somebody_said_while_the_host_typed_can_be_taken_home_once(ally, organiser):
    room = make_workshop(ally)
    said = put_on_table(workshop=room, ally=ally, said_by="Orla", **TABLE_LINES)
    own = put_on_table(workshop=room, ally=ally, **TABLE_LINES | {"name": "Mine"})
    come_in(workshop=room, ally=organiser)
    guest = client_of(organiser)
    assert guest.get(room.get_absolute_url()).content.decode().count("take it home") == 1
    for card in (said, own):
        guest.post(f"{room.get_absolute_url()}take/{card.pk}/")
    for card in (said, own):
        card.refresh_from_db()
    assert [(said.owner, said.said_by), own.owner] == [(organiser, ""), ally]
    assert list(said.versions.values_list("by", flat=True)) == [organiser.pk]
    other = make_card(ally, said_by="Orla")
    assert guest.post(f"{room.get_absolute_url()}take/{other.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_one_card_at_once_one_has_it():
    host, *guests = [make_ally(name) for name in ("Ada Larkin", "Bo Finch", "Cy Marsh")]
    room = make_workshop(host)
    card = put_on_table(workshop=room, ally=host, said_by="B", **TABLE_LINES)
    together = Barrier(2)

    def take(guest) -> str:
        try:
            together.wait()
            take_home(workshop=room, card=PersonaCard.objects.get(pk=card.pk), ally=guest)
            return "has it"
        except TakenAlready:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, guests)) == ["has it", "told"]


@pytest.mark.parametrize("how", ["closed", "a day later"])
def test_after_the_end_nothing_is_added_and_the_sheet_stays(ally, organiser, alias_ally, how):
    room = make_workshop(ally)
    put_on_table(workshop=room, ally=ally, **TABLE_LINES)
    come_in(workshop=room, ally=organiser)
    if how == "closed":
        client_of(ally).post(room.get_absolute_url() + "close/")
    else:
        Workshop.objects.update(started_at=timezone.now() - OPEN_FOR - timedelta(minutes=1))
    guest = client_of(organiser)
    late = guest.post(room.get_absolute_url(), TABLE_LINES | {"name": "Late"})
    page = late.content.decode()
    assert (late.status_code, "nothing can be added" in page, 'value="Late"' in page) == (422, True, True)
    assert 'formaction="/personas/new/"' in page
    assert PersonaCard.objects.count() == 1
    assert "night porter" in guest.get(room.get_absolute_url() + "print/").content.decode()
    stranger = client_of(alias_ally)
    assert [stranger.get(room.get_absolute_url()).status_code, stranger.get("/together/nowhere/").status_code] == [
        404,
        404,
    ]
    assert stranger.post(room.get_absolute_url() + "join/").status_code == 404


def test_only_the_host_ends_it(ally, organiser):
    room = make_workshop(ally)
    come_in(workshop=room, ally=organiser)
    assert client_of(organiser).post(room.get_absolute_url() + "close/").status_code == 404
    room.refresh_from_db()
    assert room.is_open


def test_it_belongs_to_the_meeting_it_came_from_for_who_may_see_that(ally, organiser, alias_ally):
    club = a_club(organiser, "The Plum Table")
    a_member(club, ally)
    meeting = a_meeting(club, timezone.now() + timedelta(hours=1))
    page = client_of(ally).get(meeting.get_absolute_url()).content.decode()
    assert f"/personas/together/new/?meeting={meeting.pk}" in page
    client_of(ally).post(f"/personas/together/new/?meeting={meeting.pk}", {"title": "Here"})
    room = Workshop.objects.get()
    assert room.origin == f"meeting:{meeting.pk}"
    come_in(workshop=room, ally=alias_ally)
    back = {who: client_of(who).get(room.get_absolute_url()).content.decode() for who in (ally, alias_ally)}
    assert meeting.get_absolute_url() in back[ally]


def test_the_table_costs_the_same_for_one_three_and_thirty(ally):
    room, costs = make_workshop(ally), []
    client = client_of(ally)
    client.get(room.get_absolute_url())
    for count in (1, 2, 27):
        for _ in range(count):
            put_on_table(workshop=room, ally=make_ally(f"Ally {PersonaCard.objects.count()}"), **TABLE_LINES)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(room.get_absolute_url() + "table/").status_code == 200
        costs.append(len(asked))
    assert (len(set(costs)), costs[0] <= 8) == (1, True), costs
