import pytest

from movement.allies.models import Ally
from movement.invitations.models import Invitation, Redemption
from movement.invitations.queries import brought_by
from movement.invitations.services import NoSuchInvitation, find, open_invitation, redeem, replace
from tests.cast import make_ally

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(ally: Ally) -> Invitation:
    return open_invitation(owner=ally)


def test_an_invitation_is_made_once(ally: Ally, invitation: Invitation):
    assert open_invitation(owner=ally) == invitation


def test_accepting_an_invitation_records_who_brought_them(ally: Ally, invitation: Invitation):
    bo = make_ally("Bo Finch")
    assert redeem(code=invitation.code, joined=bo) == ally
    bo.refresh_from_db()
    assert (bo.invited_by, Redemption.objects.get().joined) == (ally, bo)


def test_who_brought_somebody_never_changes(ally: Ally, invitation: Invitation, organiser: Ally):
    bo = make_ally("Bo Finch")
    redeem(code=invitation.code, joined=bo)
    assert redeem(code=open_invitation(owner=organiser).code, joined=bo) is None
    bo.refresh_from_db()
    assert (bo.invited_by, Redemption.objects.count()) == (ally, 1)


def test_nobody_invites_themselves_or_the_one_who_brought_them(ally: Ally, invitation: Invitation):
    bo = make_ally("Bo Finch")
    redeem(code=invitation.code, joined=bo)
    assert redeem(code=invitation.code, joined=ally) is None
    assert redeem(code=open_invitation(owner=bo).code, joined=ally) is None
    ally.refresh_from_db()
    assert ally.invited_by is None


def test_a_replaced_link_leads_nowhere(ally: Ally, invitation: Invitation):
    new = replace(owner=ally)
    with pytest.raises(NoSuchInvitation):
        find(code=invitation.code)
    assert find(code=new.code) == new
    assert redeem(code=invitation.code, joined=make_ally("Bo Finch")) is None


def test_the_invitation_of_somebody_who_left_leads_nowhere(ally: Ally, invitation: Invitation):
    ally.user.is_active = False
    ally.user.save()
    with pytest.raises(NoSuchInvitation):
        find(code=invitation.code)


def test_only_those_who_are_open_are_named_to_their_inviter(ally: Ally, alias_ally: Ally, quiet_ally: Ally):
    bo = make_ally("Bo Finch")
    Ally.objects.exclude(pk=ally.pk).update(invited_by=ally)
    assert (brought_by(ally).shown, brought_by(ally).others) == ([bo], None)


def test_the_others_are_counted_from_five_up(ally: Ally):
    for number in range(5):
        make_ally(f"Quiet {number}", email=f"q{number}@larkfield.example", visibility="quiet", invited_by=ally)
    assert brought_by(ally).others == 5
