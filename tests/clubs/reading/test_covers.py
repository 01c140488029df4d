"""A cover that was hung up stands wherever its book does, and nowhere that its club is not seen."""

import re

import pytest

from clubs.groups.models import Access
from clubs.reading.covering import HungByOthers, hang_cover
from clubs.reading.models import BookCover
from tests.cast import client_of
from tests.clubs.worlds import a_club, a_picture_file, a_reading

pytestmark = pytest.mark.django_db
CLUB = "/clubs/the-thursday-table/"


@pytest.fixture
def reading(club):
    reading = a_reading(club)
    hang_cover(book=reading.book, club=club, file=a_picture_file((900, 1400)))
    return reading


def covers(browser, path):
    return re.findall(r'<img class="cover cover--picture"[^>]*>', browser.get(path).text)


def test_it_is_on_the_page_of_the_club_in_the_list_on_the_book_and_on_the_round(reading, member):
    book, round_ = f"{CLUB}books/{reading.book_id}/", f"{CLUB}books/readings/{reading.pk}/summary/"
    for browser, paths in ((client_of(member.ally), [CLUB, "/clubs/", book, round_]), (client_of(), [CLUB, "/clubs/"])):
        found = [covers(browser, path) for path in paths]
        assert [len(images) for images in found] == [1] * len(paths)
        for image in (images[0] for images in found):
            assert [f"{book}cover/" in image, 'width="463"' in image, 'height="720"' in image] == [True] * 3
        assert 'loading="lazy"' in found[1][0]


def test_a_hidden_club_s_is_shown_to_its_members_alone(reading, organiser, member):
    hidden = a_club(organiser, "Under Cover", access=Access.PRIVATE)
    hidden_reading = a_reading(hidden, title="Low Voices")
    hang_cover(book=hidden_reading.book, club=hidden, file=a_picture_file())
    theirs = f"/clubs/under-cover/books/{hidden_reading.book_id}/cover/"
    for outside in (client_of(), client_of(member.ally)):
        assert [outside.get(path).status_code for path in (theirs, "/clubs/under-cover/")] == [404, 404]
        assert "/under-cover/" not in outside.get("/clubs/").text
        assert outside.get(f"{CLUB}books/{hidden_reading.book_id}/cover/").status_code == 404
    assert len(covers(client_of(organiser), "/clubs/")) == 2


def test_a_group_replaces_its_own_and_never_another_s(reading, club, organiser):
    other = a_club(organiser, "The Other Table")
    a_reading(other)
    with pytest.raises(HungByOthers):
        hang_cover(book=reading.book, club=other, file=a_picture_file())
    place = f"books/{reading.book_id}/"
    forms = [f"/clubs/{one.slug}/{place}cover/new/" for one in (club, other)]
    pages = [client_of(organiser).get(f"/clubs/{one.slug}/{place}").text for one in (club, other)]
    assert [form in page for form, page in zip(forms, pages, strict=True)] == [True, False]
    said = client_of(organiser).post(forms[1], {"picture": a_picture_file()}, follow=True).text
    assert "Another group was quicker" in said
    client_of(organiser).post(forms[0], {"picture": a_picture_file((70, 100))})
    assert list(BookCover.objects.values_list("width", "height", "club")) == [(70, 100, club.pk)]
    refused = client_of(organiser).post(forms[0], {}, follow=True).text
    assert ("Choose a file first." in refused, BookCover.objects.get().width) == (True, 70)
