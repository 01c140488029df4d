"""The page of a round is sent around among the members, and goes no further."""

from datetime import timedelta

import pytest
from django.utils import timezone
from freezegun import freeze_time
from post_office.models import Email

from clubs import rounds
from clubs.discussion.services import highlight
from clubs.groups.models import Access, Club
from clubs.reading.finishing import say
from clubs.reading.services import mark_read
from clubs.services import leave_club
from movement.allies.models import Visibility
from postbox.models import Notification
from postbox.sender import send_waiting
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_member, a_reading

pytestmark = pytest.mark.django_db
END, SAID, KEPT = "The bench is hers.", "Quagga at the counter.", "Tamarisk stood empty."


@pytest.fixture
def reading(club, organiser):
    club.access = Access.PRIVATE
    club.save()
    reading = a_reading(club)
    host = club.memberships.get(ally=organiser)
    for section in reading.sections.all():
        mark_read(section=section, membership=host)
    say(reading=reading, membership=host, stars=4, words=END, differently=SAID)
    highlight(section=reading.sections.last(), membership=host, quotation=KEPT)
    return reading


def page(reading, someone):
    return client_of(someone).get(rounds.address_of(reading))


def post(reading, what, someone):
    return client_of(someone).post(rounds.address_of(reading).replace("summary/", f"{what}/"), follow=True)


def test_what_may_tell_the_end_opens_at_the_last_section_and_is_not_in_the_page_before(reading, member):
    before = page(reading, member.ally).text
    assert [word in before for word in (END, SAID, KEPT)] == [False] * 3
    assert "One member has said what they made of it" in before
    mark_read(section=reading.sections.first(), membership=member)
    assert END not in page(reading, member.ally).text
    opening = f"/clubs/{reading.club.slug}/talk/{reading.sections.last().pk}/open/"
    answer = client_of(member.ally).post(opening, {"back": reading.pk})
    assert answer["Location"] == rounds.address_of(reading)
    assert [word in page(reading, member.ally).text for word in (END, SAID, KEPT)] == [True] * 3


def test_whoever_has_said_their_own_reads_the_others(reading, member):
    say(reading=reading, membership=member, words="So be it.")
    assert [word in page(reading, member.ally).text for word in (END, "So be it.")] == [True, True]


def test_members_are_told_once_where_it_stands_and_nothing_of_what_is_in_it(reading, member, organiser, quiet_ally):
    a_member(reading.club, quiet_ally)
    for _twice in range(2):
        said = post(reading, "send", organiser).text
    told = Notification.objects.filter(kind=rounds.ROUND)
    assert {one.user for one in told} == {organiser.user, member.ally.user, quiet_ally.user}
    letters = list(Email.objects.all())
    everything = " ".join([*(one.text for one in told), *(one.message + one.html_message for one in letters)])
    assert (len(letters), [word in everything for word in (END, SAID, KEPT)]) == (3, [False] * 3)
    assert ["Sent to the members" in said, " 3 " in said] == [True, False]
    assert post(reading, "send", member.ally).status_code == 404


def test_a_copy_goes_to_whoever_asks_as_far_as_they_have_read(reading, member, organiser):
    for someone in (organiser, member.ally):
        post(reading, "copy", someone)
    found = {one.to[0]: one.message + one.html_message for one in Email.objects.all()}
    seen = [[word in found[one.user.email] for word in (END, SAID, KEPT)] for one in (organiser, member.ally)]
    assert seen == [[True] * 3, [False] * 3]
    assert "Orla Penrose" in page(reading, organiser).text or "You" in found[organiser.user.email]


def test_a_copy_is_worded_as_it_goes_out_and_for_who_left_it_stays_behind(reading, member, organiser, server, sink):
    mark_read(section=reading.sections.last(), membership=member)
    post(reading, "copy", member.ally)
    assert END in Email.objects.get().message
    organiser.visibility = Visibility.QUIET
    organiser.save()
    send_waiting()
    assert [END in str(letter) for letter in sink.mails] == [False]
    Email.objects.all().delete()
    with freeze_time(timezone.now() + timedelta(minutes=5)):
        post(reading, "copy", member.ally)
    assert Email.objects.count() == 1
    leave_club(membership=member)
    send_waiting()
    assert len(sink.mails) == 1


def test_copies_are_counted_and_can_be_asked_for_in_a_group_that_was_put_away(reading, member):
    Club.objects.update(archived_at=timezone.now())
    said = [post(reading, "copy", member.ally).text for _n in range(rounds.COPIES_AN_HOUR + 1)]
    assert ["A copy is on its way to you." in said[0], "That is a lot of copies" in said[-1]] == [True, True]


def test_nobody_else_has_that_page(reading, member):
    for outside in (None, make_ally("Una Sedge")):
        statuses = [page(reading, outside).status_code, post(reading, "copy", outside).status_code]
        assert statuses == [404, 404] if outside else [302, 200]
    assert Email.objects.count() == 0
