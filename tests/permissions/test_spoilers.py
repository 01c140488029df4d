"""The canary of what could spoil: a member who has not read as far finds it on no page and behind no address they try,
in no mail, notification, calendar, letter, search or parcel.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts import personal_data
from clubs import rounds
from clubs.discussion.services import ask, highlight, show_anyway, write_note
from clubs.meetings.afterwards import keep, kept_of
from clubs.meetings.answering import answer
from clubs.meetings.by_mail import link
from clubs.meetings.calendars import feed_address
from clubs.meetings.models import Coming
from clubs.meetings.reminders import remind
from clubs.meetings.telling import tell
from clubs.reading.finishing import say
from clubs.reading.services import mark_read, mark_unread
from conversation.hosts import target_of
from conversation.models import Comment
from conversation.services import Words, post
from postbox import links
from postbox.digests import sections
from postbox.digests.sections import Due
from postbox.models import Notification
from tests.cast import client_of
from tests.clubs.worlds import a_meeting
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db

#: A note; a passage, and why it matters; a question; an answer to it, and one to that; a verdict, and what comes of it.
CANARIES = ["Marmalade", "Tamarisk", "Wisteria", "Quicksilver", "Bellwether", "Foxglove", "Sycamore", "Larkspur"]
#: Of a meeting: its agenda and its own question; what it came to, what was decided there, who will do what.
OF_MEETINGS = ["Juniper", "Hawthorn", "Celandine", "Speedwell", "Yarrow"]
#: And its own thread: a comment there, and an answer to one of the member's.
OF_MEETINGS += ["Saxifrage", "Campion"]
CANARIES += OF_MEETINGS
SAID_OF_OWN = "Dunnock"


@pytest.fixture(autouse=True)
def _worker_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def told(world):
    """All of it at the second section, by an organiser who has read it; the member was there once, and follows."""
    section = world.section.reading.sections.last()
    host = world.club.memberships.organisers().get()
    mark_read(section=section, membership=host)
    write_note(section=section, membership=host, text="Marmalade gave it away.")
    kept = {"quotation": "The Tamarisk stood empty.", "why": "Wisteria, of all plants."}
    world.kept_there = highlight(section=section, membership=host, **kept)
    question = ask(section=section, texts=["Why did Quicksilver leave?"])[0]
    mark_read(section=section, membership=world.membership)
    target = target_of(question)
    own = Words(name="Milo", text=SAID_OF_OWN, press="p0", followup=True)
    root = post(target=target, user=world.member.user, words=own)
    mark_unread(section=section, membership=world.membership)
    for press, text, answered in (("p1", "For the Bellwether.", None), ("p2", "Or for Foxglove.", root.pk)):
        said = Words(name="Orla", text=text, press=press, reply_to=answered)
        post(target=target, user=world.organiser.user, words=said)
    say(reading=section.reading, membership=host, stars=1, words="Sycamore does it.", differently="Plant Larkspur.")
    spoiling = {"sections": [section], "agenda": "Juniper is unmasked.", "questions": "Did Hawthorn know?"}
    world.been_there = a_meeting(world.club, **spoiling)
    soon = timezone.now() + timedelta(hours=20)
    world.spoiling_meeting = a_meeting(world.club, soon, **spoiling)
    answer(meeting=world.spoiling_meeting, ally=world.member, coming=Coming.YES)
    tell()
    remind()
    type(world.been_there).objects.filter(pk=world.been_there.pk).update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=2, hours=-1)
    )
    words = {"text": "Celandine did it.", "decisions": "Speedwell is next.", "actions": "Thank Yarrow."}
    keep(meeting=world.been_there, edition=kept_of(world.been_there).edition, words=words)
    _talked_of(world, section)
    rounds.send_to_members(reading=section.reading)
    rounds.send_copy(reading=section.reading, membership=world.membership)
    return question


def _talked_of(world, section):
    """The member was there, in the talk of both meetings, while the section was ticked."""
    for meeting in (world.been_there, world.spoiling_meeting):
        mark_read(section=section, membership=world.membership)
        target = target_of(meeting)
        own = Words(name="Milo", text=SAID_OF_OWN, press=f"own{meeting.pk}", followup=True)
        root = post(target=target, user=world.member.user, words=own)
        mark_unread(section=section, membership=world.membership)
        for text, answered in (("Since the Saxifrage.", None), ("Because of Campion.", root.pk)):
            said = Words(name="Orla", text=text, press=f"{text}{meeting.pk}", reply_to=answered)
            post(target=target, user=world.organiser.user, words=said)


def tried(world, question):
    """Addresses that whoever knows their way around would ask for."""
    section, club = question.section, world.club.get_absolute_url()
    talk, kind = f"{club}talk/{section.pk}/", f"clubs.question/{question.pk}/"
    numbers = Comment.objects.filter(talk__startswith="clubs.").values_list("pk", flat=True)
    paths = [club, "/clubs/", talk, f"{talk}highlight/", question.get_absolute_url(), f"/comments/new/{kind}"]
    paths += [f"/comments/more/{kind}", f"/comments/more/{kind}?comments=new", rounds.address_of(section.reading)]
    paths += [f"{club}books/{section.reading.book_id}/", f"{club}polls/", f"{club}members/", f"{club}meetings/"]
    for meeting in (world.spoiling_meeting, world.been_there):
        paths += [f"{meeting.get_absolute_url()}{more}" for more in ("", "pack/", "?comments=new")]
        paths += [f"{meeting.get_absolute_url()}?comments=at-{n}" for n in numbers]
        paths += [f"/comments/{what}/clubs.meeting/{meeting.pk}/" for what in ("new", "more")]
        paths += [
            f"{club}meetings/{meeting.pk}.ics",
            link(meeting, world.membership).removeprefix(links.absolute("/")[:-1]),
        ]
    paths += [f"{question.get_absolute_url()}?comments=at-{n}" for n in numbers]
    paths += [f"/comments/{n}/{what}" for n in numbers for what in ("", "edit/", "delete/", "flag/")]
    paths += [f"/actions/tried/{n}/" for n in numbers] + [f"/actions/log/?section={section.pk}", "/comments/desk/"]
    paths += ["/comments/yours/", "/me/", "/me/data/", "/me/notifications/", feed_address(world.member)]
    return [*paths, *(f"/search/?q={word}" for word in CANARIES)]


def pressed(browser, question, kept):
    """Answers to what is sent without being asked for."""
    club, sent = question.section.reading.club.get_absolute_url(), []
    for comment in Comment.objects.filter(comment__regex="^(For the|Since the)"):
        number, (kind, thing) = comment.pk, comment.place
        under = {"kind": kind, "object_id": thing, "text": "Hm.", "reply_to": number}
        sent += [("/comments/preview/", under), ("/comments/post/", under)]
        sent += [(f"/comments/{number}/react/", {"give": "thanks"})]
        sent += [(f"/comments/{number}/flag/", {}), (f"/actions/tried/{number}/", {})]
    sent += [(f"{club}talk/highlights/{kept.pk}/remove/", {}), (f"{club}talk/questions/{question.pk}/remove/", {})]
    return [browser.post(path, data, follow=True) for path, data in sent]


def seen_by_member(world, question):
    browser = client_of(world.member)
    # What stands in the address of a search stands on its page.
    asked = {f"/search/?q={word}": word for word in CANARIES}
    found = {
        f"{path}: {word}"
        for path, answer in walk(browser, sorted({*addresses(world), *tried(world, question)}))
        for word in CANARIES
        if word in text_of(answer) and asked.get(path) != word and not path.startswith("/mails/")
    }
    sent = " ".join(text_of(answer) for answer in pressed(browser, question, world.kept_there))
    return found | {f"pressed: {word}" for word in CANARIES if word in sent}


def told_to_member(world):
    user = world.member.user
    mails = [one.message + one.html_message for one in Email.objects.all() if user.email in one.to]
    notes = [f"{one.text} {one.url}" for one in Notification.objects.filter(user=user)]
    parcel = [str(list(one.export(user))) for one in personal_data.declarations()]
    now = timezone.now() + timedelta(minutes=1)
    due = Due(number=1, email=user.email, user=user, since=now - timedelta(days=9), until=now)
    letter = [str(section.gather([due])) for section in sections.in_order()]
    everything = " ".join([*mails, *notes, *parcel, *letter])
    return [word for word in [*CANARIES, SAID_OF_OWN] if word in everything]


def test_a_member_who_is_behind_finds_none_of_it_wherever_they_look(world, told):
    assert seen_by_member(world, told) == set()


def test_nothing_they_are_told_or_given_says_any_of_it(world, told):
    assert told_to_member(world) == [SAID_OF_OWN]


def test_once_they_have_read_as_far_each_of_them_sings(world, told):
    mark_read(section=told.section, membership=world.membership)
    browser = client_of(world.member)
    pages = [f"{world.club.get_absolute_url()}talk/{told.section_id}/", told.get_absolute_url()]
    pages.append(rounds.address_of(told.section.reading))
    pages += [world.spoiling_meeting.get_absolute_url(), world.been_there.get_absolute_url()]
    text = "".join(text_of(answer) for _path, answer in walk(browser, pages))
    assert [word for word in CANARIES if word not in text] == []


def test_outside_the_club_and_at_the_editors_desk_none_of_it_stands(world, told, clients):
    paths = sorted({*tried(world, told), "/cms/", "/cms/comments/", "/cms/comments/?show=", "/cms/comments/log/"})
    asked = {f"/search/?q={word}": word for word in CANARIES}
    for role in ("visitor", "ally", "editor", "steward"):
        found = {
            f"{role} {path}: {word}"
            for path, answer in walk(clients[role](), paths)
            for word in CANARIES
            if word in text_of(answer) and asked.get(path) != word
        }
        assert found == set()


def test_the_gate_of_a_meeting_opens_by_reading_or_on_request(world, told):
    browser, been = client_of(world.member), world.been_there.get_absolute_url()
    shut = browser.get(been).text
    assert [word in shut for word in OF_MEETINGS] == [False] * len(OF_MEETINGS)
    assert ("Show me section 2 anyway" in shut, "It is written down" in shut) == (True, True)
    door = f"{world.club.get_absolute_url()}talk/{told.section_id}/open/"
    assert browser.post(door, {"meeting": world.been_there.pk})["Location"] == been
    assert [word in browser.get(been).text for word in OF_MEETINGS] == [True] * len(OF_MEETINGS)
    assert browser.post(door, {"meeting": "9" * 40})["Location"].endswith(f"talk/{told.section_id}/")


def test_before_the_reading_one_still_says_whether_one_comes_and_reads_why_the_talk_waits(world, told):
    browser, address = client_of(world.member), world.spoiling_meeting.get_absolute_url()
    page = browser.get(address).text
    assert ("The talk about this meeting opens with the reading" in page, "Add a comment" in page) == (True, False)
    said = browser.post(address, {"coming": Coming.MAYBE, "note": "I am late."}, follow=True)
    assert "Your answer is saved." in said.text
    bare = a_meeting(world.club, sections=[told.section], agenda="")
    assert "Show me section 2 anyway" in browser.get(bare.get_absolute_url()).text
    show_anyway(section=told.section, membership=world.membership)
    page = browser.get(address).text
    assert ("opens with the reading" in page, "Add a comment" in page, "Campion" in page) == (False, True, True)


def test_an_organiser_who_is_behind_reads_the_talk_of_a_meeting_at_their_desk_when_asked_for(world, told):
    host = world.club.memberships.organisers().get()
    flagged = Comment.objects.filter(comment__startswith="Since the").latest("pk")
    mark_read(section=told.section, membership=world.membership)
    client_of(world.member).post(f"/comments/{flagged.pk}/flag/")
    mark_unread(section=told.section, membership=host)
    desk = client_of(world.organiser)
    assert "Saxifrage" not in desk.get("/comments/desk/").text
    assert "Saxifrage" in desk.get(f"/comments/desk/?show=waiting&anyway={flagged.pk}").text


def test_a_letter_tells_the_agenda_to_whoever_has_read_that_far(world, told):
    mark_read(section=told.section, membership=world.membership)
    a_meeting(world.club, timezone.now() + timedelta(days=4), sections=[told.section], agenda="Juniper is unmasked.")
    tell()
    user = world.member.user
    letters = [one.message for one in Email.objects.all() if user.email in one.to]
    assert sum("Juniper" in letter for letter in letters) == 1


def test_an_organiser_who_is_behind_reads_at_their_desk_what_they_ask_for(world, told):
    host = world.club.memberships.organisers().get()
    mark_unread(section=told.section, membership=host)
    flagged = Comment.objects.get(comment__startswith="For the")
    flagged_by = client_of(world.member)
    mark_read(section=told.section, membership=world.membership)
    flagged_by.post(f"/comments/{flagged.pk}/flag/")
    desk = client_of(world.organiser)
    page = desk.get("/comments/desk/").text
    assert ("Bellwether" in page, f"anyway={flagged.pk}#comment-{flagged.pk}" in page) == (False, True)
    assert "Bellwether" in desk.get(f"/comments/desk/?show=waiting&anyway={flagged.pk}").text
    assert "Bellwether" not in desk.get("/comments/desk/").text
    show_anyway(section=told.section, membership=host)
    assert "Bellwether" in desk.get("/comments/desk/").text
