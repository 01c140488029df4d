import pytest

from accounts.models import SignupPolicy
from accounts.services import make_steward
from content.settings import OrganisationSettings
from movement.allies.models import Ally
from movement.checklist import marks
from tests.cast import client_of, make_ally, make_unit

pytestmark = pytest.mark.django_db


def done() -> dict[str, bool]:
    return {mark.item.name: mark.done for mark in marks()}


def test_an_empty_organisation_has_everything_before_it():
    assert done() == {"organisation": False, "units": False, "signup": False, "invitations": False}


def test_each_thing_is_marked_once_it_is_done_and_then_the_list_goes(ally: Ally):
    settings = OrganisationSettings.current()
    settings.name = "Larkfield Instruments"
    settings.save()
    assert done() == {"organisation": True, "units": True, "signup": False, "invitations": False}
    SignupPolicy.objects.create(decided=True)
    make_ally("Bo Finch", invited_by=ally)
    assert done() == {}


def test_the_demo_is_set_up_already():
    settings = OrganisationSettings.current()
    settings.is_demo = True
    settings.save()
    assert marks() == []


def test_every_item_leads_the_first_steward_somewhere(admin):
    steward, _link = make_steward(email="first@larkfield.example")
    Ally.objects.create(user=steward, name="Stella Wick", visibility="open")
    client = client_of(admin)  # rights on content's settings are granted with its pages
    Ally.objects.create(user=admin, name="Adrian Poole", visibility="open")
    make_unit("Serve")
    for mark in marks():
        assert client.get(mark.url, follow=True).status_code == 200
    assert client_of(steward).get("/cms/units/").status_code == 200
