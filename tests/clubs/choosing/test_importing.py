import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clubs.choosing.models import Nomination
from tests.cast import client_of

pytestmark = pytest.mark.django_db
IMPORT = "/clubs/the-thursday-table/books/import/"


def upload(organiser, content):
    return client_of(organiser).post(IMPORT, {"file": SimpleUploadedFile("books.csv", content)})


def test_a_list_becomes_proposals_and_the_same_list_again_adds_nothing(club, organiser):
    content = "\ufeffTitle;Author;Pages;Reason\nSlow Trains;Pell Ashdown;120;Thin.\n\n“Ledgers”;Bo Wick;;\n".encode()
    assert [upload(organiser, content).status_code for _twice in range(2)] == [302, 302]
    rows = list(Nomination.objects.values_list("book__title", "book__pages", "reason"))
    assert rows == [("Slow Trains", 120, "Thin."), ("“Ledgers”", None, "From a list.")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"title,author,pages\nGood,Bo Wick,12\nBad,Bo Wick,0\nWorse,,3", ["Line 3: Pages", "Line 4: Author"]),
        (b"title,author,isbn\nGood,Bo,\nBad,Bo,978-3-16-148410-1", ["Line 3: ISBN"]),
        (b"title,pages\nx,1", ["missing: author"]),
        (b"title,author\n", ["One book at least"]),
        (b"title,author\n\xff\xfe,x", ["not plain text in UTF-8"]),
        (b"title,author\na\x00b,c", ["Line 2"]),
        (b"", ["missing: title, author"]),
        (b"title,author\n" + b"x,y\n" * 80_000, ["too large"]),
    ],
)
def test_a_fault_is_named_by_its_line_and_nothing_is_half_done(club, organiser, content, said):
    page = upload(organiser, content)
    body = page.content.decode()
    assert (page.status_code, [one for one in said if one not in body]) == (422, [])
    assert Nomination.objects.count() == 0
