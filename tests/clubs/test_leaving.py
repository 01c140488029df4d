"""Whoever was removed gets nothing more: from no page, feed, notification, search, digest, or letter on its way."""

import re
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from post_office.models import Email

from clubs import news
from clubs.groups import services
from clubs.groups.models import Access
from clubs.groups.pictures import hang_up
from clubs.meetings import reminders
from clubs.meetings.answering import answer
from clubs.meetings.calendars import feed_address
from conversation.hosts import target_of
from conversation.services import Words, place
from movement.allies.models import Visibility
from postbox.digests.sections import Due
from postbox.models import Notification
from postbox.sender import send_waiting
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting, a_member, a_picture_file, a_reading

pytestmark = pytest.mark.django_db

#: The club, its book, its section, its place, and another member's name and words.
CANARIES = ["Thistledown", "Palimpsest", "Whose counter", "Room Teasel", "Grey Heron", "ferry of words"]


@pytest.fixture
def thistledown(organiser, ally):
    """A hidden club with one of everything, in which the ally has taken part."""
    club = a_club(organiser, "Thistledown", access=Access.PRIVATE, cap=9)
    unseen = make_ally("Una Sedge", visibility=Visibility.QUIET)
    other = a_member(club, unseen, alias="Grey Heron", alias_since=club.created_at)
    section = a_reading(club, "Palimpsest").sections.first()
    meeting = a_meeting(club, timezone.now() + timedelta(hours=20), sections=[section])
    hang_up(club=club, file=a_picture_file())
    asked = services.JoinRequest.objects.create(club=club, ally=ally)
    mine = services.accept(request=asked)  # with a notification, and a letter on its way
    for member in (mine, other):
        member.sections_read.create(section=section)
        member.notes.create(section=section, text="A ferry of words.")
        answer(meeting=meeting, ally=member.ally, coming="yes")
    place(target=target_of(meeting), user=ally.user, words=Words(name="Ada Larkin", text="I bring cake.", press=""))
    reminders.remind()
    return club


def club_addresses(club):
    """Every address of this app about this club, with its own numbers."""
    meeting, section = club.meetings.get(), club.readings.get().sections.first()
    numbers = {
        "section_id": section.pk,
        "id": meeting.pk,
        "time_id": 1,
        "member": club.memberships.first().public_id,
        "token": "x",
    }
    (ours,) = [one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "clubs"]
    for pattern in ours.url_patterns:
        names = re.findall(r"<\w+:(\w+)>", str(pattern.pattern))
        if "slug" in names:
            kwargs = {name: numbers.get(name, club.slug) for name in names}
            yield reverse(f"clubs:{pattern.name}", kwargs=kwargs)


def elsewhere(ally, feed):
    searches = [f"/search/?q={word.split()[0].lower()}" for word in CANARIES]
    return ["/clubs/", "/me/", "/me/notifications/", "/comments/yours/", "/me/data/", "/allies/", feed, *searches]


def link_of(organiser, club):
    page = client_of(organiser).get(f"{club.get_absolute_url()}members/").content.decode()
    return re.search(r'value="http://groundswell\.example(/clubs/[^"]+/invited/[^"]+)"', page)[1]


def digest(ally):
    now = timezone.now()
    due = Due(number=1, email=ally.user.email, user=ally.user, since=now - timedelta(hours=1), until=now)
    return [item.title for item in news.own_news([due]).get(1, ())]


def seen(browser, path):
    response = browser.get(path)
    return response.status_code, [
        word for word in CANARIES if word in response.content.decode(errors="replace").replace("?q=", "")
    ]


def test_after_a_removal_nothing_of_the_club_is_left(thistledown, organiser, ally):
    browser = client_of(ally)  # signed in all along
    feed = feed_address(ally).removeprefix("http://groundswell.example")
    inside, outside = list(club_addresses(thistledown)), elsewhere(ally, feed)
    before = {path: seen(browser, path) for path in inside + outside}
    assert len(inside) > 20
    assert {word for _status, words in before.values() for word in words} == set(CANARIES)
    assert len(digest(ally)) == 2
    assert Email.objects.filter(to=ally.user.email).count() == 2
    old_link = link_of(organiser, thistledown)
    mine = thistledown.memberships.get(ally=ally)
    client_of(organiser).post(f"{thistledown.get_absolute_url()}members/{mine.public_id}/remove/")
    assert {browser.get(path).status_code for path in [*inside, old_link]} <= {404, 405}
    assert {browser.post(path).status_code for path in [*inside, old_link]} <= {404, 405}
    told = list(Notification.objects.filter(user=ally.user).values_list("text", flat=True))
    assert [text[:33] for text in told] == ["Your time in “Thistledown” has en"]
    after = {path: words for path in outside if (words := seen(browser, path)[1])}
    assert after == {"/me/notifications/": ["Thistledown"]}  # that it has ended, and nothing else
    assert digest(ally) == []
    assert b"VEVENT" not in browser.get(feed).content
    thistledown.refresh_from_db()
    assert (thistledown.seats_taken, thistledown.meetings.get().seats_taken) == (2, 1)


def test_of_letters_on_their_way_only_the_last_one_goes_out(thistledown, organiser, ally):
    mine = thistledown.memberships.get(ally=ally)
    client_of(organiser).post(f"{thistledown.get_absolute_url()}members/{mine.public_id}/remove/")
    Email.objects.exclude(to=ally.user.email).delete()
    assert (Email.objects.count(), send_waiting()) == (3, 1)
