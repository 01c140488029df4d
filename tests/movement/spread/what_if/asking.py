"""Asking what if, as an ally and as the worker."""

from lxml import html

from movement.allies.models import Ally
from movement.spread import estimates
from movement.spread.what_if.computing import answer
from movement.spread.what_if.models import Scenario
from movement.spread.what_if.services import ask
from tests.cast import client_of

WISH = {"invited": 20, "accepted": 50, "new_units": 1}
ADDRESS = "/spread/what-if/20-50-1/"


def question(ada: Ally, **wish: int) -> Scenario:
    ahead = estimates.read().ahead
    assert ahead is not None
    return ask(by=ada, ahead=ahead, **WISH | wish).scenario


def answered(ada: Ally, **wish: int) -> dict:
    scenario = question(ada, **wish)
    answer(scenario.pk)
    scenario.refresh_from_db()
    assert scenario.told is not None
    return scenario.told


def words(ada: Ally, path: str) -> str:
    page = html.fromstring(client_of(ada).get(f"/spread/what-if/{path}/").content)
    return " ".join(page.cssselect("#outcome figcaption")[0].text_content().split())
