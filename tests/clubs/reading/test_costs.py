"""What the pages of a reading cost is the same for one row and for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clubs.discussion.services import ask, highlight, write_note
from clubs.reading.finishing import say
from clubs.reading.models import Copy
from clubs.reading.progress import take_place
from clubs.reading.services import Cut, mark_read
from conversation.hosts import target_of
from conversation.services import Words, place
from movement.allies.models import Visibility
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member, a_reading

pytestmark = pytest.mark.django_db
#: As measured; the club's page has a figure of its own (tests/clubs/test_pages.py).
MOST = {"club": 15, "talk": 11, "question": 12, "round": 10, "book": 11, "schedule": 9, "new book": 10, "ask": 6}


def crowded(club, other, number):
    """So many of each: members, sections, notes, passages, questions, answers, verdicts, copies, places."""
    reading = a_reading(club, f"Of {number}", [Cut(f"Part {n}", n + 1, n + 1) for n in range(number)])
    section, elsewhere = reading.sections.first(), a_reading(other, f"Of {number}")
    for n in range(number):
        person = make_ally(f"Person {number} {n}", visibility=Visibility.OPEN)
        member = a_member(club, person)
        mark_read(section=section, membership=member)
        write_note(section=section, membership=member, text=f"Note {n}.")
        highlight(section=section, membership=member, quotation=f"Words {n}.", page=1)
        question = ask(section=section, texts=[f"Question {n}?"])[0]
        say(reading=reading, membership=member, words=f"Said {n}.", stars=3, differently=f"Done {n}.")
        say(reading=elsewhere, membership=a_member(other, person), words=f"There {n}.", stars=3, may_travel=True)
        Copy.objects.create(book=reading.book, membership=member)
        take_place(reading=reading, membership=member, page=1, is_named=True)
    for n in range(number):
        words = Words(name="Orla", text=f"Answer {n}.", press=f"{number}-{n}")
        place(target=target_of(question), words=words, user=club.memberships.order_by("?").first().ally.user)
    return reading, section, question


def pages_of(club, reading, section, question):
    here = club.get_absolute_url()
    round_ = f"{here}books/readings/{reading.pk}/"
    return {
        "club": here,
        "talk": f"{here}talk/{section.pk}/",
        "question": question.get_absolute_url(),
        "round": f"{round_}summary/",
        "book": f"{here}books/{reading.book_id}/",
        "schedule": f"{round_}schedule/",
        "new book": f"{here}books/new/",
        "ask": f"{here}talk/{section.pk}/questions/",
    }


def costs(browser, pages):
    found = {}
    for name, path in pages.items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(path).status_code == 200
        found[name] = len(asked)
    return found


def test_each_page_asks_the_same_of_the_database_for_one_row_three_and_thirty(organiser, site_pages):
    found, browser = [], client_of(organiser)
    browser.get("/clubs/")
    for number in (1, 3, 30):
        club, other = a_club(organiser, f"Table {number}"), a_club(organiser, f"Other {number}")
        reading, section, question = crowded(club, other, number)
        host = club.memberships.get(ally=organiser)
        for one in reading.sections.all():
            mark_read(section=one, membership=host)
        pages = pages_of(club, reading, section, question)
        costs(browser, pages)
        found.append(costs(browser, pages))
    assert found[0] == found[1] == found[2]
    assert {name: n for name, n in found[2].items() if n > MOST[name]} == {}
