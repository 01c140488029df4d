"""Answering from a mail: a page and a button, for one member, without signing in."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from clubs.meetings.by_mail import link
from clubs.meetings.models import Rsvp
from clubs.services import leave_club
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_meeting, a_member

pytestmark = pytest.mark.django_db


def answers():
    return list(Rsvp.objects.values_list("ally__name", "coming", "note"))


def test_the_link_shows_the_meeting_and_the_button_answers_for_whom_it_was_written_to(member):
    meeting = a_meeting(member.club)
    address = urlsplit(link(meeting, member)).path
    page = client_of(None).get(address)
    assert (page.status_code, "Room Teasel" in page.content.decode(), answers()) == (200, True, [])
    client_of(make_ally("Ada Stranger")).post(address, {"coming": "maybe", "note": "Late."})
    assert answers() == [("Milo Ferrant", "maybe", "Late.")]
    assert client_of(None).post(address, {"coming": "later"}).status_code == 422
    client_of(None).head(address)
    assert answers() == [("Milo Ferrant", "maybe", "Late.")]


def test_a_link_is_for_one_meeting_one_member_and_as_long_as_they_are_one(member):
    meeting, other = a_meeting(member.club), a_meeting(member.club)
    address = urlsplit(link(meeting, member)).path
    token = address.rstrip("/").rsplit("/", 1)[1]
    elsewhere = [
        f"{other.get_absolute_url()}answer/{token}/",
        f"{meeting.get_absolute_url()}answer/{token[:-2]}/",
        f"{meeting.get_absolute_url()}answer/{'x' * 3000}/",
    ]
    assert [client_of(None).post(path, {"coming": "yes"}).status_code for path in elsewhere] == [404] * 3
    leave_club(membership=member)
    gone = client_of(None).get(address)
    assert (gone.status_code, "Room Teasel" in gone.content.decode(), answers()) == (404, False, [])


def test_a_link_outlives_the_meeting_without_answering(member):
    meeting = a_meeting(member.club)
    address = urlsplit(link(meeting, member)).path
    type(meeting).objects.update(
        starts_at=meeting.starts_at - timedelta(days=9), ends_at=meeting.starts_at - timedelta(days=8)
    )
    page = client_of(None).post(address, {"coming": "yes"}, follow=True)
    assert ("has been" in page.content.decode(), answers()) == (True, [])


def test_a_quiet_member_answers_unseen(club, quiet_ally, organiser):
    meeting = a_meeting(club)
    page = client_of(None).get(urlsplit(link(meeting, a_member(club, quiet_ally))).path).content.decode()
    assert "A word to whoever hosts" not in page
    client_of(None).post(urlsplit(link(meeting, club.memberships.get(ally=quiet_ally))).path, {"coming": "yes"})
    seen = client_of(organiser).get(meeting.get_absolute_url()).content.decode()
    assert [quiet_ally.name in seen, "Who comes" in seen] == [False, False]
