import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from clubs.choosing.forms import ClosingTime
from clubs.choosing.models import Closing, Nomination, Poll
from clubs.choosing.queries import offered, passed_on
from clubs.choosing.services import close
from clubs.reading.services import read_book
from tests.cast import client_of
from tests.clubs.worlds import a_club, a_member, a_nomination, a_poll

pytestmark = pytest.mark.django_db
NOMINATE = "/clubs/the-thursday-table/books/nominate/"


def typed(**changes):
    return {"title": "Slow Trains", "author": "Pell Ashdown", "reason": "Thin, and about waiting."} | changes


def test_a_member_proposes_a_book_once(member, organiser):
    assert client_of(member.ally).post(NOMINATE, typed()).status_code == 302
    again = client_of(organiser).post(NOMINATE, typed(title="slow trains"))
    assert (again.status_code, "proposed already" in again.content.decode(), Nomination.objects.count()) == (
        422,
        True,
        1,
    )
    page = client_of(organiser).get("/clubs/the-thursday-table/polls/").content.decode()
    assert ["Thin, and about waiting." in page, "proposed by Milo Ferrant" in page] == [True, True]


def test_whoever_is_unseen_proposes_nothing(club, quiet_ally):
    a_member(club, quiet_ally)
    assert client_of(quiet_ally).post(NOMINATE, typed()).status_code == 302
    assert Nomination.objects.count() == 0


def test_a_proposal_outlives_a_lost_poll_and_ends_with_its_reading(club, member):
    poll = a_poll(club)
    close(poll=poll, why=Closing.TIME)
    assert [book.title for book in offered(club)] == ["Slow Trains", "The Lamp Room"]
    read_book(club=club, title="Slow Trains", author="Pell Ashdown", sections=[])
    assert [book.title for book in offered(club)] == ["The Lamp Room"]


def test_a_proposal_is_offered_elsewhere_only_if_its_writer_agrees_and_never_from_a_hidden_club(
    club, private_club, member, organiser
):
    other = a_club(organiser, name="The Other Table")
    a_nomination(member, "Stays Here")
    a_nomination(member, "Travels", may_travel=True)
    a_nomination(private_club.memberships.get(), "Hidden Away", may_travel=True)
    assert [one.book.title for one in passed_on(other)] == ["Travels"]
    page = client_of(organiser).get("/clubs/the-other-table/polls/").content.decode()
    assert ["Travels" in page, "Milo" in page, "Hidden Away" in page] == [True, False, False]


def test_one_s_own_proposal_is_withdrawn_and_nobody_else_s(club, member, organiser, ally):
    own, other = a_nomination(member), a_nomination(club.memberships.organisers().get(), "Ledgers")
    for one in (own, other):
        client_of(member.ally).post(f"/clubs/the-thursday-table/books/nominations/{one.pk}/withdraw/")
    assert list(Nomination.objects.all()) == [other]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"books": []}, "This field is required."),
        ({"books": ["{0}"]}, "One book is no choice"),
        ({"books": ["{0}", "99999999999999999999"]}, "Choose from the books shown."),
        ({"closes_at_0": "2020-01-01"}, "That time has been."),
        ({"closes_at_0": "2999-01-01"}, "A poll lasts three months at most."),
        ({"quorum": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_poll_that_cannot_be_is_refused_and_what_was_typed_is_kept(club, organiser, changes, said):
    host = club.memberships.organisers().get()
    books = [a_nomination(host, title).book_id for title in ("Slow Trains", "The Lamp Room")]
    day = timezone.localdate() + timedelta(days=5)
    sent = {"books": books, "method": "borda", "closes_at_0": str(day), "closes_at_1": "12:00", "tie_rule": "lot"}
    changed = changes | ({"books": [one.format(*books) for one in changes["books"]]} if "books" in changes else {})
    page = client_of(organiser).post("/clubs/the-thursday-table/polls/new/", sent | changed)
    body = page.content.decode()
    assert (page.status_code, said in body, Poll.objects.count()) == (422, True, 0)
    assert re.search(r'value="borda"[^>]*checked', body)
    assert client_of(organiser).post("/clubs/the-thursday-table/polls/new/", sent).status_code == 302


def test_a_poll_needs_two_proposals_and_a_second_poll_waits(club, organiser):
    new = "/clubs/the-thursday-table/polls/new/"
    assert "Two proposals make a choice" in client_of(organiser).get(new).content.decode()
    poll = a_poll(club)
    books = [option.book_id for option in poll.options.all()]
    day = timezone.localdate() + timedelta(days=5)
    sent = {"books": books, "method": "single", "closes_at_0": str(day), "closes_at_1": "12:00", "tie_rule": "lot"}
    page = client_of(organiser).post(new, sent)
    assert (page.status_code, "A poll is running already." in page.content.decode()) == (422, True)


@pytest.mark.parametrize("night", ["2027-03-28", "2027-10-31"])
def test_a_poll_does_not_close_at_an_hour_that_the_clocks_leave_out_or_show_twice(night):
    with timezone.override("Europe/Berlin"), pytest.raises(ValidationError, match="clocks are changed that night"):
        ClosingTime().clean([night, "02:30"])
