"""The canary: whoever chose to be quiet, or known by an alias, is named on no page that somebody else can open."""

import pytest
from django.test import Client
from django.urls import reverse

from conversation.hosts import target_of
from conversation.services import Words, place
from movement.allies.models import Ally, Visibility
from movement.permissions import name_of
from movement.personas.models import Audience
from tests import cast
from tests.clubs.worlds import a_member
from tests.movement.worlds import make_action, make_card
from tests.permissions.matrix import EVERYONE
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db

ABOUT = "Collects brass sextants"
#: What a search finds these people by, if it does; it repeats only what was asked for.
SEARCHES = ["Zephyrine", "brass", "Otterline", "copper"]


def take_part(ally: Ally, world) -> list[str]:
    """Does what allies do wherever a name could show. Returns the addresses of what they made."""
    a_member(world.club, ally)
    make_action(ally, text="Moved the ladder.")
    card = make_card(ally, name="Ottilie", audience=Audience.ALLIES)
    if name := name_of(ally.user):
        place(target=target_of(world.article), user=ally.user, words=Words(name=name, text="So it is.", press=""))
    return [
        reverse("movement:ally", kwargs={"id": ally.public_id}),
        reverse("movement:persona", kwargs={"id": card.pk}),
    ]


@pytest.fixture
def hidden(world) -> dict[str, tuple[Ally, list[str]]]:
    """An ally of each kind, with what nobody else may read of them."""
    quiet = cast.make_ally(
        "Zephyrine Quillfeather",
        email="zq.unseen@larkfield.example",
        unit=world.unit,
        alias="Velvet Heron",
        about=ABOUT,
        visibility=Visibility.QUIET,
    )
    known = cast.make_ally(
        "Otterline Brackwater",
        email="ob.masked@larkfield.example",
        unit=world.unit,
        alias="Copper Lantern",
        visibility=Visibility.ALIAS,
    )
    return {
        "quiet": (quiet, ["Quillfeather", "zq.unseen", "Velvet Heron", "brass sextants"]),
        "alias": (known, ["Brackwater", "ob.masked"]),
    }


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_nobody_else_finds_them(role, world, clients, hidden):
    made = [path for ally, _strings in hidden.values() for path in take_part(ally, world)]
    asked = [f"/search/?q={word}" for word in SEARCHES] + [f"/allies/?q={word}" for word in SEARCHES]
    paths = [path for path in addresses(world) if not path.startswith("/cms/")] + made + asked
    strings = [string for _ally, some in hidden.values() for string in some]
    found = [
        f"{path}: {string}"
        for path, answer in walk(clients[role](), paths)
        for string in strings
        if string in text_of(answer)
    ]
    assert found == []


def test_they_find_themselves_so_the_canary_sings(world, hidden):
    for ally, strings in hidden.values():
        take_part(ally, world)
        seen = "".join(text_of(answer) for _path, answer in walk(cast.client_of(ally), addresses(world)))
        assert [string for string in strings if string not in seen] == []


def test_the_alias_is_what_others_meet(world, hidden, clients: dict[str, Client]):
    known, _strings = hidden["alias"]
    take_part(known, world)
    naming = [path for path, answer in walk(clients["ally"](), addresses(world)) if "Copper Lantern" in text_of(answer)]
    assert {"/allies/", "/actions/"} <= set(naming)
