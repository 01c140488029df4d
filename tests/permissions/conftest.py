"""The world that the matrix is walked in, and a way in for each role."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from movement.allies.models import Ally, Visibility
from tests import cast
from tests.permissions.matrix import EVERYONE
from tests.permissions.world import make_world


@pytest.fixture
def people(organisation) -> dict[str, object]:
    """Everybody of the matrix by role; "visitor" and "unverified" have no login that works."""
    support, finance = organisation["customer-support"], organisation["finance"]
    found: dict[str, object] = {
        "visitor": None,
        "newcomer": cast.person("newcomer@larkfield.example"),
        "ally": cast.make_ally("Ada Larkin", unit=organisation["field-service"]),
        "alias_ally": cast.make_ally("Basil Thorne", unit=finance, alias="Night Ferry", visibility=Visibility.ALIAS),
        "quiet_ally": cast.make_ally("Quenby Marsh", unit=finance, visibility=Visibility.QUIET),
        "member": cast.make_ally("Milo Ferrant", unit=support),
        "organiser": cast.make_ally("Orla Penrose", unit=support),
        "admin": cast.person("admin@larkfield.example", is_staff=True, is_superuser=True),
    }
    for role, name in (("author", "Auden Vale"), ("editor", "Edith Marlow"), ("steward", "Stella Wick")):
        user = cast.person(f"{role}@larkfield.example", name=name, groups=(f"{role}s",))
        found[role] = Ally.objects.create(user=user, name=name, unit=support, visibility=Visibility.OPEN)
    cast.person("unverified@larkfield.example", verified=False)
    found["unverified"] = None
    assert found.keys() == EVERYONE
    return found


@pytest.fixture
def world(site_pages, people) -> SimpleNamespace:
    return make_world(people)


@pytest.fixture
def clients(people) -> dict[str, Callable[[], Client]]:
    return {role: (lambda someone=someone: cast.client_of(someone)) for role, someone in people.items()}
