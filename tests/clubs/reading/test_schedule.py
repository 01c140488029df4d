from datetime import date, timedelta

import pytest

from clubs.reading.schedule import TooShort, evenly, shift
from movement.editing import ChangedMeanwhile
from tests.cast import client_of
from tests.clubs.worlds import a_reading

FIRST = date(2031, 3, 3)


def days(*offsets):
    return [FIRST + timedelta(days=n) for n in offsets]


def test_days_are_spread_by_length_and_the_last_section_is_due_on_the_last_day():
    assert evenly([10, 10, 20], FIRST, FIRST + timedelta(days=43)) == days(11, 22, 43)
    assert evenly([0, 0, 0, 0], FIRST, FIRST + timedelta(days=28)) == days(7, 14, 21, 28)
    assert evenly([0, 0, 0, 0], FIRST, FIRST + timedelta(days=35), catch_up_after=2) == days(7, 14, 28, 35)
    assert evenly([900, 1], FIRST, FIRST + timedelta(days=2)) == days(1, 2)
    with pytest.raises(TooShort):
        evenly([5, 5], FIRST, FIRST + timedelta(days=8), catch_up_after=1)


@pytest.fixture
def reading(db, club):
    return a_reading(club)


def plan(reading):
    return f"/clubs/the-thursday-table/books/readings/{reading.pk}/schedule/"


def typed(reading, **changes):
    one, two = reading.sections.all()
    sent = {"edition": 1, "more": ""}
    for section, due in ((one, "2031-03-10"), (two, "2031-03-24")):
        sent |= {
            f"title_{section.pk}": section.title,
            f"first_{section.pk}": section.first_page,
            f"last_{section.pk}": section.last_page,
            f"due_{section.pk}": due,
        }
    renamed = {name.replace("#1", str(one.pk)).replace("#2", str(two.pk)): value for name, value in changes.items()}
    return sent | renamed


def due(reading):
    return list(reading.sections.values_list("due_on", flat=True))


def test_a_schedule_is_typed_proposed_and_moved_all_at_once(reading, organiser):
    browser = client_of(organiser)
    assert browser.post(plan(reading), typed(reading, more="Afterword, 58-60")).status_code == 302
    assert due(reading) == [date(2031, 3, 10), date(2031, 3, 24), None]
    browser.post(plan(reading) + "shift/", {"edition": 2, "start": "1", "days": "-7"})
    assert due(reading) == [date(2031, 3, 3), date(2031, 3, 17), None]
    browser.post(plan(reading) + "propose/", {"edition": 3, "first": "2031-04-01", "last": "2031-05-01"})
    assert due(reading)[-1] == date(2031, 5, 1)
    page = browser.get("/clubs/the-thursday-table/").content.decode()
    assert ["by 1 May" in page, "A week to catch up" in page] == [True, False]


def test_what_moves_from_a_section_on_never_comes_before_what_stays(reading, organiser):
    browser = client_of(organiser)
    browser.post(plan(reading), typed(reading))
    browser.post(plan(reading) + "shift/", {"edition": 2, "start": "2", "days": "3"})
    assert due(reading) == [date(2031, 3, 10), date(2031, 3, 27)]
    page = browser.post(plan(reading) + "shift/", {"edition": 3, "start": "2", "days": "-18"})
    assert (page.status_code, "due before the section in front of them" in page.text) == (422, True)
    assert ['value="-18"' in page.text, due(reading)[1]] == [True, date(2031, 3, 27)]
    # The button's own value comes after the field's.
    browser.post(plan(reading) + "shift/", {"edition": 3, "start": "1", "days": ["3", "7"]})
    assert due(reading) == [date(2031, 3, 17), date(2031, 4, 3)]


def test_a_week_to_catch_up_moves_what_follows_and_gives_it_back(reading, organiser):
    browser = client_of(organiser)
    browser.post(plan(reading), typed(reading))
    browser.post(plan(reading) + "catch-up/", {"edition": 2, "after": "1"})
    assert due(reading) == [date(2031, 3, 10), date(2031, 3, 31)]
    assert "A week to catch up" in browser.get("/clubs/the-thursday-table/").text
    browser.post(plan(reading) + "catch-up/", {"edition": 3, "after": "1"})
    browser.post(plan(reading) + "catch-up/", {"edition": 4, "after": ""})
    assert due(reading) == [date(2031, 3, 10), date(2031, 3, 24)]
    assert "A week to catch up" not in browser.get("/clubs/the-thursday-table/").text
    assert browser.post(plan(reading) + "catch-up/", {"edition": 5, "after": "2"}).status_code == 422
    late = browser.post(plan(reading) + "catch-up/", {"edition": 2, "after": "1"}, follow=True)
    assert "Somebody else changed the schedule meanwhile" in late.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due_#2": "2031-03-01"}, "This day comes before that of section 1."),
        ({"last_#1": "0"}, "Pages are counted from 1."),
        ({"first_#1": "29"}, "The last page comes before the first."),
        ({"last_#2": ""}, "Give both pages, or none."),
        ({"due_#1": "soon"}, "Enter a valid date."),
        ({"title_#1": ""}, "This field is required."),
        ({"more": "Half, 3-"}, "Line 1: write the title"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_and_what_was_typed_is_kept(reading, organiser, changes, said):
    one = reading.sections.first()
    sent = typed(reading, **{f"title_{one.pk}": "Retitled", **changes})
    page = client_of(organiser).post(plan(reading), sent)
    assert (page.status_code, said in page.content.decode(), due(reading)) == (422, True, [None, None])
    assert "title_#1" in changes or "Retitled" in page.content.decode()


def test_of_two_organisers_at_once_the_second_is_told_and_nothing_is_overwritten(reading, organiser):
    browser = client_of(organiser)
    browser.post(plan(reading), typed(reading))
    answer = browser.post(plan(reading), typed(reading, **{"due_#2": "2031-12-24"}))
    assert (answer.status_code, due(reading)[1]) == (409, date(2031, 3, 24))
    assert "As you typed it" in answer.content.decode()
    with pytest.raises(ChangedMeanwhile):
        shift(reading=reading, edition=1, days=7)
    between = {"edition": 1, "first": "2031-04-01", "last": "2031-05-01"}
    late = browser.post(plan(reading) + "propose/", between, follow=True)
    assert "Somebody else changed the schedule meanwhile" in late.content.decode()
    assert due(reading) == [date(2031, 3, 10), date(2031, 3, 24)]
