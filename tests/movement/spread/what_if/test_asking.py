"""What if: asked by a POST, worked out once by the worker."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from movement.allies.models import Ally
from movement.spread import estimates
from movement.spread.estimating import estimate_all
from movement.spread.models import UnitSnapshot
from movement.spread.what_if.computing import answer
from movement.spread.what_if.models import FittedDraws, Scenario
from movement.spread.what_if.services import AN_HOUR, ask, of, sweep
from tests.cast import client_of, make_ally
from tests.movement.spread.test_estimates import LAST, months
from tests.movement.spread.what_if.asking import ADDRESS, WISH, answered, question

pytestmark = pytest.mark.django_db


def test_asking_leads_to_a_page_that_waits_and_then_shows_both_bands(place, ada):
    client = client_of(ada)
    assert client.get(ADDRESS).status_code == 200
    assert not Scenario.objects.exists(), "looking asks nothing"
    assert client.post("/spread/what-if/", WISH)["Location"] == ADDRESS
    waiting = client.get(ADDRESS).content.decode()
    assert 'data-hx-trigger="every 2s"' in waiting
    assert "Look again" in waiting
    answer(Scenario.objects.get().pk)
    page = html.fromstring(client.get(ADDRESS).content)
    told = Scenario.objects.get().told
    text = " ".join(page.text_content().split())
    (low, _middle, high), (now_low, _now, now_high) = told["band"][-1], told["base"][-1]
    expected = f"between {low} and {high} allies in June 2027, where it would be {now_low} to {now_high} as it goes now"
    assert expected in text
    assert len(page.cssselect("figure svg")) == 2
    assert len(page.cssselect("tbody tr")) == 12
    assert "every 2s" not in html.tostring(page).decode()


def test_the_same_question_is_worked_out_once_whoever_asks(place, ada):
    first, again = question(ada), question(make_ally("Bo Finch"))
    assert first == again
    ahead = estimates.read().ahead
    assert not ask(by=ada, ahead=ahead, **WISH).is_new
    answer(first.pk)
    svg = Scenario.objects.get().svg
    answer(first.pk)
    assert Scenario.objects.get().svg == svg
    assert FittedDraws.objects.count() == 1


def test_figures_in_another_order_are_the_same_figures(place):
    """PostgreSQL gives keys back in an order of its own."""
    ahead = estimates.read().ahead
    assert of(ahead) == of(estimates.Ahead(ahead.month, dict(reversed(ahead.told.items()))))


def test_new_figures_are_asked_anew(place, ada):
    old = question(ada)
    UnitSnapshot.objects.filter(unit=place["finance"], month=LAST).update(allies=75)
    estimate_all(draws=40)
    answer(old.pk)
    assert not Scenario.objects.exists(), "its figures are no longer the month's"
    assert question(ada).of != old.of


def test_a_question_left_lying_is_taken_up_again_by_one(place, ada):
    lying = question(ada)
    Scenario.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    ahead = estimates.read().ahead
    assert [ask(by=ada, ahead=ahead, **WISH).is_new for _time in range(2)] == [True, False]
    Scenario.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert "takes longer than usual" in client_of(ada).get(lying.get_absolute_url()).content.decode()


def test_an_ally_asks_so_many_new_ones_an_hour_and_old_ones_always(place, ada):
    client = client_of(ada)
    for number in range(AN_HOUR):
        assert client.post("/spread/what-if/", WISH | {"invited": number}).status_code == 302
    refused = client.post("/spread/what-if/", WISH | {"invited": 99})
    assert refused.status_code == 429
    assert "a lot of new questions" in refused.content.decode()
    assert Scenario.objects.count() == AN_HOUR
    assert client.post("/spread/what-if/", WISH | {"invited": 3}).status_code == 302
    assert client_of(make_ally("Bo Finch")).post("/spread/what-if/", WISH | {"invited": 99}).status_code == 302


def test_the_fields_say_where_they_end_and_their_ends_can_be_wished_for(place, ada):
    """The sliders read them from there."""
    client = client_of(ada)
    page = html.fromstring(client.get("/spread/what-if/").content)
    said = {
        one.name: [one.get(key) for key in ("min", "max", "step", "data-slider")]
        for one in page.cssselect(".wishes [data-slider]")
    }
    assert said == {
        "invited": ["0", "200", "1", "5"],
        "accepted": ["0", "100", "1", "5"],
        "new_units": ["0", "10", "1", "1"],
    }
    for number in (1, 0):
        ends = {name: int(limits[number]) for name, limits in said.items()}
        assert client.post("/spread/what-if/", ends).status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"invited": 201}, {"invited": -1}, {"accepted": 101}, {"new_units": 11}, {"invited": "many"}]
)
def test_what_nobody_can_wish_for_is_said_beside_the_field(place, ada, wrong):
    page = client_of(ada).post("/spread/what-if/", WISH | wrong)
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()
    assert "Not worked out yet." in page.content.decode()
    assert not Scenario.objects.exists()


def test_addresses_of_what_nobody_can_wish_for_lead_nowhere(place, ada):
    client = client_of(ada)
    paths = ["201-50-1", "20-101-1", "20-50-11", f"{10**30}-50-1"]
    assert [client.get(f"/spread/what-if/{path}/").status_code for path in paths] == [404] * 4


def test_while_it_is_too_early_there_is_nothing_to_ask(organisation, ada):
    client = client_of(ada)
    months(organisation["finance"], [1, 3, 6])
    estimate_all(draws=40)
    assert "Too early to say" in client.get("/spread/what-if/").content.decode()
    assert "Too early to say" in client.get(ADDRESS).content.decode()
    assert client.post("/spread/what-if/", WISH).status_code == 422
    assert not Scenario.objects.exists()


def test_htmx_gets_the_piece_and_its_address(place, ada):
    answer_to = client_of(ada).post("/spread/what-if/", WISH, headers={"HX-Request": "true"})
    assert answer_to["HX-Push-Url"] == ADDRESS
    assert answer_to.content.decode().lstrip().startswith('<div id="what-if"')
    assert "<html" not in answer_to.content.decode()


def test_the_figures_can_be_taken_along_once_they_are_there(place, ada):
    client = client_of(ada)
    client.post("/spread/what-if/", WISH)
    assert client.get("/spread/what-if/20-50-1.csv").status_code == 404
    answer(Scenario.objects.get().pk)
    rows = client.get("/spread/what-if/20-50-1.csv").content.decode().splitlines()
    told = Scenario.objects.get().told
    assert rows[1] == ",".join(map(str, ["2026-07", *told["base"][0], *told["band"][0]]))
    assert len(rows) == 13


def test_the_clock_forgets_old_answers(place, ada):
    question(ada)
    question(ada, invited=5)
    Scenario.objects.filter(invited=5).update(asked_at=timezone.now() - timedelta(days=31))
    assert sweep() == 1
    assert Scenario.objects.get().invited == 20


def test_looking_costs_the_same_few_queries_whatever_was_asked(place, ada):
    client = client_of(ada)
    answered(ada)
    client.get(ADDRESS)
    counts = []
    for more in (0, 3, 15):
        for number in range(more):
            question(ada, invited=50 + number)
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESS)
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 6


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_the_same_moment_share_one_question(place):
    """Both get it, and the worker is told once."""
    both, barrier, ahead = [make_ally("Ada Larkin"), make_ally("Bo Finch")], Barrier(2), estimates.read().ahead
    found = []

    def at_once(ally: Ally) -> None:
        barrier.wait()
        found.append(ask(by=ally, ahead=ahead, **WISH))
        connection.close()

    threads = [Thread(target=at_once, args=[ally]) for ally in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(asked.is_new for asked in found) == [False, True]
    assert len({asked.scenario.pk for asked in found}) == 1
    assert date(2026, 6, 1) == Scenario.objects.get().month
