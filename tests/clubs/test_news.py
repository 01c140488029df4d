"""What the clubs tell by mail: to strangers of open groups only, to members of their own only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clubs import news
from clubs.groups.models import Access
from clubs.meetings.services import call_off
from postbox.digests.sections import Due
from tests.clubs.worlds import a_club, a_meeting, a_member, a_reading

pytestmark = pytest.mark.django_db


def told(*allies):
    """By name of the ally: the titles of what they would hear now."""
    now = timezone.now()
    since = now - timedelta(hours=1)
    dues = [
        Due(number=number, email=ally.user.email, user=ally.user, since=since, until=now + timedelta(seconds=1))
        for number, ally in enumerate(allies)
    ]
    found = news.own_news(dues)
    return [[item.title for item in found.get(number, ())] for number in range(len(allies))]


def public(*keys):
    now = timezone.now()
    found = news.public_news(keys, now - timedelta(hours=1), now + timedelta(seconds=1))
    return {key: [(one.item.title, one.item.url) for one in ones] for key, ones in found.items()}


def test_members_hear_of_their_own_groups_alone(organiser, ally):
    club, other = a_club(organiser), a_club(organiser, "The Low Shelf", access=Access.PRIVATE)
    a_member(club, ally)
    a_reading(club)
    a_meeting(club)
    a_meeting(other)
    mine, theirs = told(ally, organiser)
    assert mine == ["The Thursday Table", "The Thursday Table reads “The Long Counter”"]
    assert sorted(theirs) == sorted([*mine, "The Low Shelf"])
    club.memberships.filter(ally=ally).delete()
    assert told(ally) == [[]]


def test_a_meeting_called_off_is_not_told(organiser):
    meeting = a_meeting(a_club(organiser))
    call_off(meeting=meeting)
    assert told(organiser) == [[]]


def test_strangers_hear_of_open_groups_and_of_no_other(organiser):
    clubs = [a_club(organiser, f"Table {access}", access=access) for access in Access]
    for club in clubs:
        a_reading(club, f"Book of {club.name}")
        a_meeting(club)
    open_one = clubs[list(Access).index(Access.OPEN)]
    assert [offer.label for offer in news.offered()] == [open_one.name]
    assert public(*(club.slug for club in clubs)) == {
        open_one.slug: [
            (f"{open_one.name} reads “Book of {open_one.name}”", open_one.get_absolute_url()),
            (open_one.name, open_one.get_absolute_url()),
        ]
    }


def test_a_group_that_closes_its_doors_is_told_of_no_more(organiser):
    club = a_club(organiser)
    a_meeting(club)
    club.access = Access.PRIVATE
    club.save()
    assert (public(club.slug), news.offered()) == ({}, [])
