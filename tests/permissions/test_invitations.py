"""Whom somebody asked, and who came by whom, is known to the two ends of it: a canary for each place it could show."""

import pytest

from movement.allies.models import Ally
from movement.invitations.models import Redemption
from movement.invitations.services import open_invitation
from tests.permissions.matrix import EVERYONE, NOBODY, OWNER
from tests.permissions.walk import addresses, text_of, walk
from tests.permissions.world import INVITED

pytestmark = pytest.mark.django_db

#: By what would be read, who may read it. Of a letter not even its sender sees more than `p•••@…`.
CANARIES = {
    INVITED: NOBODY,
    "unheard plover": NOBODY,  # their own parcel is a ZIP
    "p•••@elsewhere.example": OWNER,
    "supper of the moorhen": OWNER,
    "A wren sang for nobody else": OWNER,
    "You yourself came through": frozenset({"member"}),
    "And at least 5 more": OWNER,
}
#: Where people, counts and what one was told are shown.
PLACES = ("/me/", "/invite/", "/allies/", "/join/", "/spread/", "/search/")


def test_only_the_two_ends_see_who_asked_whom(world, people, clients):
    Ally.objects.filter(pk=world.member.pk).update(invited_by=world.ally)
    Redemption.objects.create(invitation=open_invitation(owner=world.ally), joined=world.member)
    for number in range(5):
        user = type(world.ally.user).objects.create_user(f"quiet{number}@larkfield.example")
        Ally.objects.create(user=user, invited_by=world.ally)
    paths = [path for path in addresses(world) if path.startswith(PLACES)]
    read = {
        role: "".join(text_of(answer) for _path, answer in walk(clients[role](), paths)) for role in sorted(EVERYONE)
    }
    seen = {canary: {role for role in read if canary in read[role]} for canary in CANARIES}
    assert seen == {canary: set(roles) for canary, roles in CANARIES.items()}
