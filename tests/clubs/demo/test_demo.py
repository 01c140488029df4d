import pytest

from clubs import demo
from clubs.groups.models import Club, Membership
from clubs.meetings.models import Coming, Meeting, Rsvp
from clubs.reading.models import Book, SectionRead
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
    for club in clubs:
        assert club.meetings.upcoming().exists()
        assert SectionRead.objects.filter(membership__club=club).exists()


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
