"""The pack before a meeting; notes and who was there after it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clubs.discussion.services import ask
from clubs.meetings.afterwards import Attendance, Minutes, keep
from clubs.reading.services import mark_read
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_meeting, a_member, a_reading

pytestmark = pytest.mark.django_db
WORDS = {"text": "We began late.", "decisions": "Read on.\nNo phones.", "actions": "Ask the yard about its labels."}


@pytest.fixture
def been(club):
    return a_meeting(club, timezone.now() - timedelta(days=2))


def text_of(someone, address):
    return client_of(someone).get(address).content.decode()


def test_notes_are_read_by_all_members_and_an_action_is_taken_up_by_whoever_wants_it(been, member, organiser):
    address = f"{been.get_absolute_url()}notes/"
    assert "Members who have read that far read them." in text_of(organiser, address)
    assert client_of(organiser).post(address, WORDS | {"edition": "1"}).status_code == 302
    page = text_of(member.ally, been.get_absolute_url())
    said = [word in page for word in ("We began late.", "Read on.", "No phones.", "Ask the yard")]
    assert (said, client_of(member.ally).get(address).status_code) == ([True] * 4, 404)
    taken = f"/actions/log/?meeting={been.pk}&text=Ask%20the%20yard%20about%20its%20labels."
    assert taken.replace("&", "&amp;") in page
    assert "Ask the yard about its labels.</textarea>" in text_of(member.ally, taken)


def test_the_second_who_writes_is_told_and_the_host_may_write_too(club, been, member, organiser):
    type(been).objects.update(host=member)
    address = f"{been.get_absolute_url()}notes/"
    assert client_of(member.ally).post(address, WORDS | {"edition": "1"}).status_code == 302
    page = client_of(organiser).post(address, WORDS | {"text": "We began early.", "edition": "1"})
    body = page.content.decode()
    assert (page.status_code, "We began late." in body, "We began early." in body) == (409, True, True)
    assert Minutes.objects.get().text == "We began late."


def test_who_was_there_is_said_by_organisers_of_the_seen_and_by_the_quiet_of_themselves(
    club, been, member, organiser, quiet_ally
):
    quiet = a_member(club, quiet_ally)
    client_of(quiet_ally).post(f"{been.get_absolute_url()}there/", {"there": "1"})
    address = f"{been.get_absolute_url()}attendance/"
    form = text_of(organiser, address)
    assert ["Milo Ferrant" in form, quiet_ally.name in form] == [True, False]
    numbers = [str(member.public_id), str(quiet.public_id)]
    assert client_of(organiser).post(address, {"there": numbers}).status_code == 422
    client_of(organiser).post(address, {"there": numbers[:1]})
    assert set(Attendance.objects.values_list("membership", flat=True)) == {member.pk, quiet.pk}
    page = text_of(organiser, been.get_absolute_url())
    assert ["There were: Milo Ferrant</p>" in page, quiet_ally.name in page] == [True, False]
    client_of(quiet_ally).post(f"{been.get_absolute_url()}there/")
    assert set(Attendance.objects.values_list("membership", flat=True)) == {member.pk}


def test_before_it_begins_there_is_nothing_to_note(club, organiser):
    meeting = a_meeting(club)
    paths = [f"{meeting.get_absolute_url()}{part}/" for part in ("notes", "attendance")]
    assert [client_of(organiser).get(path).status_code for path in paths] == [404, 404]
    assert client_of(organiser).post(f"{meeting.get_absolute_url()}there/", {"there": "1"}).status_code == 404


def test_the_pack_has_sections_questions_and_what_the_last_meeting_came_to(club, been, member):
    keep(meeting=been, edition=1, words=WORDS)
    sections = a_reading(club).sections.all()
    meeting = a_meeting(club, sections=sections, questions="Who waits?\nFor what?")
    for section in sections:
        mark_read(section=section, membership=member)
    page = text_of(member.ally, f"{meeting.get_absolute_url()}pack/")
    words = ["Whose counter is it?", "Who waits?", "For what?", "We began late.", "Ask the yard", "Room Teasel"]
    assert [word for word in words if word not in page] == []
    assert client_of(make_ally("Ada Stranger")).get(f"{meeting.get_absolute_url()}pack/").status_code == 404


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_pack_has_the_questions_at_its_sections_as_far_as_one_has_read(
    club, member, number, django_assert_max_num_queries
):
    first, second = a_reading(club).sections.all()
    for section, word in ((first, "counter"), (second, "queue")):
        ask(section=section, texts=[f"Whose {word} is number {n}?" for n in range(number)])
    mark_read(section=first, membership=member)
    meeting = a_meeting(club, sections=[first, second])
    address = f"{meeting.get_absolute_url()}pack/"
    browser = client_of(member.ally)
    with django_assert_max_num_queries(16):
        page = browser.get(address).content.decode()
    assert ["Section 1: Whose counter" in page, "Section 2" in page, "Where did you stop" in page] == [
        True,
        False,
        False,
    ]
    assert (page.count("Whose counter is number"), page.count("Whose queue is number")) == (number, 0)
    assert f'talk/{second.pk}/">section 2</a>' in page
    mark_read(section=second, membership=member)
    assert text_of(member.ally, address).count("Whose queue is number") == number


def test_the_questions_of_other_sections_are_not_in_the_pack(club, member):
    first, second = a_reading(club).sections.all()
    ask(section=second, texts=["Whose queue?"])
    mark_read(section=second, membership=member)
    page = text_of(member.ally, f"{a_meeting(club, sections=[first]).get_absolute_url()}pack/")
    assert ["Whose queue?" in page, "Where did you stop" in page] == [False, True]
