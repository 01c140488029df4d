"""What the pages of a club cost, whatever stands on them."""

import pytest

from clubs.discussion.models import Note
from clubs.groups.models import Membership
from clubs.reading.finishing import finish
from clubs.reading.models import SectionRead
from clubs.reading.services import mark_read
from movement.allies.models import Ally, Visibility
from tests.cast import client_of, make_ally, make_unit, person
from tests.clubs.worlds import a_club, a_meeting, a_reading

pytestmark = pytest.mark.django_db


def crowd(number):
    """Many people at once: their logins are never used."""
    user = person("template@larkfield.example")
    users = type(user).objects.bulk_create(
        type(user)(email=f"p{n}@larkfield.example", password=user.password) for n in range(number)
    )
    units = [make_unit(f"Unit {n}") for n in range(7)]
    return Ally.objects.bulk_create(
        Ally(user=user, name=f"Person {n}", visibility=Visibility.OPEN, unit=units[n % 7])
        for n, user in enumerate(users)
    )


@pytest.mark.parametrize("number", [10, 500])
def test_the_page_of_a_club_costs_at_most_18_queries(organiser, club, number, django_assert_max_num_queries):
    sections = list(a_reading(club).sections.all())
    a_meeting(club, sections=sections)
    members = Membership.objects.bulk_create(Membership(club=club, ally=ally) for ally in crowd(number))
    SectionRead.objects.bulk_create(SectionRead(section=sections[n % 2], membership=m) for n, m in enumerate(members))
    Note.objects.bulk_create(Note(section=sections[n % 2], membership=m, text="So.") for n, m in enumerate(members))
    SectionRead.objects.create(section=sections[0], membership=club.memberships.organisers().get())
    for someone, marks in ((organiser, ["8 departments", "Notes"]), (make_ally("Ada Stranger"), ["8 departments"])):
        browser = client_of(someone)
        browser.get("/clubs/")
        with django_assert_max_num_queries(18):
            page = browser.get(club.get_absolute_url()).content.decode()
        assert [mark in page for mark in marks] == [True] * len(marks)


@pytest.mark.parametrize("moved_on", [True, False])
def test_the_agenda_of_a_book_that_is_finished_stands_open_to_whoever_has_read_it(organiser, club, member, moved_on):
    """Between two books, and in the midst of the next one."""
    reading = a_reading(club)
    sections = list(reading.sections.all())
    a_meeting(club, sections=sections, agenda="Ines opens.")
    finish(reading=reading)
    if moved_on:
        a_reading(club, title="Slow Trains")
    for section in sections:
        mark_read(section=section, membership=club.memberships.organisers().get())
    pages = [client_of(one).get(club.get_absolute_url()).text for one in (organiser, member.ally)]
    assert ["Ines opens." in page for page in pages] == [True, False]
    assert ["told to whoever has read that far" in page for page in pages] == [False, True]


@pytest.mark.parametrize("has_read", [True, False])
def test_the_agenda_of_the_book_at_hand_opens_with_its_sections(organiser, club, has_read):
    sections = list(a_reading(club).sections.all())
    a_meeting(club, sections=sections, agenda="Ines opens.")
    for section in sections if has_read else sections[:1]:
        mark_read(section=section, membership=club.memberships.organisers().get())
    assert ("Ines opens." in client_of(organiser).get(club.get_absolute_url()).text) == has_read


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_of_clubs_costs_a_constant_number_of_queries(organiser, ally, number, django_assert_max_num_queries):
    for n in range(number):
        a_reading(a_club(organiser, name=f"Table {n}"), title=f"Book {n}")
    browser = client_of(ally)
    browser.get("/clubs/")
    with django_assert_max_num_queries(12):
        assert browser.get("/clubs/").content.decode().count("clubs__entry") == number
