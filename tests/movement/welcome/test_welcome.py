"""Three steps, each of which may be skipped, and then one thing to do."""

import pytest

from movement.allies.models import Ally, Visibility
from postbox import discretion, kinds
from postbox.models import Preference
from tests.cast import client_of, person

pytestmark = pytest.mark.django_db
FIRST = {"name": "Wren Saltmarsh", "visibility": "open", "alias": "", "timezone": "Europe/Berlin"}


@pytest.fixture
def client(db):
    return client_of(person("w@larkfield.example"))


def test_who_skips_every_step_is_quiet_and_finds_one_thing_to_do(client):
    steps = [client.post("/welcome/", {"skip": "1", "timezone": "Asia/Tokyo"})["Location"]]
    assert client.get(steps[-1]).status_code == client.get("/welcome/letters/").status_code == 200
    steps.append(client.post("/welcome/letters/", {"skip": "1"})["Location"])
    me = Ally.objects.select_related("user").get()
    assert steps == ["/welcome/work/", "/me/"]
    assert (me.visibility, me.name, me.unit, me.user.timezone) == (Visibility.QUIET, "", None, "Asia/Tokyo")
    page = client.get("/me/").content.decode()
    assert (page.count('class="do-now'), "You are in." in page, Preference.objects.count()) == (1, True, 0)


def test_one_can_go_back_and_say_it_otherwise_until_the_last_step(client):
    client.post("/welcome/", FIRST)
    assert 'value="Wren Saltmarsh"' in client.get("/welcome/").content.decode()
    client.post("/welcome/", FIRST | {"name": "Wren S.", "visibility": "quiet"})
    client.post("/welcome/letters/", {"how": "now"})
    assert (Ally.objects.get().name, Ally.objects.get().visibility) == ("Wren S.", "quiet")
    assert client.get("/welcome/")["Location"] == "/me/"


def test_what_was_typed_stays_when_a_step_is_not_in_order(client):
    wrong = client.post("/welcome/", FIRST | {"visibility": "alias", "alias": "Wren"})
    assert (wrong.status_code, Ally.objects.count()) == (422, 0)
    assert [word for word in ("close to your name", "Wren Saltmarsh", "Europe/Berlin") if word not in wrong.text] == []
    client.post("/welcome/", FIRST)
    wrong = client.post("/welcome/work/", {"unit": "nowhere", "role": "Keeps the keys"})
    assert (wrong.status_code, "Keeps the keys" in wrong.text) == (422, True)
    wrong = client.post("/welcome/letters/", {"how": "always", "discreet": "on"})
    assert (wrong.status_code, "checked" in wrong.text) == (422, True)


def test_the_last_step_says_it_for_every_kind(client):
    client.post("/welcome/", FIRST)
    client.post("/welcome/letters/", {"how": "digest", "discreet": "on"})
    chosen = dict(Preference.objects.values_list("kind", "how"))
    assert chosen == {kind.name: "digest" if kind.digest else "now" for kind in kinds.choosable()}
    assert discretion.is_discreet("w@larkfield.example")
