"""Canaries of the cards: what one wrote for oneself, what a card said before, and what two said of how it goes."""

import pytest

from movement.personas.ratings import rate
from movement.personas.services import change_card
from movement.personas.tying import ask, confirm
from tests import cast
from tests.movement.worlds import make_card, make_pair
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db

PRIVATE, EARLIER, BETWEEN, WAITING = "the vermilion ledger", "the sour quince", "the plover list", "the heron sheet"
#: How a rating is told: to who gave it, and once both have.
MINE, BOTH = "You said “very well”", "said “very well” and"


@pytest.fixture
def paths(world) -> list[str]:
    """Every address, and those of four cards of "ally": one of their own, one with a version from before "organiser"
    was asked, one that both rated, and one that waits."""
    owner, other = world.ally, world.organiser
    mine = make_card(owner, want=PRIVATE)
    changed = make_card(owner, want=EARLIER)
    change_card(card=changed, edition=1, want="figs")
    ask(card=changed, ally=other)
    confirm(card=changed, by=other, edition=2)
    rated = make_pair(owner, other, want=BETWEEN)
    rate(card=rated, by=owner, mark=5)
    waiting = make_pair(owner, other, agreed=False, want=WAITING)
    cards = [f"/personas/{card.pk}/{part}" for card in (mine, changed, rated, waiting) for part in PARTS]
    searched = [f"/search/?q={word}" for word in ("vermilion", "quince", "plover", "heron")]
    return [path for path in addresses(world) if not path.startswith("/cms/")] + cards + searched


PARTS = ("", "edit/", "history/", "print/", "card.svg")


def found(client, paths: list[str]) -> set[str]:
    read = "".join(text_of(answer) for _path, answer in walk(client, paths))
    return {
        said
        for said in (PRIVATE, EARLIER, BETWEEN, WAITING, "You said “very well”", "said “very well” and")
        if said in read
    }


@pytest.mark.parametrize("role", ["visitor", "newcomer", "alias_ally", "member", "steward", "admin"])
def test_nobody_else_reads_them(role, paths, clients):
    assert found(clients[role](), paths) == set()


def test_the_other_end_reads_what_is_theirs_and_no_rating_before_their_own(world, paths):
    assert found(cast.client_of(world.organiser), paths) == {BETWEEN, WAITING}


def test_their_owner_reads_them_so_the_canary_sings(world, paths):
    assert found(cast.client_of(world.ally), paths) == {PRIVATE, EARLIER, BETWEEN, WAITING, MINE}
