"""Sections moved, and put in among the others: what was read stays read, what could spoil stays closed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from clubs.discussion.models import opened_sections
from clubs.discussion.services import show_anyway, write_note
from clubs.meetings.models import Meeting
from clubs.reading.models import Reading, Section, SectionRead
from clubs.reading.progress import take_place
from clubs.reading.schedule import reshape
from clubs.reading.services import Cut, mark_read
from movement.editing import ChangedMeanwhile
from tests.cast import client_of
from tests.clubs.worlds import a_meeting, a_member, a_reading

CUTS = [Cut("One", 1, 20), Cut("Two", 21, 40), Cut("Three", 61, 80), Cut("Four", 81, 99)]
DAYS = [date(2031, 3, 3), date(2031, 3, 10), date(2031, 3, 17), date(2031, 3, 24)]


@pytest.fixture
def reading(db, club) -> Reading:
    made = a_reading(club, sections=CUTS)
    for section, day in zip(made.sections.all(), DAYS, strict=True):
        Section.objects.filter(pk=section.pk).update(due_on=day)
    return made


def address(reading: Reading, section: Section | None = None) -> str:
    plan = f"/clubs/the-thursday-table/books/readings/{reading.pk}/schedule/"
    return f"{plan}{section.pk}/" if section else plan


def typed(reading: Reading, **more: str) -> dict[str, object]:
    sent: dict[str, object] = {"edition": Reading.objects.get(pk=reading.pk).edition, "more": ""}
    for one in reading.sections.all():
        sent |= {f"title_{one.pk}": one.title, f"first_{one.pk}": one.first_page, f"last_{one.pk}": one.last_page}
        sent |= {f"due_{one.pk}": one.due_on or ""}
    return sent | more


def order(reading: Reading) -> list[tuple[int, str, date | None]]:
    return list(reading.sections.values_list("position", "title", "due_on"))


def named(reading: Reading, title: str) -> Section:
    return reading.sections.get(title=title)


def test_a_section_moves_up_and_down_and_the_days_stay_where_they_were(reading, organiser):
    browser, three = client_of(organiser), named(reading, "Three")
    answer = browser.post(address(reading, three), typed(reading) | {"to": "up"})
    assert answer["Location"] == f"{address(reading)}#section-{three.pk}"
    titles = ["One", "Three", "Two", "Four"]
    assert order(reading) == [(place, *pair) for place, pair in enumerate(zip(titles, DAYS, strict=True), start=1)]
    browser.post(address(reading, three), typed(reading) | {"to": "down"})
    assert [title for _place, title, _due in order(reading)] == ["One", "Two", "Three", "Four"]
    for title, to in (("One", "up"), ("Four", "down")):
        browser.post(address(reading, named(reading, title)), typed(reading) | {"to": to})
    assert [title for _place, title, _due in order(reading)] == ["One", "Two", "Three", "Four"]


def test_what_was_typed_is_kept_with_the_move_and_shown_again_where_it_is_wrong(reading, organiser):
    browser, two = client_of(organiser), named(reading, "Two")
    browser.post(address(reading, two), typed(reading, **{f"title_{two.pk}": "Second"}) | {"to": "down"})
    assert [title for _place, title, _due in order(reading)] == ["One", "Three", "Second", "Four"]
    wrong = typed(reading, **{f"title_{two.pk}": "Once more", f"last_{two.pk}": "1"}) | {"to": "up"}
    page = browser.post(address(reading, two), wrong)
    assert (page.status_code, "Once more" in page.text, "before the first" in page.text) == (422, True, True)
    assert [title for _place, title, _due in order(reading)] == ["One", "Three", "Second", "Four"]


def test_new_sections_stand_behind_the_one_they_were_typed_at(reading, organiser):
    Reading.objects.filter(pk=reading.pk).update(catch_up_after=3)
    two, four = named(reading, "Two"), named(reading, "Four")
    more = {f"after_{two.pk}": "Two and a half, 41-60\nAn afterthought", f"after_{four.pk}": "Notes", "more": "Index"}
    assert client_of(organiser).post(address(reading), typed(reading, **more)).status_code == 302
    assert order(reading) == [
        (1, "One", DAYS[0]), (2, "Two", DAYS[1]), (3, "Two and a half", None), (4, "An afterthought", None),
        (5, "Three", DAYS[2]), (6, "Four", DAYS[3]), (7, "Notes", None), (8, "Index", None),
    ]  # fmt: skip
    assert Reading.objects.get(pk=reading.pk).catch_up_after == 5


def test_a_line_that_cannot_be_read_is_named_and_nothing_is_put_in(reading, organiser):
    two = named(reading, "Two")
    page = client_of(organiser).post(address(reading), typed(reading, **{f"after_{two.pk}": "Two and a half, 41"}))
    assert (page.status_code, "Two and a half, 41" in page.text, len(order(reading))) == (422, True, 4)
    many = typed(reading, **{f"after_{two.pk}": "\n".join(f"Part {n}" for n in range(57))})
    assert "At most 60 sections" in client_of(organiser).post(address(reading), many).text


def test_nobody_has_read_a_new_section_but_who_is_on_a_later_page(reading, ally, alias_ally, club):
    by_section, by_page = a_member(club, ally), a_member(club, alias_ally)
    for title in ("One", "Two", "Three"):
        mark_read(section=named(reading, title), membership=by_section)
    take_place(reading=reading, membership=by_page, page=85)
    reshape(reading=reading, edition=1, dues={}, inserted={named(reading, "Two").pk: [Cut("Between", 41, 60)]})
    new = named(reading, "Between")
    assert set(SectionRead.objects.filter(section=new).values_list("membership", flat=True)) == {by_page.pk}
    assert [new in opened_sections(one) for one in (by_section, by_page)] == [False, True]
    page = client_of(ally).get(club.get_absolute_url()).text
    assert "3 of 5 sections read" in page


def test_the_gate_goes_with_the_section_and_not_with_its_place(reading, ally, organiser, club):
    member, host = a_member(club, ally), club.memberships.organisers().get()
    two, three, four = (named(reading, title) for title in ("Two", "Three", "Four"))
    mark_read(section=two, membership=member)
    show_anyway(section=four, membership=member)
    for section, text in ((two, "Marmalade"), (three, "Tamarisk"), (four, "Wisteria")):
        mark_read(section=section, membership=host)
        write_note(section=section, membership=host, text=text)
    meeting = a_meeting(club, sections=[three])
    client_of(organiser).post(address(reading, three), typed(reading) | {"to": "up"})
    seen = client_of(ally)
    told = [text in seen.get(f"{club.get_absolute_url()}talk/{one.pk}/").text for one, text in
            ((two, "Marmalade"), (three, "Tamarisk"), (four, "Wisteria"))]  # fmt: skip
    assert told == [True, False, True]
    assert list(Meeting.objects.get(pk=meeting.pk).sections.all()) == [three]


def test_the_second_of_two_organisers_is_told_and_the_new_sections_of_the_first_stay(reading, organiser):
    browser, two = client_of(organiser), named(reading, "Two")
    stale = typed(reading, **{f"title_{two.pk}": "Second"})
    browser.post(address(reading), typed(reading, **{f"after_{two.pk}": "Between, 41-60"}))
    answer = browser.post(address(reading, named(reading, "Four")), stale | {"to": "up"})
    assert (answer.status_code, "Second" in answer.text, "Between" in answer.text) == (409, True, True)
    assert [title for _place, title, _due in order(reading)] == ["One", "Two", "Between", "Three", "Four"]
    again = {name: field.value() for name, field in ((one.html_name, one) for one in answer.context["form"])}
    again = {name: "" if value is None else value for name, value in again.items()}
    assert browser.post(address(reading), again).status_code == 302
    assert [title for _place, title, _due in order(reading)] == ["One", "Second", "Between", "Three", "Four"]


def test_a_section_of_another_group_is_not_found(reading, organiser, ally):
    browser = client_of(organiser)
    assert browser.post(address(reading, Section(pk=10**9)), typed(reading) | {"to": "up"}).status_code == 404
    assert browser.post(address(reading, named(reading, "Two")), typed(reading) | {"to": "off"}).status_code == 404
    assert client_of(ally).post(address(reading, named(reading, "Two")), {"to": "up"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_organisers_at_once_one_changes_the_order(club):
    reading = a_reading(club, sections=CUTS)
    numbers, begin = list(reading.sections.values_list("pk", flat=True)), Barrier(2)

    def put_in(title: str) -> bool:
        begin.wait()
        try:
            reshape(reading=reading, edition=1, dues={}, inserted={numbers[0]: [Cut(title)]})
        except ChangedMeanwhile:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(put_in, ("A", "B")))
    assert (sorted(done), len(order(reading))) == ([False, True], 5)
    assert [place for place, _title, _due in order(reading)] == [1, 2, 3, 4, 5]
