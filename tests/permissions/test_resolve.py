"""The canary of what is one's own alone: the note to oneself, a decision kept back, whom one was reminded of.

On no page of anybody else, in nobody else's parcel, and nowhere in the CMS, its history included.
"""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from accounts.services import export_person
from movement.decisions.asking import ask
from movement.decisions.models import Decision
from movement.resolve.coming_back import bring_back
from movement.resolve.hellos import Hello
from movement.resolve.models import SelfNote
from tests import cast
from tests.movement.worlds import make_decision, make_note
from tests.permissions.matrix import EVERYONE, OWNER
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db

OWN = ["the wren in the rafters", "the otter at noon", "the vole said so"]
CMS = ["/cms/", "/cms/reports/site-history/", "/cms/reports/", "/cms/users/"]


@pytest.fixture
def kept(world) -> list[str]:
    """All of it comes back, is asked about, and stands open."""
    make_note(world.ally, f"Because of {OWN[0]}.")
    decision = make_decision(world.ally, f"Do we follow {OWN[1]}?", audience="only_me", background=f"Since {OWN[2]}.")
    SelfNote.objects.update(due_on="2020-01-01")
    Decision.objects.update(ask_on="2020-01-01")
    assert bring_back() >= 1
    assert ask() >= 1
    return [decision.get_absolute_url(), f"{decision.get_absolute_url()}happened/", "/search/?q=otter"]


@pytest.mark.parametrize("role", sorted(EVERYONE - OWNER))
def test_nobody_else_reads_it(role, world, kept, clients):
    paths = [*addresses(world), *kept, *CMS]
    # The letterbox of a trial shows all letters, whosever.
    found = [
        f"{path}: {word}"
        for path, answer in walk(clients[role](), [path for path in paths if not path.startswith("/mails/")])
        for word in OWN
        if word in text_of(answer)
    ]
    assert found == []
    person = getattr(world, role, None)
    if person is not None:
        parcel = json.dumps(export_person(user=getattr(person, "user", person)), cls=DjangoJSONEncoder)
        assert not [word for word in OWN if word in parcel]


def test_its_owner_reads_all_of_it_so_the_canary_sings(world, kept):
    seen = "".join(text_of(answer) for _path, answer in walk(cast.client_of(world.ally), [*addresses(world), *kept]))
    assert [word for word in OWN if word not in seen] == []


def test_whom_an_ally_was_reminded_of_is_in_nobodys_sight_but_theirs(world, clients):
    hello = Hello.objects.get(pk=world.hello.pk)
    named = clients["alias_ally"]()
    assert all("hello-h" not in text_of(answer) for _path, answer in walk(named, ["/me/", "/me/notifications/"]))
    assert "movement.Hello" not in export_person(user=hello.other.user)
    assert hello.other.shown_name in text_of(cast.client_of(world.ally).get("/me/"))
