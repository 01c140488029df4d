import pytest

from accounts.personal_data import declarations
from accounts.services import export_person
from clubs.groups.models import Membership
from clubs.meetings.answering import answer
from clubs.meetings.models import Meeting, Rsvp
from clubs.own_data import EXPORTED
from tests.clubs.worlds import a_meeting, a_reading

pytestmark = pytest.mark.django_db


def test_what_a_member_left_in_a_club_is_theirs_to_take_along(member):
    section = a_reading(member.club).sections.first()
    answer(meeting=a_meeting(member.club), ally=member.ally, coming="yes")
    member.sections_read.create(section=section)
    member.notes.create(section=section, text="A note of mine.")
    taken = export_person(user=member.ally.user)
    assert [
        taken[label][0].get(field)
        for label, field in (
            ("clubs.Membership", "club__name"),
            ("clubs.Rsvp", "coming"),
            ("clubs.SectionRead", "section__title"),
            ("clubs.Note", "text"),
        )
    ] == ["The Thursday Table", "yes", "Whose counter is it?", "A note of mine."]


def test_erasing_an_organiser_frees_the_seat_and_the_club_looks_for_another(member, organiser):
    meeting = a_meeting(member.club, capacity=1)
    answer(meeting=meeting, ally=organiser, coming="yes")
    for declared in declarations():
        if declared.model in EXPORTED:
            declared.erase(organiser.user)
    assert (Meeting.objects.get().seats_taken, Rsvp.objects.count()) == (0, 0)
    (asked,) = Membership.objects.all()
    assert (asked.ally, asked.is_organiser, bool(asked.asked_at)) == (member.ally, False, True)
    assert (asked.club.seats_taken, bool(asked.club.handover_since)) == (1, True)
