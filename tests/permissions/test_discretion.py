"""The canary: whoever chose to be quiet, or known by an alias, is named on no page that somebody else can open."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conversation.hosts import target_of
from conversation.services import Words, place
from movement.allies.models import Ally, Visibility
from movement.definitions.models import Definition
from movement.definitions.services import define
from movement.permissions import name_of
from movement.personas.models import Audience
from tests import cast
from tests.clubs.worlds import a_member
from tests.movement.worlds import make_action, make_card, make_note
from tests.permissions.matrix import EVERYONE
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db

ABOUT = "Collects brass sextants"
#: Theirs alone, whoever they are.
NOTE, UNSHOWN = "the evening of the lost pallet", "whoever waits for us waits in the rain"
#: What a search finds these people by, if it does; it repeats only what was asked for.
SEARCHES = ["Zephyrine", "brass", "Otterline", "copper"]


def take_part(ally: Ally, world) -> list[str]:
    """Does what allies do wherever a name could show. Returns the addresses of what they made."""
    a_member(world.club, ally)
    make_action(ally, text="Moved the ladder.")
    card = make_card(ally, name="Ottilie", audience=Audience.ALLIES)
    make_note(ally, f"Because of {NOTE}.")
    # A quiet one cannot show it; were the row there all the same, it would stay theirs.
    Definition.objects.create(ally=ally, text=f"Because {UNSHOWN}.", shown_at=shown_at_of(ally))
    if name := name_of(ally.user):
        place(target=target_of(world.article), user=ally.user, words=Words(name=name, text="So it is.", press=""))
    return [
        reverse("movement:ally", kwargs={"id": ally.public_id}),
        reverse("movement:persona", kwargs={"id": card.pk}),
    ]


def shown_at_of(ally: Ally) -> datetime | None:
    return timezone.now() if ally.visibility == Visibility.QUIET else None


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
        "quiet": (quiet, ["Quillfeather", "zq.unseen", "Velvet Heron", "brass sextants", NOTE, UNSHOWN]),
        "alias": (known, ["Brackwater", "ob.masked", NOTE, UNSHOWN]),
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
    define(ally=known, text="We hold the lantern for the next one.", show=True)
    naming = [path for path, answer in walk(clients["ally"](), addresses(world)) if "Copper Lantern" in text_of(answer)]
    assert {"/allies/", "/actions/", "/definitions/"} <= set(naming)
