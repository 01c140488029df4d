import pytest

from clubs import demo
from clubs.choosing.models import Poll
from clubs.discussion.models import Highlight
from clubs.groups.models import Access, Club, Membership, Waiting
from clubs.meetings.afterwards import Minutes
from clubs.meetings.dates import DatePoll
from clubs.meetings.models import Coming, Meeting, Rsvp, Series
from clubs.reading.models import Book, SectionRead, Verdict
from config.demo import data
from tests.cast import make_ally
from tests.clubs.worlds import a_club, a_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    return [make_ally(f"Person {n}") for n, _row in enumerate(data.read("people"))]


def test_the_demo_s_clubs_are_alive(people):
    rows = data.read("clubs")
    clubs = demo.add(data=rows, allies=people)
    assert [(club.slug, club.access) for club in clubs] == [(row["slug"], row["access"]) for row in rows]
    assert Membership.objects.organisers().count() == len(rows)
    for meeting in Meeting.objects.all():
        assert meeting.seats_taken == meeting.rsvps.filter(coming=Coming.YES).count() > 0
    for club, row in zip(clubs, rows, strict=True):
        assert club.meetings.upcoming().exists() == any(meeting["offset_days"] > 0 for meeting in row["meetings"])
        assert SectionRead.objects.filter(membership__club=club).exists() == bool(row["books"])
        assert club.seats_taken == club.memberships.count()
    assert [Minutes.objects.count() > 1, DatePoll.objects.open().count(), Series.objects.count()] == [True, 1, 1]
    assert not Meeting.objects.exclude(to_tell="").exists()
    assert {club.access for club in clubs} == set(Access)
    assert [club.slug for club in clubs if club.is_archived] == ["the-winter-shelf"]
    assert [club.slug for club in Club.objects.one_short()] == ["the-early-train"]
    assert [(poll.winner is not None, poll.is_open) for poll in Poll.objects.all()] == [(False, True), (True, False)]
    assert [Highlight.objects.count(), Verdict.objects.count()] == [2, 2]
    assert set(Waiting.objects.values_list("club__slug", flat=True)) == {"the-yard-club"}


def test_the_demo_is_the_same_each_time(people):
    made = []
    for _time in range(2):
        demo.add(data=data.read("clubs"), allies=people)
        made.append(list(Rsvp.objects.order_by("meeting", "ally").values_list("ally", "coming")))
        demo.remove()
    assert made[0] == made[1]


def test_removing_the_demo_leaves_real_clubs_and_the_books_they_read(people):
    rows = data.read("clubs")
    real = a_club(people[0])
    own = a_reading(real).book
    demo.add(data=rows, allies=people)
    taken_up = Book.objects.get(title=rows[0]["books"][0]["title"])
    real.readings.create(book=taken_up, status="finished")
    demo.remove()
    assert list(Club.objects.all()) == [real]
    assert set(Book.objects.all()) == {own, taken_up}
