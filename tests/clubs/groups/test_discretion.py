"""What must not be seen: private clubs by anybody else, quiet members by anybody."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template

from clubs.finding import search
from clubs.groups.models import Access, Club
from clubs.meetings.models import Meeting
from content.search.sources import Wanted
from content.search.words import read
from movement.allies.models import Visibility
from movement.today import cards
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting, a_member, a_reading

pytestmark = pytest.mark.django_db


def text_of(someone, address):
    return client_of(someone).get(address).content.decode()


def home_tag():
    return Template("{% load clubs_tags %}{% open_meeting %}").render(Context())


def names_found(user, text):
    return [hit.title for group in search(user, read(text), Wanted()) for hit in group.hits]


def test_a_private_club_is_nowhere_for_those_outside(private_club, ally):
    meeting = a_meeting(private_club, sections=(section := a_reading(private_club).sections.first()) and [section])
    inside = f"/clubs/{private_club.slug}/"
    addresses = [
        inside,
        f"{inside}members/",
        f"{inside}books/new/",
        f"{inside}meetings/new/",
        f"{inside}meetings/{meeting.pk}/",
        f"{inside}meetings/{meeting.pk}.ics",
        f"{inside}talk/{section.pk}/",
    ]
    assert [client_of(ally).get(address).status_code for address in addresses] == [404] * len(addresses)
    assert client_of(None).get(inside).status_code == 404
    for someone in (None, ally):
        assert private_club.name not in text_of(someone, "/clubs/")
    assert [*names_found(ally.user, "low shelf"), *names_found(AnonymousUser(), "Counter")] == []
    assert home_tag().strip() == ""


def test_a_private_club_is_there_for_its_members(private_club, organiser):
    a_reading(private_club)
    assert private_club.name in text_of(organiser, "/clubs/")
    assert private_club.name in text_of(organiser, private_club.get_absolute_url())
    assert names_found(organiser.user, "counter shelf") == ["The Low <mark>Shelf</mark>"]


def test_a_visitor_sees_the_book_and_the_day_and_no_member(member, quiet_ally):
    club = member.club
    a_member(club, quiet_ally)
    a_meeting(
        club, sections=a_reading(club).sections.all(), agenda="Milo Ferrant opens.", call_link="https://v.example/"
    )
    for someone in (None, make_ally("Ada Stranger")):
        page = text_of(someone, club.get_absolute_url())
        seen = [word in page for word in ("The Long Counter", "Room Teasel", "Whose counter is it?")]
        hidden = [word in page for word in ("Milo", "Orla", "Quenby", "v.example")]
        assert (seen, hidden) == ([True] * 3, [False] * 4)


def test_a_club_by_request_keeps_its_days_to_itself(organiser):
    club = a_club(organiser, access=Access.REQUEST)
    a_meeting(club)
    assert "Room Teasel" not in text_of(None, club.get_absolute_url())
    assert home_tag().strip() == ""


def test_the_home_page_shows_the_next_open_meeting_without_names(member):
    sections = a_reading(member.club).sections.all()
    a_meeting(member.club, sections=sections, agenda="Milo Ferrant opens.")
    shown = home_tag()
    assert "Reading group: <i>The Long Counter</i>, sections 1 and 2" in shown
    assert ["Milo" in shown, member.club.get_absolute_url() in shown] == [False, True]


def members_page(viewer, club):
    address = club.get_absolute_url()
    return text_of(viewer, address) + text_of(viewer, f"{address}members/")


def test_an_alias_is_all_that_fellow_members_know(member, alias_ally):
    a_member(member.club, alias_ally)
    page = members_page(member.ally, member.club)
    assert ["Night Ferry" in page, "Basil" in page, f"/allies/{alias_ally.public_id}/" in page] == [True, False, False]


def test_a_quiet_member_changes_nothing_that_the_others_see(member, quiet_ally):
    section = a_reading(member.club).sections.first()
    a_meeting(member.club, sections=[section])

    def seen():
        text = members_page(member.ally, member.club)
        return [line for line in text.splitlines() if "csrf" not in line]

    before = seen()
    quiet = a_member(member.club, quiet_ally)
    quiet.sections_read.create(section=section)
    assert seen() == before


def test_a_quiet_member_finds_themselves_and_their_dot(club, quiet_ally):
    a_reading(club)
    a_member(club, quiet_ally)
    page = members_page(quiet_ally, club)
    assert ["seen by nobody but yourself" in page, "You are at the start." in page] == [True, True]


def test_whoever_left_the_site_is_shown_no_more(member, organiser):
    member.ally.user.is_active = False
    member.ally.user.save()
    assert "Milo" not in members_page(organiser, member.club)


def test_becoming_quiet_takes_ones_name_out_of_the_club(member, organiser):
    member.ally.visibility = Visibility.QUIET
    member.ally.save()
    assert "Milo" not in members_page(organiser, member.club)


def test_looking_changes_nothing(member, organiser):
    section = a_reading(member.club).sections.first()
    meeting = a_meeting(member.club)
    inside = member.club.get_absolute_url()
    for address in ("members/join/", "members/leave/", f"read/{section.pk}/", f"meetings/{meeting.pk}/there/"):
        assert client_of(organiser).get(inside + address).status_code == 405
    client_of(organiser).get(f"{inside}talk/{section.pk}/?anyway=1")
    client_of(organiser).get(f"{inside}meetings/{meeting.pk}/cancel/?why=no")
    assert Meeting.objects.standing().filter(pk=meeting.pk).exists()
    assert [member.club.memberships.count(), section.read_by.count(), meeting.rsvps.count()] == [2, 0, 0]


def test_the_next_meeting_stands_on_today_for_members_alone(member, ally):
    (card,) = [card for card in cards("aside") if card.name == "next-meeting"]
    assert card.gather(member.ally) == {"seen": None}
    a_meeting(member.club, sections=a_reading(member.club).sections.all())
    said = card.gather(member.ally)
    assert (said["seen"].title, said["reading"]) == (
        "The Long Counter, sections 1 and 2",
        "You have not begun yet. Section 1 is 28 pages.",
    )
    assert card.gather(ally) == {"seen": None}


def test_the_list_shows_clubs_to_everybody(club):
    assert [club.name in text_of(None, "/clubs/"), Club.objects.count()] == [True, 1]
