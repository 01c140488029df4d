import pytest

from clubs.covers import cover_of
from clubs.reading.isbn import is_isbn, plain
from clubs.reading.models import Book, Reading, SectionRead, Status
from clubs.reading.queries import progress
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting, a_member, a_reading


def typed(**changes):
    lines = "The toll-house, 1-28\n\nWaiting, and waiting on, 29 – 57"
    return {"title": "Counters", "author": "T. Lenz", "pages": "212", "sections": lines} | changes


def choose(organiser, club, **changes):
    return client_of(organiser).post(f"/clubs/{club.slug}/books/new/", typed(**changes))


@pytest.mark.parametrize(
    ("isbn", "good"),
    [
        ("978-3-16-148410-0", True),
        ("0-8044-2957-X", True),
        ("978-3-16-148410-1", False),
        ("12345", False),
        ("９７８3161484100", False),
    ],
)
def test_the_last_digit_of_an_isbn_checks_the_others(isbn, good):
    assert is_isbn(plain(isbn)) == good


@pytest.mark.django_db
def test_an_organiser_puts_a_book_on_the_table_and_the_one_before_is_finished(organiser, club):
    before = a_reading(club)
    assert choose(organiser, club).status_code == 302
    before.refresh_from_db()
    reading = club.readings.current().get()
    sections = list(reading.sections.values_list("position", "title", "first_page", "last_page"))
    assert sections == [(1, "The toll-house", 1, 28), (2, "Waiting, and waiting on", 29, 57)]
    assert (before.status, reading.book.title) == (Status.FINISHED, "Counters")


@pytest.mark.django_db
def test_two_clubs_that_read_one_book_share_its_record(organiser, club):
    other = a_club(organiser, name="The Other Table")
    choose(organiser, club)
    choose(organiser, other, title="COUNTERS", year="2019")
    assert list(Book.objects.values_list("title", "year")) == [("Counters", 2019)]
    assert Reading.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sections": "The toll-house, 1-28\nNo pages here"}, "Line 2: write the title, a comma, and the pages"),
        ({"sections": "Backwards, 28-1"}, "Line 1: the last page comes before the first."),
        ({"sections": "Nothing, 0-3"}, "Line 1: the last page comes before the first."),
        ({"sections": "x, 1-2\n" * 61}, "At most 60 sections, please."),
        ({"sections": ""}, "This field is required."),
        ({"isbn": "978-3-16-148410-1"}, "That is not an ISBN"),
        ({"pages": "0"}, "greater than or equal to 1"),
        ({"author": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_fault_is_named_and_what_was_typed_is_kept(organiser, club, changes, said):
    page = choose(organiser, club, **changes)
    body = page.content.decode()
    assert (page.status_code, said in body, 'value="Counters"' in body) == (422, True, True)
    assert not Book.objects.exists()


@pytest.mark.django_db
def test_marking_a_section_twice_marks_it_once_and_it_can_be_taken_back(member):
    section = a_reading(member.club).sections.first()
    browser = client_of(member.ally)
    address = f"/clubs/{member.club.slug}/read/{section.pk}/"
    for _again in range(2):
        page = browser.post(address, {"read": "1"}, follow=True)
    assert "Section 1 marked as read. Its notes are open to you now." in page.content.decode()
    assert SectionRead.objects.count() == 1
    browser.post(address)
    assert SectionRead.objects.count() == 0


@pytest.mark.django_db
def test_a_section_of_another_club_cannot_be_marked(member, private_club):
    section = a_reading(private_club).sections.first()
    address = f"/clubs/{member.club.slug}/read/{section.pk}/"
    assert client_of(member.ally).post(address, {"read": "1"}).status_code == 404


@pytest.mark.django_db
def test_the_strip_counts_those_who_show_themselves_and_me(member, organiser, quiet_ally, alias_ally):
    reading = a_reading(member.club)
    first, second = sections = list(reading.sections.all())
    for someone in (quiet_ally, alias_ally):
        a_member(member.club, someone).sections_read.create(section=first)
    member.sections_read.create(section=second)
    where = progress(reading=reading, membership=member, sections=sections)
    assert (where.counts, where.reached, where.mine) == ([1, 1, 1], 2, {second.pk})


@pytest.mark.django_db
@pytest.mark.parametrize("number", [10, 50])
def test_the_page_of_a_club_costs_a_constant_number_of_queries(organiser, club, number, django_assert_max_num_queries):
    sections = list(a_reading(club).sections.all())
    a_meeting(club, sections=sections)
    for n in range(number):
        member = a_member(club, make_ally(f"Person {n}"))
        member.sections_read.create(section=sections[n % 2])
        member.notes.create(section=sections[n % 2], text="A note.")
    browser = client_of(organiser)
    with django_assert_max_num_queries(18):
        assert browser.get(club.get_absolute_url()).status_code == 200


def test_a_cover_is_the_same_whenever_it_is_drawn_and_long_titles_stay_above_the_rings():
    book = Book(title="Instructions for the Instructions of Everything", author="Perrin Oduya-Strand")
    cover = cover_of(book)
    top = min(y - r for _x, y, r, _width in cover.rings)
    assert cover == cover_of(book)
    assert cover.lines[-1][0] < top


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_the_list_of_clubs_costs_a_constant_number_of_queries(organiser, ally, number, django_assert_max_num_queries):
    for n in range(number):
        a_reading(a_club(organiser, name=f"Table {n}"), title=f"Book {n}")
    browser = client_of(ally)
    with django_assert_max_num_queries(10):
        assert browser.get("/clubs/").content.decode().count("clubs__entry") == number
