"""Moving, rewording, copying and calling off."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from django.utils import timezone

from clubs.meetings.answering import answer
from clubs.meetings.models import Coming, Meeting, Rsvp
from clubs.meetings.services import call_off, change
from clubs.meetings.telling import MEETING, still_news, tell
from postbox.discretion import ask
from postbox.models import Dispatch
from postbox.sender import send_waiting
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_meeting, a_member, a_reading

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def typed(meeting, **changes):
    """The form as it was opened."""
    local = meeting.local_start
    said = {"date": local.date().isoformat(), "time": local.strftime("%H:%M"), "zone": meeting.zone, "edition": "1"}
    return said | {"minutes": "60", "place": meeting.place, "agenda": meeting.agenda} | changes


def edit(organiser, meeting, **changes):
    return client_of(organiser).post(f"{meeting.get_absolute_url()}edit/", typed(meeting, **changes))


def told():
    events = Dispatch.objects.filter(kind=MEETING).order_by("pk").values_list("event", "user__ally__name")
    return [(event.split(":")[0], name) for event, name in events]


def test_a_meeting_is_moved_with_all_who_answered_and_is_the_same_in_calendars(club, member, organiser):
    section = a_reading(club).sections.first()
    meeting = a_meeting(club, sections=[section], host=member)
    answer(meeting=meeting, ally=member.ally, coming=Coming.YES, note="Ten minutes late.")
    to = (meeting.local_start + 2 * DAY).date().isoformat()
    host = str(member.public_id)
    response = edit(organiser, meeting, date=to, time="17:30", place="The kitchen", host=host, sections=[section.pk])
    moved = Meeting.objects.get()
    assert (response.status_code, moved.local_start.strftime("%Y-%m-%d %H:%M")) == (302, f"{to} 17:30")
    assert (moved.place, moved.uid, moved.sequence, moved.edition) == ("The kitchen", meeting.uid, 1, 2)
    assert (moved.host, list(moved.sections.all())) == (member, [section])
    assert list(Rsvp.objects.values_list("coming", "note")) == [("yes", "Ten minutes late.")]


def test_the_second_of_two_organisers_is_told_and_sees_both_versions(club, organiser):
    meeting = a_meeting(club)
    assert edit(organiser, meeting, place="Mine").status_code == 302
    page = edit(organiser, meeting, place="Theirs")
    body = page.content.decode()
    seen = [word in body for word in ("Somebody else saved this", "Mine", "Theirs")]
    assert (page.status_code, seen, Meeting.objects.get().place) == (409, [True] * 3, "Mine")
    assert edit(organiser, meeting, place="Theirs", edition="2").status_code == 302
    assert Meeting.objects.get().place == "Theirs"


def test_what_stands_may_stay_though_one_could_not_choose_it_now(club, organiser):
    running = a_meeting(club, timezone.now() - timedelta(minutes=10))
    assert edit(organiser, running, agenda="We have begun.").status_code == 302
    twice = a_meeting(club, datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
    assert edit(organiser, twice, agenda="Which of the two?").status_code == 302
    assert edit(organiser, twice, edition="2", zone="Europe/Paris").status_code == 422


def test_members_are_told_once_of_what_matters_and_those_who_said_no_of_nothing(club, member, organiser):
    meeting = a_meeting(club)
    assert (tell(), tell()) == (2, 0)
    answer(meeting=meeting, ally=member.ally, coming=Coming.NO)
    now = Meeting.objects.get()
    change(meeting=now, edition=1, starts_at=now.starts_at, agenda="Only the words.")
    assert tell() == 0
    change(meeting=now, edition=2, starts_at=now.starts_at + DAY, agenda="Only the words.")
    assert tell() == 1
    call_off(meeting=Meeting.objects.get(), why="The kettle is broken.")
    assert (tell(), tell()) == (1, 0)
    assert told() == [
        ("set", "Orla Penrose"),
        ("set", "Milo Ferrant"),
        ("moved", "Orla Penrose"),
        ("off", "Orla Penrose"),
    ]
    (moved,) = Dispatch.objects.filter(event__startswith="moved").values_list("event", flat=True)
    assert not still_news(organiser.user, moved)


def test_what_was_never_told_is_not_called_off_either(club):
    call_off(meeting=a_meeting(club))
    assert tell() == 0


def test_letters_bring_the_meeting_for_the_calendar_and_the_word_why(club, organiser, server, sink):
    meeting = a_meeting(club, call_link="https://video.example/teasel")
    tell()
    send_waiting()
    call_off(meeting=meeting, why="The kettle is broken.")
    tell()
    send_waiting()
    invitation, cancellation = ["".join(part.get_content() for part in parts_of(one)[:1]) for one in sink.mails]
    files = [parts_of(one)[-1] for one in sink.mails]
    assert [(file.get_content_type(), file.get_param("method"), file.get_filename()) for file in files] == [
        ("text/calendar", "REQUEST", "meeting.ics"),
        ("text/calendar", "CANCEL", "meeting.ics"),
    ]
    assert ["https://video.example/teasel" in invitation, "/answer/" in invitation] == [True, True]
    assert ["The kettle is broken." in cancellation, "/answer/" in cancellation] == [True, False]
    invited, uninvited = (vobject.readOne(file.get_content()) for file in files)
    assert [(one.method.value, one.vevent.status.value, one.vevent.sequence.value) for one in (invited, uninvited)] == [
        ("REQUEST", "CONFIRMED", "0"),
        ("CANCEL", "CANCELLED", "1"),
    ]
    assert invited.vevent.uid.value == uninvited.vevent.uid.value == meeting.uid
    assert invited.vevent.attendee.value == f"mailto:{organiser.user.email}"
    assert invited.vevent.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]


def parts_of(letter):
    return [part for part in letter.walk() if not part.is_multipart()]


def test_in_a_discreet_inbox_the_file_says_no_more_than_the_subject(club, organiser, server, sink):
    ask(address=organiser.user.email, discreet=True)
    a_meeting(club, call_link="https://video.example/teasel")
    tell()
    send_waiting()
    (letter,) = sink.mails
    file = parts_of(letter)[-1].get_content()
    assert vobject.readOne(file).vevent.summary.value == "Meeting"
    assert [word in file for word in ("Thursday", "Teasel", "video.example", "Groundswell")] == [False] * 4


def test_a_meeting_is_called_off_with_a_word_and_nothing_is_answered_or_changed_any_more(club, member, organiser):
    meeting = a_meeting(club)
    page = client_of(organiser).post(
        f"{meeting.get_absolute_url()}cancel/", {"why": "The kettle  is broken."}, follow=True
    )
    assert "The kettle is broken." in page.content.decode()
    client_of(member.ally).post(meeting.get_absolute_url(), {"coming": "yes"})
    edit(organiser, meeting, place="Elsewhere")
    assert (Rsvp.objects.count(), Meeting.objects.get().place) == (0, "Room Teasel")


def test_another_one_like_it_begins_with_its_words(club, organiser):
    meeting = a_meeting(club, agenda="Bring a spoon.", call_link="https://video.example/teasel")
    new = f"{club.get_absolute_url()}meetings/new/"
    page = client_of(organiser).get(f"{new}?like={meeting.pk}").content.decode()
    assert ["Bring a spoon." in page, "https://video.example/teasel" in page] == [True, True]
    assert client_of(organiser).get(f"{new}?like=99999999999999999999").status_code == 200


def test_words_to_the_host_reach_the_host_and_the_organisers_and_no_one_quiet_writes_any(
    club, member, organiser, quiet_ally
):
    meeting = a_meeting(club, host=member)
    other = a_member(club, make_ally("Ada Larkin")).ally
    a_member(club, quiet_ally)
    for ally, word in ((other, "I bring the spoon."), (quiet_ally, "Unheard of.")):
        client_of(ally).post(meeting.get_absolute_url(), {"coming": "yes", "note": word})
    pages = [client_of(ally).get(meeting.get_absolute_url()).content.decode() for ally in (organiser, member.ally)]
    assert [("I bring the spoon." in page, "Unheard of." in page, "Ada Larkin" in page) for page in pages] == [
        (True, False, True)
    ] * 2
    mine = client_of(quiet_ally).get(meeting.get_absolute_url()).content.decode()
    assert ["I bring the spoon." in mine, "A word to whoever hosts" in mine] == [False, False]
