"""Units in the CMS: taking one away."""

import pytest

from accounts.roles import ensure_roles
from movement.allies.models import Ally, Unit
from tests.cast import client_of, make_ally, make_unit

pytestmark = pytest.mark.django_db
SENTENCE = "People or departments still belong to it. Move them first."


@pytest.fixture
def desk(steward):
    """A steward's browser."""
    ensure_roles()
    return client_of(steward)


def test_a_unit_that_others_belong_to_stays_and_no_number_is_said(desk, organisation):
    for name in ("Ada Larkin", "Basil Thorne"):
        make_ally(name, unit=organisation["finance"])
    for unit in (organisation["finance"], organisation["serve"]):
        asked = desk.get(f"/cms/units/delete/{unit.pk}/").content.decode()
        assert ("time" in asked.split("Are you sure")[1], "Ada" in asked) == (False, False)
        page = desk.post(f"/cms/units/delete/{unit.pk}/", follow=True)
        assert (page.status_code, SENTENCE in page.content.decode()) == (200, True)
    assert (Unit.objects.count(), Ally.objects.filter(unit=organisation["finance"]).count()) == (6, 2)


def test_an_empty_unit_goes(desk):
    unit = make_unit("Legal")
    assert desk.post(f"/cms/units/delete/{unit.pk}/")["Location"] == "/cms/units/"
    assert not Unit.objects.exists()


def test_a_division_of_an_absurd_number_is_refused_in_the_form(desk):
    unit = make_unit("Legal")
    answer = desk.post(
        f"/cms/units/edit/{unit.pk}/", {"name": "Legal", "headcount": 1, "position": 1, "parent": "9" * 25}
    )
    assert (answer.status_code, "Select a valid choice" in answer.content.decode()) == (200, True)
