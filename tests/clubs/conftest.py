import pytest

from clubs.groups.models import Access, Club, Membership
from movement.allies.models import Ally
from tests.cast import make_ally
from tests.clubs.worlds import a_club, a_member


@pytest.fixture
def club(organiser: Ally) -> Club:
    return a_club(organiser)


@pytest.fixture
def member(club: Club) -> Membership:
    return a_member(club, make_ally("Milo Ferrant"))


@pytest.fixture
def private_club(organiser: Ally) -> Club:
    return a_club(organiser, name="The Low Shelf", access=Access.PRIVATE)
