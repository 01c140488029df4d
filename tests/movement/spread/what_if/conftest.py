import pytest

from movement.allies.models import Ally, Unit
from movement.spread.estimating import estimate_all
from tests.cast import make_ally
from tests.movement.spread.test_estimates import months, steady


@pytest.fixture
def place(organisation) -> dict[str, Unit]:
    """Two departments that are counted, and one that could begin."""
    months(organisation["finance"], steady(6, 14))
    months(organisation["field-service"], steady(7, 14))
    months(organisation["customer-support"], [2] * 14, headcount=100)
    estimate_all(draws=40)
    return organisation


@pytest.fixture
def ada(organisation) -> Ally:
    return make_ally("Ada Larkin")
