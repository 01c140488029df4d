"""A hundred people press the button of a single-use invitation at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accounts.models import Mode, SignupPolicy, User
from movement.allies.models import Ally
from movement.invitations.letters import write_to
from movement.invitations.models import Invitation, Redemption
from movement.services import NoSeat, become_ally
from tests import cast

PEOPLE, AT_ONCE = 100, 20


@pytest.mark.django_db(transaction=True)
def test_redeeming_a_single_use_invitation_a_hundred_times_at_once_joins_one():
    """Where people join by invitation only, the other ninety-nine have not joined at all."""
    SignupPolicy.objects.create(mode=Mode.INVITATION)
    ada = cast.make_ally("Ada Larkin")
    invitation = write_to(owner=ada, email="one@larkfield.example", words="")
    users = User.objects.bulk_create(User(email=f"p{n}@larkfield.example", password="!") for n in range(PEOPLE))
    start = Barrier(AT_ONCE)

    def come_in(user: User) -> bool:
        """Each first lot of threads waits for the others, so that they really meet."""
        try:
            if user in users[:AT_ONCE]:
                start.wait()
            become_ally(user=user, invitation=invitation, timezone="UTC", name="", alias="", visibility="quiet")
        except NoSeat:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        came = sum(pool.map(come_in, users))
    assert (Invitation.objects.get(pk=invitation.pk).taken, Redemption.objects.count()) == (1, 1)
    assert Ally.objects.filter(invited_by=ada).count() == 1
    assert (came, Ally.objects.exclude(pk=ada.pk).count()) == (1, 1)
