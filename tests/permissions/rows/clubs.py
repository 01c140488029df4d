"""Reading groups: the world's `club` is open; `private_club` has none of the roles in it."""

from clubs.groups.invitations import make_token
from clubs.meetings.by_mail import link
from clubs.meetings.calendars import feed_address
from tests.permissions.matrix import ALLIES, EVERYONE, MEMBERS, ORGANISERS, Row


def club(world):
    return {"slug": world.club.slug}


def private_club(world):
    return {"slug": world.private_club.slug}


def section(world):
    return {"slug": world.club.slug, "section_id": world.section.pk}


def section_of_reading(world):
    return {"slug": world.club.slug, "id": world.section.reading_id, "section_id": world.section.pk}


def meeting(world):
    return {"slug": world.club.slug, "id": world.meeting.pk}


def been(world):
    """One that has begun: only then are there notes, and who was there."""
    return {"slug": world.club.slug, "id": world.been.pk}


def dates(world):
    return {"slug": world.club.slug, "id": world.dates.pk}


def one_date(world):
    return dates(world) | {"time_id": world.dates.times.first().pk}


def by_mail(world):
    """The link in a member's mail is the key: whoever has it sees the meeting and answers for that member."""
    membership = world.club.memberships.get(ally=world.member)
    return meeting(world) | {"token": link(world.meeting, membership).rstrip("/").rsplit("/", 1)[1]}


def request(world):
    return {"slug": world.club.slug, "id": world.join_request.pk}


def member(world):
    return {"slug": world.club.slug, "member": world.membership.public_id}


def kept_out(world):
    return {"slug": world.club.slug, "id": world.kept_out.pk}


def invited(world):
    organiser = world.club.memberships.organisers().get()
    return {"slug": world.club.slug, "token": make_token(organiser=organiser)}


def poll(world):
    return {"slug": world.club.slug, "id": world.poll.pk}


def nomination(world):
    return {"slug": world.club.slug, "id": world.nomination.pk}


def question(world):
    return {"slug": world.club.slug, "id": world.question.pk}


def note(world):
    return {"slug": world.club.slug, "id": world.club_note.pk}


def kept(world):
    return {"slug": world.club.slug, "id": world.highlight.pk}


def book(world):
    return {"slug": world.club.slug, "id": world.section.reading.book_id}


def reading(world):
    return {"slug": world.club.slug, "id": world.section.reading_id}


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
    Row("clubs:edit", kwargs=club, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:picture", kwargs=club, get=EVERYONE),
    Row("clubs:picture", kwargs=private_club),
    Row("clubs:new_picture", kwargs=club, post=ORGANISERS),
    Row("clubs:archive", kwargs=club, post=ORGANISERS),
    Row("clubs:revive", kwargs=club),
    Row("clubs:wait", kwargs=club, post=ALLIES),
    Row("clubs:wait", kwargs=private_club),
    Row("clubs:alias", kwargs=club),
    Row("clubs:step_down", kwargs=club, post=ORGANISERS),
    Row("clubs:take_over", kwargs=club, get=MEMBERS, post=MEMBERS),
    Row("clubs:promote", kwargs=member, post=ORGANISERS),
    Row("clubs:remove", kwargs=member, post=ORGANISERS),
    Row("clubs:lift", kwargs=kept_out, post=ORGANISERS),
    Row("clubs:answer_request", kwargs=request, post=ORGANISERS),
    Row("clubs:new_book", kwargs=club, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:import_list", kwargs=club, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:book", kwargs=book, get=MEMBERS),
    Row("clubs:book_cover", kwargs=book, get=EVERYONE),
    Row("clubs:new_book_cover", kwargs=book, post=ORGANISERS),
    Row("clubs:lend", kwargs=book, post=MEMBERS),
    Row("clubs:finish", kwargs=reading, post=ORGANISERS),
    Row("clubs:verdict", kwargs=reading, get=MEMBERS, post=MEMBERS),
    Row("clubs:summary", kwargs=reading, get=MEMBERS),
    Row("clubs:send_round", kwargs=reading, post=ORGANISERS),
    Row("clubs:copy_round", kwargs=reading, post=MEMBERS),
    Row("clubs:schedule", kwargs=reading, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:move_section", kwargs=section_of_reading, post=ORGANISERS, data={"to": "up"}),
    Row("clubs:propose_schedule", kwargs=reading, post=ORGANISERS),
    Row("clubs:shift_schedule", kwargs=reading, post=ORGANISERS),
    Row("clubs:catch_up_week", kwargs=reading, post=ORGANISERS),
    Row("clubs:place", kwargs=club, post=MEMBERS),
    Row("clubs:nominate", kwargs=club, get=MEMBERS, post=MEMBERS),
    Row("clubs:withdraw_nomination", kwargs=nomination, post=ORGANISERS),
    Row("clubs:polls", kwargs=club, get=MEMBERS),
    Row("clubs:polls", kwargs=private_club),
    Row("clubs:new_poll", kwargs=club, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:poll", kwargs=poll, get=MEMBERS, post=MEMBERS),
    Row("clubs:move_poll", kwargs=poll, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:end_poll", kwargs=poll, post=ORGANISERS),
    Row("clubs:settle_poll", kwargs=poll, post=ORGANISERS),
    Row("clubs:read", kwargs=section, post=MEMBERS),
    Row("clubs:talk", kwargs=section, get=MEMBERS, post=MEMBERS),
    Row("clubs:open_talk", kwargs=section, post=MEMBERS),
    Row("clubs:new_question", kwargs=section, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:question", kwargs=question, get=MEMBERS),
    Row("clubs:remove_question", kwargs=question, post=ORGANISERS),
    Row("clubs:new_highlight", kwargs=section, get=MEMBERS, post=MEMBERS),
    Row("clubs:remove_note", kwargs=note, post=ORGANISERS),
    Row("clubs:remove_highlight", kwargs=kept, post=ORGANISERS),
    Row("clubs:new_meeting", kwargs=club, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:meeting", kwargs=meeting, get=MEMBERS, post=MEMBERS),
    Row("clubs:meetings", kwargs=club, get=MEMBERS),
    Row("clubs:meetings", kwargs=private_club),
    Row("clubs:lunch_club", post=ALLIES),
    Row("clubs:lunch_hours", kwargs=club, post=ORGANISERS),
    Row("clubs:new_dates", kwargs=club, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:dates", kwargs=dates, get=MEMBERS, post=MEMBERS),
    Row("clubs:pick_date", kwargs=one_date, post=ORGANISERS),
    Row("clubs:edit_meeting", kwargs=meeting, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:call_off", kwargs=meeting, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:answer_by_mail", kwargs=by_mail, get=EVERYONE, post=EVERYONE),
    Row("clubs:pack", kwargs=meeting, get=MEMBERS),
    Row("clubs:keep_notes", kwargs=been, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:attendance", kwargs=been, get=ORGANISERS, post=ORGANISERS),
    Row("clubs:was_there", kwargs=been, post=MEMBERS),
    Row("clubs:meeting_ics", kwargs=meeting, get=MEMBERS),
    Row("clubs:calendar", get=ALLIES, post=ALLIES),
    Row("clubs:feed", kwargs=feed, get=EVERYONE),
]
