import pytest

from clubs.reading.models import Place
from clubs.reading.progress import places_of, take_place
from clubs.reading.services import Cut
from tests.cast import client_of
from tests.clubs.worlds import a_member, a_reading

pytestmark = pytest.mark.django_db
PLACE = "/clubs/the-thursday-table/read/place/"


@pytest.fixture
def reading(club):
    return a_reading(club)


def read(member):
    return list(member.sections_read.order_by("section").values_list("section__position", flat=True))


def test_a_page_marks_what_lies_before_it_and_leafing_back_unmarks_nothing(reading, member):
    browser = client_of(member.ally)
    seen = []
    for page in ("27", "28", "57", "3"):
        browser.post(PLACE, {"page": page})
        seen.append(read(member))
    assert seen == [[], [1], [1, 2], [1, 2]]
    assert list(Place.objects.values_list("page", "is_named")) == [(3, False)]


def test_a_percentage_counts_in_pages_and_without_them_in_sections(club, reading, member):
    take_place(reading=reading, membership=member, percent=20)  # page 33 of 168
    assert read(member) == [1]
    chapters = a_reading(club, title="Ledgers", sections=[Cut("One"), Cut("Two"), Cut("Three")])
    take_place(reading=chapters, membership=member, percent=70)
    assert read(member) == [1, 1, 2]


def test_only_who_wishes_it_is_named_with_their_place_never_the_unseen(club, reading, member, quiet_ally, organiser):
    quiet = a_member(club, quiet_ally)
    host = club.memberships.organisers().get()
    take_place(reading=reading, membership=member, page=84)
    take_place(reading=reading, membership=quiet, page=85, is_named=True)
    assert places_of(reading, host).named == []
    client_of(member.ally).post(PLACE, {"page": "84", "is_named": "1"})
    page = client_of(organiser).get("/clubs/the-thursday-table/").content.decode()
    assert ["Milo Ferrant: page 84" in page, "page 85" in page] == [True, False]


@pytest.mark.parametrize("sent", [{}, {"page": "-1"}, {"percent": "101"}, {"page": "1e9"}])
def test_a_place_that_is_none_changes_nothing_and_says_so(reading, member, sent):
    answer = client_of(member.ally).post(PLACE, sent, follow=True)
    assert (answer.status_code, Place.objects.count(), 'role="status"' in answer.content.decode()) == (200, 0, True)
