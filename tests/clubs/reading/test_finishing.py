import pytest

from clubs.groups.models import Access
from clubs.reading.finishing import elsewhere, say
from clubs.reading.models import Copy, Status, Verdict
from clubs.reading.services import mark_read
from content.pages.primer import ChapterPage
from movement.actions.models import Idea
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member, a_picture_file, a_reading

pytestmark = pytest.mark.django_db
BOOKS = "/clubs/the-thursday-table/books"


@pytest.fixture
def reading(club):
    return a_reading(club)


def test_a_member_says_what_they_make_of_it_and_it_stands_on_the_page_of_the_round(reading, member, organiser):
    verdict = f"{BOOKS}/readings/{reading.pk}/verdict/"
    browser = client_of(member.ally)
    sent = {"stars": "4", "words": "Drily funny.", "differently": "Put a bench in the hall.", "propose": "1"}
    for _twice in range(2):
        assert browser.post(verdict, sent).status_code == 302
    client_of(organiser).post(f"{BOOKS}/readings/{reading.pk}/finish/")
    mark_read(section=reading.sections.last(), membership=reading.club.memberships.get(ally=organiser))
    reading.refresh_from_db()
    page = client_of(organiser).get(f"{BOOKS}/readings/{reading.pk}/summary/").content.decode()
    wanted = ["4 of 5 stars", "Drily funny.", "Put a bench in the hall.", "Milo Ferrant", "Read to the end."]
    assert ([word for word in wanted if word not in page], reading.status) == ([], Status.FINISHED)
    assert list(Idea.objects.filter(text="Put a bench in the hall.").values_list("is_published", flat=True)) == [False]
    assert browser.post(verdict, {"stars": "6"}).status_code == browser.post(verdict, {}).status_code == 422
    assert Verdict.objects.get().stars == 4


def test_a_book_that_was_read_stays_within_reach_of_the_club_s_page(reading, club, member, organiser):
    client_of(organiser).post(f"{BOOKS}/readings/{reading.pk}/finish/")
    page = client_of(member.ally).get(club.get_absolute_url()).text
    assert f'href="{BOOKS}/readings/{reading.pk}/summary/">The Long Counter</a>' in page


def test_what_other_groups_said_is_told_without_a_name_and_nothing_of_hidden_ones(reading, club, member, organiser):
    other = a_reading(a_club(organiser, name="The Other Table"))
    hidden = a_reading(a_club(organiser, name="Under Cover", access=Access.PRIVATE))
    for place, (told, words) in enumerate([(other, "Stayed"), (other, "Travelled"), (hidden, "Hidden")]):
        writer = a_member(told.club, make_ally(f"Writer {place}"))
        say(reading=told, membership=writer, stars=5, words=words, may_travel=words != "Stayed")
    assert (elsewhere(reading.book, club).words, elsewhere(reading.book, club).mean) == (["Travelled"], None)
    page = client_of(member.ally).get(f"{BOOKS}/{reading.book_id}/").content.decode()
    seen = [word in page for word in ("Travelled", "Stayed", "Hidden", "Writer", "The Other Table")]
    assert seen == [True, False, False, False, False]
    for place in range(4):
        writer = a_member(other.club, make_ally(f"More {place}"))
        say(reading=other, membership=writer, stars=place + 1, may_travel=True)
    assert elsewhere(reading.book, club).mean == 3.0


def test_whoever_lends_is_named_as_they_are_shown_and_the_unseen_cannot(reading, club, member, quiet_ally, organiser):
    a_member(club, quiet_ally)
    for someone in (member.ally, quiet_ally):
        client_of(someone).post(f"{BOOKS}/{reading.book_id}/lend/", {"lend": "1"})
    assert Copy.objects.get().membership == member
    assert "Lent by Milo Ferrant" in client_of(organiser).get(f"{BOOKS}/{reading.book_id}/").content.decode()
    client_of(member.ally).post(f"{BOOKS}/{reading.book_id}/lend/")
    assert Copy.objects.count() == 0


def test_a_cover_is_seen_as_far_as_its_club_is(reading, club, private_club, organiser, member):
    browser = client_of(organiser)
    browser.post(f"{BOOKS}/{reading.book_id}/cover/new/", {"picture": a_picture_file()})
    hidden = a_reading(private_club, title="Under Cover")
    where = f"/clubs/{private_club.slug}/books/{hidden.book_id}/cover/"
    browser.post(f"{where}new/", {"picture": a_picture_file()})
    asked = [f"{BOOKS}/{reading.book_id}/cover/", where, f"{BOOKS}/{hidden.book_id}/cover/"]
    assert [client_of().get(path).status_code for path in asked] == [200, 404, 404]
    assert [client_of(member.ally).get(path).status_code for path in asked] == [200, 404, 404]
    assert [browser.get(path).status_code for path in asked] == [200, 200, 404]
    answer = browser.get(asked[0])
    assert (answer["Content-Type"], answer.content[:4]) == ("image/webp", b"RIFF")


def test_a_book_this_club_does_not_know_has_no_page_here(reading, club, private_club, member):
    hidden = a_reading(private_club, title="Under Cover")
    assert client_of(member.ally).get(f"{BOOKS}/{hidden.book_id}/").status_code == 404


def test_a_chapter_of_this_site_is_put_on_the_table(site_pages, club, organiser, member):
    chapter = ChapterPage.objects.live().first()
    form = client_of(organiser).get(f"{BOOKS}/new/?page={chapter.pk}").context["form"]
    assert client_of(organiser).post(f"{BOOKS}/new/", form.initial).status_code == 302
    reading = club.readings.current().get()
    assert (reading.book.page_id, [section.length for section in reading.sections.all()]) == (chapter.pk, [0])
    assert chapter.url in client_of(member.ally).get(f"{BOOKS}/{reading.book_id}/").content.decode()
