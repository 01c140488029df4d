"""A note written in the open never gets the alias that its writer takes later."""

import pytest

from clubs.discussion.models import Note
from tests.cast import make_ally
from tests.clubs.worlds import clubs_world

pytestmark = pytest.mark.django_db


def test_an_alias_taken_later_does_not_stand_beside_an_older_note():
    names = {"ally": "Ada Larkin", "organiser": "Orla Penrose", "member": "Milo Ferrant"}
    people = {role: make_ally(name) for role, name in names.items()}
    world = clubs_world(people)
    milo = people["member"]
    note = Note.objects.create(
        section=world["section"], membership=milo.memberships.get(club=world["club"]), text="Mine."
    )
    assert note.signed == "Milo Ferrant"
    milo.visibility, milo.alias = "alias", "Zinc Lantern"
    milo.appears_anew()
    milo.save()
    assert Note.objects.get(pk=note.pk).signed is None
