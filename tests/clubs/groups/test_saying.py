"""What a club says of itself: edited by two at once, with a picture, put away and brought back."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from clubs.groups.models import Access, Club, ClubPicture, TimeOfDay
from clubs.groups.pictures import hang_up
from content.models import Topic
from tests.cast import client_of
from tests.clubs.worlds import a_club, a_meeting, a_member, a_picture_file, a_reading

pytestmark = pytest.mark.django_db


def typed(**changes):
    return {"name": "The Thursday Table", "purpose": "A thin book.", "access": "open", "edition": "1"} | changes


def edit(organiser, club, **changes):
    return client_of(organiser).post(f"{club.get_absolute_url()}edit/", typed(**changes))


def test_what_is_said_stands_on_the_page_for_everybody(club, organiser):
    topic = Topic.objects.create(name="Handovers", slug="handovers")
    answer = edit(
        organiser, club, usually="every second Thursday", time_of_day="lunch", language="de", topics=[topic.pk],
        rules="Nobody need\n\nhave finished.", cap="9", starts_with="4", question_0=" Why  us? ",
        question_2="Which shift?",
    )  # fmt: skip
    now = Club.objects.get()
    assert answer["Location"] == club.get_absolute_url()
    assert [now.usually, now.time_of_day, now.language, now.cap, now.starts_with, now.questions, now.edition] == [
        "every second Thursday", TimeOfDay.LUNCH, "de", 9, 4, ["Why us?", "Which shift?"], 2,
    ]  # fmt: skip
    page = client_of().get(club.get_absolute_url()).content.decode()
    said = ["every second Thursday", "Deutsch", "Handovers", "have finished."]
    assert [word in page for word in said] == [True] * 4


def test_the_second_of_two_organisers_is_told_and_nothing_is_overwritten(club, organiser, member):
    member.is_organiser = True
    member.save()
    edit(organiser, club, name="Theirs")
    told = edit(member.ally, club, name="Mine", rules="Kept as typed.")
    page = told.content.decode()
    assert (told.status_code, Club.objects.get().name) == (409, "Theirs")
    assert [word in page for word in ("Somebody else saved this", "Theirs", "Mine", "Kept as typed.")] == [True] * 4
    assert '<input type="hidden" name="edition" value="2"' in page
    edit(member.ally, club, name="Both", edition="2")
    assert Club.objects.get().name == "Both"


def test_bad_input_is_kept_and_nothing_is_saved(club, organiser):
    bad = edit(organiser, club, name="", cap="1", topics=["9" * 30], language="klingon", rules="Kept.", starts_with="0")
    assert (bad.status_code, "Kept." in bad.content.decode(), Club.objects.get().name) == (422, True, club.name)


def upload(organiser, club, content):
    file = SimpleUploadedFile("table.jpg", content, content_type="image/jpeg")
    return client_of(organiser).post(f"{club.get_absolute_url()}picture/new/", {"picture": file}, follow=True)


def with_position():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 0.0)
    exif[0x010E] = "Taken at home"
    return a_picture_file(exif=exif).getvalue()


def test_a_picture_is_made_anew_without_what_the_camera_said(club, organiser):
    upload(organiser, club, with_position())
    response = client_of().get(f"{club.get_absolute_url()}picture/")
    seen = Image.open(BytesIO(response.content))
    assert (seen.format, seen.size, dict(seen.getexif()), b"Taken" in response.content) == ("WEBP", (40, 60), {}, False)
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/webp", "private, no-store")
    assert f"{club.get_absolute_url()}picture/?v=" in client_of().get(club.get_absolute_url()).content.decode()
    client_of(organiser).post(f"{club.get_absolute_url()}picture/new/", {"remove": "1"})
    assert client_of().get(f"{club.get_absolute_url()}picture/").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: b"no picture", "no picture we can read"),
        (lambda: with_position()[:200], "no picture we can read"),
        (lambda: a_picture_file((5200, 5000), "PNG").getvalue(), "more than 25 megapixels"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture we can read"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused_in_words(club, organiser, content, said):
    assert said in upload(organiser, club, content()).content.decode()
    assert not ClubPicture.objects.exists()


def test_a_hidden_club_s_picture_is_its_members_alone(private_club, organiser, ally):
    hang_up(club=private_club, file=a_picture_file())
    path = f"{private_club.get_absolute_url()}picture/"
    assert [client_of(one).get(path).status_code for one in (organiser, ally, None)] == [200, 404, 404]


def test_a_club_that_was_put_away_is_read_only_and_off_the_list_until_it_is_brought_back(member, organiser, ally):
    club = member.club
    section = a_reading(club).sections.first()
    meeting, here = a_meeting(club), club.get_absolute_url()
    client_of(organiser).post(f"{here}archive/")
    meeting.refresh_from_db()
    page = client_of(member.ally).get(here).content.decode()
    assert (bool(meeting.cancelled_at), "This group was put away." in page, "Whose counter is it?" in page) == (
        True,
    ) * 3
    assert [client_of(one).get(here).status_code for one in (ally, None)] == [404, 404]
    assert [club.name in client_of(one).get("/clubs/").content.decode() for one in (member.ally, ally)] == [True, False]
    tried = [
        (member.ally, f"read/{section.pk}/", {"read": "1"}),
        (member.ally, f"talk/{section.pk}/", {"text": "Late."}),
        (organiser, "edit/", typed(name="Other")),
        (organiser, "books/new/", {}),
        (organiser, "meetings/new/", {}),
        (organiser, f"members/{member.public_id}/remove/", {}),
        (ally, "members/join/", {}),
        (member.ally, "revive/", {}),
    ]
    assert {client_of(one).post(here + path, data).status_code for one, path, data in tried} == {302, 404}
    assert [club.memberships.count(), section.read_by.count(), section.notes.count()] == [2, 0, 0]
    client_of(organiser).post(f"{here}revive/")
    assert (client_of(ally).post(f"{here}members/join/").status_code, club.memberships.count()) == (302, 3)


def test_one_may_leave_what_was_put_away_and_the_last_takes_it_along(club, organiser):
    client_of(organiser).post(f"{club.get_absolute_url()}archive/")
    client_of(organiser).post(f"{club.get_absolute_url()}members/leave/")
    assert not Club.objects.exists()


def test_a_club_by_invitation_is_seen_and_cannot_be_joined(organiser, ally):
    club = a_club(organiser, access=Access.INVITATION)
    page = client_of(ally).get(club.get_absolute_url())
    assert (page.status_code, "whoever has a link" in page.content.decode()) == (200, True)
    for path in ("join", "wait"):
        assert client_of(ally).post(f"{club.get_absolute_url()}members/{path}/").status_code == 404


def test_a_new_club_shows_its_organiser_one_thing_to_do_after_the_other(club, organiser, quiet_ally):
    def next_thing():
        page = client_of(organiser).get(club.get_absolute_url()).content.decode()
        return [word for word in ("Next: a book", "Next: a day", "Next: company") if word in page]

    seen = [next_thing()]
    a_reading(club)
    seen.append(next_thing())
    a_meeting(club)
    seen.append(next_thing())
    a_member(club, quiet_ally)
    assert (seen, next_thing()) == ([["Next: a book"], ["Next: a day"], ["Next: company"]], ["Next: company"])
