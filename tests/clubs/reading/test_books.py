from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from clubs.covers import cover_of
from clubs.reading.isbn import in_13, is_isbn, plain
from clubs.reading.models import Book, Reading, SectionRead, Status
from clubs.reading.queries import progress
from clubs.reading.services import one_record
from tests.cast import client_of
from tests.clubs.worlds import a_club, a_member, a_reading


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


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("ISBN 0-8044-2957-X", "9780804429573"),
        ("ISBN-13: 978‑0‑8044‑2957‑3", "9780804429573"),
        (" 979 10 90636 07 1", "9791090636071"),
    ],
)
def test_an_isbn_is_kept_in_13_digits_however_it_was_printed(printed, kept):
    assert (in_13(plain(printed)), is_isbn(kept)) == (kept, True)


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
def test_a_book_is_known_by_its_isbn_too_in_10_or_13_digits(organiser, club):
    choose(organiser, club, isbn="0-8044-2957-X")
    other, third = a_club(organiser, name="The Other Table"), a_club(organiser, name="The Third Table")
    choose(organiser, other, title="Counters: A Short History", author="Lenz", isbn="978-0-8044-2957-3")
    choose(organiser, third, title="Ledgers", author="A. Moor", isbn="")
    said = choose(organiser, third, title="LEDGERS", author="A. Moor", isbn="978-0-8044-2957-3", year="1999")
    assert said.status_code == 302
    kept = list(Book.objects.order_by("pk").values_list("title", "isbn", "year"))
    assert kept == [("Counters", "9780804429573", None), ("Ledgers", "", 1999)]
    assert [reading.book.title for reading in Reading.objects.current().order_by("pk")] == [
        "Counters",
        "Counters",
        "Ledgers",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sections": "The toll-house, 1-28\nNo last page, 29-"}, "Line 2: write the title, a comma, and the pages"),
        ({"sections": "Backwards, 28-1"}, "Line 1: the last page comes before the first."),
        ({"sections": "Nothing, 0-3"}, "Line 1: pages are counted from 1."),
        ({"sections": "x, 1-2\n" * 61}, "At most 60 sections, please."),
        ({"sections": ""}, "This field is required."),
        ({"isbn": "978-3-16-148410-1"}, "The last digit does not fit the others"),
        ({"isbn": "0-8044-2957-0"}, "The last digit does not fit the others"),
        ({"isbn": "978-3-16-14841"}, "An ISBN has 10 or 13 digits, the last of 10 may be an X. This has 11."),
        ({"pages": "0"}, "A book has one page at least."),
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


def test_a_cover_is_the_same_whenever_it_is_drawn_and_long_titles_stay_above_the_rings():
    book = Book(title="Instructions for the Instructions of Everything", author="Perrin Oduya-Strand")
    cover = cover_of(book)
    top = min(y - r for _x, y, r, _width in cover.rings)
    assert cover == cover_of(book)
    assert cover.lines[-1][0] < top


@pytest.mark.django_db(transaction=True)
def test_of_many_who_name_one_isbn_at_once_all_get_one_record():
    def name_it(n):
        try:
            return one_record(title=f"Title {n % 3}", author="A", about={"isbn": "9780804429573"}).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(name_it, range(6)))) == 1
    assert Book.objects.count() == 1
