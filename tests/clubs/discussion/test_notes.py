import pytest

from clubs.discussion.models import Note
from clubs.discussion.services import NotUnderAName, show_anyway, write_note
from clubs.reading.services import mark_read
from movement.allies.models import Visibility
from tests.cast import client_of
from tests.clubs.worlds import a_member, a_reading

pytestmark = pytest.mark.django_db
SPOILER = "The clerk did it."
CLUB = "/clubs/the-thursday-table/"


@pytest.fixture
def section(club):
    return a_reading(club).sections.first()


@pytest.fixture
def note(club, section):
    return write_note(section=section, membership=club.memberships.organisers().get(), text=SPOILER, page=44)


def talk_of(section):
    return f"/clubs/the-thursday-table/talk/{section.pk}/"


def test_a_note_is_not_in_the_page_until_its_section_is_read(member, section, note):
    browser = client_of(member.ally)
    for address in ("/clubs/the-thursday-table/", talk_of(section)):
        assert SPOILER not in browser.get(address).content.decode()
    assert "One note from section 1" in browser.get("/clubs/the-thursday-table/").content.decode()
    mark_read(section=section, membership=member)
    for address in ("/clubs/the-thursday-table/", talk_of(section)):
        assert SPOILER in browser.get(address).content.decode()


def test_whoever_asks_is_shown_the_notes_anyway(member, section, note):
    browser = client_of(member.ally)
    part = browser.post(talk_of(section) + "open/", headers={"HX-Request": "true"}).content.decode()
    assert [SPOILER in part, "<html" in part] == [True, False]
    assert [SPOILER in browser.get(page).content.decode() for page in (talk_of(section), CLUB)] == [True, True]
    assert browser.post(talk_of(section) + "open/").status_code == 302
    assert [member.peeks.count(), member.sections_read.count()] == [1, 0]


def test_a_member_writes_a_note_with_its_page(member, section):
    client_of(member.ally).post(talk_of(section), {"text": "A queue nobody can see.", "page": "12"})
    assert list(Note.objects.values_list("membership", "text", "page")) == [(member.pk, "A queue nobody can see.", 12)]


@pytest.mark.parametrize(
    "typed", [{"text": ""}, {"text": "Kept.", "page": "-1"}, {"text": "x" * 2001}, {"text": "a\x00b"}]
)
def test_a_note_that_cannot_be_kept_is_refused_in_place(member, section, typed):
    page = client_of(member.ally).post(talk_of(section), typed)
    assert (page.status_code, Note.objects.count()) == (422, 0)
    assert typed["text"].replace("\x00", "")[:5] in page.content.decode()


def test_markup_in_a_note_is_text(member, section):
    write_note(section=section, membership=member, text="<script>alert(1)</script>")
    show_anyway(section=section, membership=member)
    assert "<script>alert" not in client_of(member.ally).get(talk_of(section)).content.decode()


def test_a_quiet_member_writes_no_notes(club, section, quiet_ally):
    membership = a_member(club, quiet_ally)
    with pytest.raises(NotUnderAName):
        write_note(section=section, membership=membership, text="Hush.")
    page = client_of(quiet_ally).post(talk_of(section), {"text": "Hush."})
    assert ("Take an alias for this group" in page.content.decode(), Note.objects.count()) == (True, 0)


def test_the_notes_of_somebody_who_became_quiet_are_shown_to_nobody_else(member, section, note, organiser):
    organiser.visibility = Visibility.QUIET
    organiser.save()
    for reader in section.reading.club.memberships.all():
        show_anyway(section=section, membership=reader)
    assert SPOILER not in client_of(member.ally).get(talk_of(section)).content.decode()
    assert SPOILER in client_of(organiser).get(talk_of(section)).content.decode()
    assert "note from section" not in client_of(member.ally).get("/clubs/the-thursday-table/").content.decode()
