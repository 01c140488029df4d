import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from movement.allies.models import Ally, Visibility
from movement.allies.services import change_appearance
from movement.invitations.joining import NoSuchInvitation, find, redeem
from movement.invitations.models import Invitation, Redemption
from movement.invitations.queries import brought_by, inviter_of, reached_by
from movement.invitations.services import end, open_invitation, open_occasion, replace, say
from postbox.models import Notification
from tests.cast import make_ally

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(ally: Ally) -> Invitation:
    return open_invitation(owner=ally)


def is_gone(invitation: Invitation) -> bool:
    try:
        find(code=invitation.code)
    except NoSuchInvitation:
        return True
    return False


def quiet_ones(count: int, **fields) -> None:
    for number in range(Ally.objects.count(), Ally.objects.count() + count):
        make_ally(f"Quiet {number}", email=f"q{number}@larkfield.example", visibility="quiet", **fields)


def test_an_invitation_is_made_once(ally: Ally, invitation: Invitation):
    assert open_invitation(owner=ally) == invitation


def test_accepting_records_who_brought_them_and_thanks_the_inviter_without_a_name(ally: Ally, invitation: Invitation):
    bo = make_ally("Bo Finch")
    assert redeem(invitation=invitation, joined=bo)
    bo.refresh_from_db()
    assert (bo.invited_by, Redemption.objects.get().joined, inviter_of(bo)) == (ally, bo, ally)
    assert [(note.user, "Bo" in note.text) for note in Notification.objects.all()] == [(ally.user, False)]


def test_a_quiet_one_who_comes_is_told_of_nowhere(ally: Ally, invitation: Invitation):
    shy = make_ally("Shy Wren", visibility="quiet")
    assert redeem(invitation=invitation, joined=shy)
    assert Notification.objects.count() == 0
    assert (brought_by(ally).shown, brought_by(ally).named, brought_by(ally).others) == ([], 0, None)


def test_who_brought_somebody_never_changes(ally: Ally, invitation: Invitation, organiser: Ally):
    bo = make_ally("Bo Finch")
    redeem(invitation=invitation, joined=bo)
    assert not redeem(invitation=open_invitation(owner=organiser), joined=bo)
    bo.refresh_from_db()
    assert (bo.invited_by, Redemption.objects.count()) == (ally, 1)


def test_whoever_came_by_themselves_takes_a_seat_and_leaves_no_trace_of_it(ally: Ally):
    lunch = open_occasion(owner=ally, occasion="Lunch", expires_at=timezone.now() + timezone.timedelta(1), seats=5)
    bo = make_ally("Bo Finch")
    assert redeem(invitation=lunch, joined=bo, alone=True)
    lunch.refresh_from_db()
    bo.refresh_from_db()
    assert (lunch.taken, bo.invited_by, Redemption.objects.count()) == (1, None, 0)


def test_nobody_is_brought_by_themselves_or_by_who_came_later(ally: Ally, invitation: Invitation):
    bo = make_ally("Bo Finch")
    assert not redeem(invitation=invitation, joined=ally)
    assert not redeem(invitation=open_invitation(owner=bo), joined=ally)
    for circle in ({"pk": ally.pk, "invited_by": bo}, {"pk": ally.pk, "invited_by": ally}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ally.objects.filter(pk=circle["pk"]).update(invited_by=circle["invited_by"])


def test_a_link_that_was_replaced_or_ended_or_used_up_or_is_late_leads_nowhere(ally: Ally, invitation: Invitation):
    new = replace(owner=ally)
    assert (is_gone(invitation), is_gone(new)) == (True, False)
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    made = [open_occasion(owner=ally, occasion="Lunch", expires_at=tomorrow, seats=5) for _ in range(4)]
    end(invitation=made[1])
    Invitation.objects.filter(pk=made[2].pk).update(taken=5)
    Invitation.objects.filter(pk=made[3].pk).update(expires_at=timezone.now())
    assert [is_gone(one) for one in made] == [False, True, True, True]
    bo = make_ally("Bo Finch")
    assert [redeem(invitation=one, joined=bo) for one in [invitation, *made[1:]]] == [False] * 4
    ally.user.is_active = False
    ally.user.save()
    assert is_gone(new)


def test_no_more_than_the_seats_can_be_taken(ally: Ally):
    lunch = open_occasion(owner=ally, occasion="Lunch", expires_at=None, seats=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=lunch.pk).update(taken=6)


def test_only_those_who_are_open_are_named_to_their_inviter(ally: Ally, alias_ally: Ally, quiet_ally: Ally):
    bo = make_ally("Bo Finch")
    Ally.objects.exclude(pk=ally.pk).update(invited_by=ally)
    assert (brought_by(ally).shown, brought_by(ally).others) == ([bo], None)


def test_the_others_are_counted_in_steps_of_five(ally: Ally):
    said = []
    for more in (4, 1, 4, 1):
        quiet_ones(more, invited_by=ally)
        said.append(brought_by(ally).others)
    assert said == [None, 5, 5, 10]


def test_how_far_it_went_is_counted_to_the_end_of_the_line_in_steps_of_five(ally: Ally, unit):
    last, said = ally, []
    for number in range(7):
        last = make_ally(f"Ally {number}", invited_by=last, visibility="quiet")
        said.append(reached_by(ally))
    assert (said, reached_by(last)) == ([None] * 4 + [5] * 3, None)
    User.objects.exclude(pk=ally.user_id).update(is_active=False)
    assert reached_by(ally) is None


def test_the_fifth_after_four_known_ones_does_not_show_in_how_far_it_went(ally: Ally):
    for number in range(4):
        make_ally(f"Known {number}", invited_by=ally)
    said = []
    for more in (1, 3, 1):
        quiet_ones(more, invited_by=ally)
        said.append(reached_by(ally))
    assert said == [None, None, 9]


def test_an_inviter_is_shown_to_whom_they_brought_by_the_name_they_asked_by_or_not_at_all(ally: Ally):
    mine = say(owner=ally, words="", is_signed=True)
    bo = make_ally("Bo Finch")
    redeem(invitation=mine, joined=bo)
    seen = [inviter_of(bo)]
    say(owner=ally, words="", is_signed=False)
    seen.append(inviter_of(bo))
    say(owner=ally, words="", is_signed=True)
    for visibility in (Visibility.QUIET, Visibility.ALIAS):  # an alias taken later would stand beside the known name
        me = Ally.objects.get(pk=ally.pk)
        change_appearance(ally=me, timezone="", name=me.name, alias="Night Ferry", visibility=visibility)
        seen.append(inviter_of(bo))
    assert seen == [ally, None, None, None]
