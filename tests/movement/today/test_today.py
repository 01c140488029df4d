import pytest
from django.utils import timezone

from movement import today
from movement.allies.models import Ally
from movement.today import Card, Step
from tests.cast import client_of, make_ally

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_mine(monkeypatch):
    """The steps of this part alone, whatever the higher floors have registered."""
    mine = {name: step for name, step in today._steps.items() if name in ("chapter-one", "find-allies", "invite")}
    monkeypatch.setattr(today, "_steps", mine)
    monkeypatch.setattr(today, "_cards", {})


def shown_step(ally: Ally) -> str | None:
    step = client_of(ally).get("/me/").context["step"]
    return step.name if step else None


def test_a_newcomer_sees_exactly_one_thing_to_do_next(only_mine, ally: Ally):
    page = client_of(ally).get("/me/").content.decode()
    assert page.count('class="do-now') == 1
    assert "Read the first chapter" in page


def test_the_steps_follow_one_another_until_none_is_left(only_mine, ally: Ally):
    client, seen = client_of(ally), []
    while step := shown_step(ally):
        seen.append(step)
        assert client.post(f"/me/steps/{step}/")["Location"] == "/me/"
    assert seen == ["chapter-one", "find-allies", "invite"]
    assert set(ally.steps_taken.values_list("name", flat=True)) == set(seen)


def test_a_step_that_left_its_mark_is_not_asked_for(only_mine, ally: Ally):
    client = client_of(ally)
    for name in ("chapter-one", "find-allies"):
        client.post(f"/me/steps/{name}/")
    make_ally("Bo Finch", invited_by=ally)
    assert shown_step(ally) is None


def test_saying_it_twice_is_saying_it_once(ally: Ally):
    client = client_of(ally)
    client.post("/me/steps/chapter-one/")
    client.post("/me/steps/chapter-one/")
    assert ally.steps_taken.count() == 1


def test_an_unknown_step_is_not_found(ally: Ally):
    assert client_of(ally).post("/me/steps/nonsense/").status_code == 404
    assert client_of(ally).get("/me/steps/chapter-one/").status_code == 405


def test_cards_stand_in_their_order_and_the_silent_ones_are_left_out(ally: Ally, monkeypatch):
    monkeypatch.setattr(today, "_cards", {})
    for name, position, said in (("b", 2, {"x": 1}), ("a", 1, {"x": 2}), ("silent", 0, None)):
        today.register(Card(name=name, template="t.html", gather=lambda _ally, said=said: said, position=position))
    assert [(card["name"], card["card"]) for card in today.gather(ally, "row")] == [("a", {"x": 2}), ("b", {"x": 1})]


def test_the_question_follows_the_one_thing_to_do_and_leaves_a_newcomer_with_their_step(ally: Ally, monkeypatch):
    def order(*wanted: str) -> list[str]:
        page = client_of(ally).get("/me/").content.decode()
        return sorted(wanted, key=page.index)

    step = Step(name="first", position=1, meta="m", title="First of all", text="t", url="/x/", label="l")
    monkeypatch.setattr(today, "_steps", {"first": step})
    assert order("First of all", "What did you do?", "Your week") == ["First of all", "Your week", "What did you do?"]
    client_of(ally).post("/me/steps/first/")
    assert order("Your week", "What did you do?", "do-now") == ["do-now", "What did you do?", "Your week"]


def test_the_greeting_follows_the_clock_of_the_one_who_reads(ally: Ally):
    greetings = {}
    for zone in ("Pacific/Kiritimati", "America/New_York", "Europe/London"):
        ally.user.timezone = zone
        ally.user.save()
        hour = timezone.localtime(timezone.now(), timezone=__import__("zoneinfo").ZoneInfo(zone)).hour
        expected = "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"
        greetings[zone] = (client_of(ally).get("/me/").context["greeting"], expected)
    assert all(said == expected for said, expected in greetings.values())


def test_only_stewards_see_what_is_left_to_set_up(ally: Ally, steward):
    Ally.objects.create(user=steward, name="Stella Wick", visibility="open")
    assert "Setting up" in client_of(steward).get("/me/").content.decode()
    assert "Setting up" not in client_of(ally).get("/me/").content.decode()


def test_whoever_is_welcomed_already_goes_to_today(ally: Ally):
    assert client_of(ally).get("/welcome/")["Location"] == "/me/"


def test_a_step_of_a_higher_floor_takes_its_place(only_mine, ally: Ally):
    words = {"meta": "m", "title": "First of all", "text": "t", "url": "/x/", "label": "l"}
    today.register_step(Step(name="first", position=1, **words, done=lambda ally: Ally.objects.none()))
    assert shown_step(ally) == "first"
