"""Reading groups: the world's `club` is open; `private_club` has none of the roles in it."""

from clubs.groups.invitations import make_token
from clubs.meetings.calendars import feed_address
from tests.permissions.matrix import ALLIES, EVERYONE, MEMBERS, ORGANISERS, Row


def club(world):
    return {"slug": world.club.slug}


def private_club(world):
    return {"slug": world.private_club.slug}


def section(world):
    return {"slug": world.club.slug, "section_id": world.section.pk}


def meeting(world):
    return {"slug": world.club.slug, "id": world.meeting.pk}


def request(world):
    return {"slug": world.club.slug, "id": world.join_request.pk}


def invited(world):
    organiser = world.club.memberships.organisers().get()
    return {"slug": world.club.slug, "token": make_token(organiser=organiser)}


def feed(world):
    """The address is the key: whoever has it reads the feed."""
    return {"token": feed_address(world.member).rsplit("/", 1)[1].removesuffix(".ics")}


ROWS = [
    Row("clubs:clubs", get=EVERYONE),
    Row("clubs:new", get=ALLIES, post=ALLIES),
    Row("clubs:club", kwargs=club, get=EVERYONE),
    Row("clubs:club", kwargs=private_club),
    Row("clubs:members", kwargs=club, get=MEMBERS),
    Row("clubs:members", kwargs=private_club),
    Row("clubs:join", kwargs=club, post=ALLIES),
    Row("clubs:join", kwargs=private_club),
    Row("clubs:invited", kwargs=invited, get=ALLIES, post=ALLIES),
    Row("clubs:new_link", kwargs=club, post=ORGANISERS),
    Row("clubs:leave", kwargs=club, post=MEMBERS),
    Row("clubs:answer_request", kwargs=request, post=ORGANISERS),
    Row("clubs:new_book", kwargs=club, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:read", kwargs=section, post=MEMBERS),
    Row("clubs:talk", kwargs=section, get=MEMBERS, post=MEMBERS),
    Row("clubs:new_meeting", kwargs=club, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:meeting", kwargs=meeting, get=MEMBERS, post=MEMBERS),
    Row("clubs:call_off", kwargs=meeting, post=ORGANISERS),
    Row("clubs:meeting_ics", kwargs=meeting, get=MEMBERS),
    Row("clubs:calendar", get=ALLIES, post=ALLIES),
    Row("clubs:feed", kwargs=feed, get=EVERYONE),
]
