"""The canary of hidden clubs where no walk comes by: mails, the talk's own addresses, actions, exports, the head of a
page, and a club that was open once.
"""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.services import export_person
from clubs import news
from clubs.choosing.services import nominate
from clubs.choosing.telling import OPEN, tell_members
from clubs.discussion.services import ask
from clubs.groups.models import Access, Club
from clubs.groups.services import change_club, found_club
from clubs.meetings.answering import answer
from clubs.meetings.inviting import invite
from clubs.meetings.reminders import remind
from clubs.meetings.telling import tell
from clubs.reading.services import mark_read
from clubs.services import remove_member
from content import pagecache
from conversation.hosts import target_of
from conversation.models import Comment
from conversation.services import Words, place
from postbox.models import Dispatch, Notification
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_meeting, a_member, a_poll, a_reading

pytestmark = pytest.mark.django_db
CANARIES = ["Thistledown", "Palimpsest", "Oxbow", "gillyflower", "Halcyon"]


@pytest.fixture
def una():
    return make_ally("Una Sedge")


@pytest.fixture
def hidden(una):
    """With a member, a book, a meeting of tomorrow and one that has been, a question, and a talk."""
    club = a_club(una, "Thistledown", access=Access.PRIVATE, purpose="A gillyflower.")
    section = a_reading(club, title="Palimpsest").sections.first()
    for member in (club.memberships.get(), a_member(club, make_ally("Wim Teller"))):
        mark_read(section=section, membership=member)
    ask(section=section, texts=["Who planted the gillyflower?"])
    for starts_at in (timezone.now() + timedelta(hours=20), timezone.now() - timedelta(days=1)):
        meeting = a_meeting(club, starts_at, place="Oxbow lake", sections=[section])
        words = Words(name="Una Sedge", text="Halcyon days at the Oxbow.", press=f"p{meeting.pk}")
        place(target=target_of(meeting), user=una.user, words=words)
    return club


def sung(text):
    return [word for word in CANARIES if word in text]


def been(club):
    return club.meetings.order_by("starts_at").first()


def test_the_talk_of_a_hidden_club_has_no_address_for_others(hidden, ally, editor, steward):
    found = [f"/comments/{what}/clubs.meeting/{one.pk}/" for one in hidden.meetings.all() for what in ("new", "more")]
    question = hidden.readings.get().sections.first().questions.get()
    found += [f"/comments/{what}/clubs.question/{question.pk}/" for what in ("new", "more")]
    assert client_of(hidden.memberships.first().ally).get(found[-1]).status_code == 200  # such addresses exist
    assert {client_of(one).get(path).status_code for path in found for one in (None, ally, editor, steward)} == {404}
    for one in Comment.objects.all():
        for what in ("", "react/", "flag/", "edit/", "delete/"):
            for browser in (client_of(None), client_of(ally)):
                answers = [
                    browser.get(f"/comments/{one.pk}/{what}", follow=True),
                    browser.post(f"/comments/{one.pk}/{what}"),
                ]
                assert [sung(answer.content.decode()) for answer in answers] == [[], []], what


def test_its_letters_and_notifications_go_to_its_members_alone(hidden, una, ally):
    poll = a_poll(hidden)
    tell(), invite(), tell_members.call(poll.pk, OPEN)
    for member in hidden.memberships.all():
        answer(meeting=hidden.meetings.upcoming().get(), ally=member.ally, coming="yes")
    remind()
    inside = set(hidden.memberships.values_list("ally__user", flat=True))
    assert set(Dispatch.objects.values_list("user", flat=True)) == inside
    assert set(Notification.objects.values_list("user", flat=True)) == inside


def test_no_digest_of_others_tells_of_it_and_nobody_can_follow_it(hidden):
    since, until = timezone.now() - timedelta(days=2), timezone.now() + timedelta(minutes=1)
    assert (news.offered(), news.public_news([hidden.slug], since, until)) == ([], {})


def test_a_club_that_was_open_is_hidden_everywhere_from_the_moment_it_says_so(
    site_pages, una, ally, django_capture_on_commit_callbacks
):
    club = a_club(una, "Thistledown")
    a_meeting(club, place="Oxbow lake", sections=list(a_reading(club, title="Palimpsest").sections.all()))
    pages = ["/", "/clubs/", club.get_absolute_url(), "/search/?q=thistledown", "/subscribe/"]
    visitor, other = client_of(None), client_of(ally)
    before = {word for path in pages for word in sung(visitor.get(path).content.decode().replace("q=thistledown", ""))}
    assert {"Thistledown", "Palimpsest", "Oxbow"} <= before
    with django_capture_on_commit_callbacks(execute=True):
        change_club(club=club, edition=1, name=club.name, purpose=club.purpose, access=Access.PRIVATE)
    pagecache.shelf.read_at = 0.0  # a second later
    after = {
        (path, word) for path in pages for who in (visitor, other) for word in sung(who.get(path).content.decode())
    }
    assert after == set()


def test_its_page_tells_a_machine_no_more_than_a_stranger(hidden, ally):
    for browser in (client_of(None), client_of(ally)):
        response = browser.get(hidden.get_absolute_url())
        assert (response.status_code, sung(response.content.decode())) == (404, [])
    nowhere = client_of(None).get("/clubs/nowhere-at-all/")
    meta = re.findall(r'<meta property="og:[^>]+>', client_of(None).get(hidden.get_absolute_url()).content.decode())
    assert meta == re.findall(r'<meta property="og:[^>]+>', nowhere.content.decode())


def test_nobody_learns_of_it_by_founding_one_of_its_name(hidden, ally):
    other = found_club(organiser=ally, name="Thistledown", purpose="Ours.")
    assert other.slug == "thistledown"
    assert hidden.slug.startswith("thistledown-")


def test_what_is_done_after_its_meeting_says_so_to_its_members_alone(hidden, una, ally, site_pages):
    data = {"text": "Rang the depot.", "origin": f"meeting:{been(hidden).pk}", "audience": "allies"}
    client_of(una).post("/actions/log/", data)
    walls = [client_of(one).get("/actions/").content.decode() for one in (una, ally)]
    assert ["Rang the depot." in wall for wall in walls] == [True, True]
    assert [sung(wall) for wall in walls] == [["Thistledown"], []]


def test_a_book_of_its_own_is_proposed_nowhere_else(hidden, una, ally):
    nominate(membership=hidden.memberships.get(ally=una), reason="So.", may_travel=True, title="Halcyon", author="X")
    own = a_club(ally, "The Other Table")
    pages = [own.get_absolute_url(), f"{own.get_absolute_url()}polls/", f"{own.get_absolute_url()}books/nominate/"]
    assert [sung(client_of(ally).get(path).content.decode()) for path in pages] == [[], [], []]


def test_whoever_was_removed_takes_along_no_more_than_that_they_were_there(hidden, ally):
    member = a_member(hidden, ally)
    client_of(ally).post("/actions/log/", {"text": "Rang the depot.", "origin": f"meeting:{been(hidden).pk}"})
    answer(meeting=hidden.meetings.upcoming().get(), ally=ally, coming="yes")
    remove_member(membership=member, for_good=True)
    taken = export_person(user=ally.user)
    where = {label for label, rows in taken.items() if sung(json.dumps(rows, default=str, ensure_ascii=False))}
    # That it has ended, and the letter that said so: nothing that was in it.
    assert where == {"clubs.KeptOut", "postbox.Notification", "postbox.Dispatch"}
    assert sung(json.dumps(taken, default=str, ensure_ascii=False)) == ["Thistledown"]
    assert Club.objects.filter(slug=hidden.slug).exists()
