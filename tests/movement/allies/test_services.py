import pytest
from django.db import IntegrityError, transaction

from movement.allies.models import Ally, Unit, Visibility
from movement.allies.services import AliasTaken, change_appearance, welcome
from tests.cast import make_ally, make_unit, person

pytestmark = pytest.mark.django_db
QUIET = {"name": "", "alias": "", "visibility": Visibility.QUIET, "unit": None}


def test_being_welcomed_twice_makes_one_ally():
    user = person("wren@larkfield.example")
    first = welcome(user=user, timezone="Europe/Berlin", **QUIET)
    second = welcome(user=user, timezone="UTC", **QUIET | {"name": "Someone Else"})
    assert first == second
    assert [ally.name for ally in Ally.objects.all()] == [""]


def test_the_welcome_keeps_the_time_zone():
    user = person("wren@larkfield.example")
    welcome(user=user, timezone="Europe/Berlin", **QUIET)
    user.refresh_from_db()
    assert user.timezone == "Europe/Berlin"


def test_the_database_refuses_an_alias_that_looks_like_another(alias_ally: Ally):
    user = person("wren@larkfield.example")
    with pytest.raises(AliasTaken):
        welcome(user=user, timezone="UTC", **QUIET | {"alias": "NIGHT fеrry", "visibility": Visibility.ALIAS})
    assert not Ally.objects.filter(user=user).exists()


def test_changing_to_a_taken_alias_leaves_everything_as_it_was(ally: Ally, alias_ally: Ally):
    with pytest.raises(AliasTaken):
        change_appearance(ally=ally, timezone="UTC", alias="Night-Ferry", visibility=Visibility.ALIAS)
    ally.refresh_from_db()
    assert (ally.alias, ally.visibility) == ("", Visibility.OPEN)


def test_two_allies_may_be_without_an_alias():
    make_ally("Ada Larkin")
    make_ally("Bo Finch")
    assert Ally.objects.filter(alias="").count() == 2


def test_an_ally_does_not_choose_who_invited_them(ally: Ally):
    with pytest.raises(TypeError):
        change_appearance(ally=ally, timezone="UTC", invited_by=ally)


@pytest.mark.parametrize("of_a_division", [True, False])
def test_the_database_refuses_two_units_of_one_name_in_one_place(organisation: dict[str, Unit], of_a_division: bool):
    twin = {"name": "Finance", "division": organisation["run"]} if of_a_division else {"name": "Run"}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_unit(**twin)


def test_two_divisions_may_each_have_a_department_of_one_name(organisation: dict[str, Unit]):
    assert make_unit("Finance", division=organisation["serve"]).slug == "finance-2"
