"""What an answer says: from published figures alone, in words that hold."""

import pytest

from movement.spread import estimates, safety
from movement.spread.estimating import estimate_all
from movement.spread.methods import ranges
from movement.spread.methods.ranges import Likelihood
from movement.spread.models import Estimate, UnitSnapshot
from movement.spread.what_if.computing import tell
from movement.spread.what_if.models import FittedDraws, Scenario
from tests.cast import client_of
from tests.movement.spread.test_estimates import LAST, months, steady
from tests.movement.spread.what_if.asking import WISH, answered, words

pytestmark = pytest.mark.django_db


def test_inviting_and_beginning_bring_more(place, ada):
    told = answered(ada)
    assert told["begun"] == 1
    assert told["more"][0] > 0
    assert told["band"][-1][1] > told["base"][-1][1]
    assert all(end % 5 == 0 for ends in told["band"] + told["base"] for end in ends)


def test_wishing_for_nothing_changes_nothing(place, ada):
    told = answered(ada, invited=0, new_units=0)
    assert told["band"] == told["base"]
    assert told["more"] == [0, 0]
    assert "This would change nothing" in client_of(ada).get("/spread/what-if/0-50-0/").content.decode()


def test_everybody_within_reach_is_said_in_words_and_never_passed(place, ada):
    told = answered(ada, invited=200, accepted=100, new_units=10)
    most = told["most"]
    people = UnitSnapshot.objects.filter(month=LAST).values_list("headcount", flat=True)
    everybody = sum(people) * 80 // 100
    assert (most, told["band"][-1]) == (everybody // 5 * 5, [most] * 3)
    assert max(end for ends in told["base"] + told["band"] for end in ends) <= everybody
    said = words(ada, "200-100-10")
    assert f"With this, everybody within reach ({most} allies) in June 2027" in said
    assert f"between {most}" not in said


@pytest.mark.parametrize(
    ("last", "more", "said"),
    [
        ([300, 320, 400], [5, 90], "between 300 allies and everybody within reach (400) in June 2027"),
        ([300, 300, 300], [15, 15], "about 300 allies in June 2027"),
        ([300, 300, 300], [15, 15], ": about 15 more."),
        ([300, 320, 350], [5, 90], "between 300 and 350 allies in June 2027"),
    ],
)
def test_a_range_without_width_is_told_as_one_number(place, ada, last, more, said):
    told = answered(ada)
    told |= {"most": 400, "more": more, "band": [*told["band"][:-1], last]}
    Scenario.objects.update(told=told)
    assert said in words(ada, "20-50-1")


@pytest.mark.parametrize(
    ("wish", "said", "unsaid"),
    [
        ((0, 50, 0), "Nothing is changed", "invitations a month"),
        ((0, 50, 1), "One department more begins", "invitation"),
        ((5, 0, 0), "5 more invitations a month, none of them accepted.", "department"),
        ((1, 50, 0), "One more invitation a month, accepted 50 times in a hundred.", "department"),
        ((5, 50, 0), "5 more invitations a month, of which 50 in a hundred are accepted.", "department"),
    ],
)
def test_what_was_not_wished_for_is_left_out(place, ada, wish, said, unsaid):
    answered(ada, **dict(zip(WISH, wish, strict=True)))
    text = words(ada, "-".join(map(str, wish)))
    assert (said in text, unsaid in text) == (True, False)


def test_no_more_departments_begin_than_are_left(place, ada):
    assert answered(ada, new_units=7)["begun"] == 1
    assert "No more are left to begin in." in client_of(ada).get("/spread/what-if/20-50-7/").content.decode()


def test_the_answer_depends_on_published_figures_alone(place, ada):
    """Other exact counts that are published the same, now and in every month before: not a digit changes."""
    ahead = estimates.read().ahead
    before = answered(ada)
    UnitSnapshot.objects.filter(unit=place["customer-support"]).update(allies=4)
    for row in UnitSnapshot.objects.filter(unit__in=[place["finance"], place["field-service"]]):
        told = safety.cell(row.allies, row.headcount)
        row.allies = told.low if row.allies != told.low else told.high
        row.save()
    FittedDraws.objects.all().delete()
    Estimate.objects.all().delete()
    estimate_all(draws=40)
    assert tell(ahead, Scenario.objects.get()) == before


def test_who_asks_waits_for_no_fit_and_where_no_draws_are_kept_they_are_found_again(organisation, ada, monkeypatch):
    months(organisation["finance"], steady(6, 14))
    fits = []
    monkeypatch.setattr(ranges, "Likelihood", lambda told: fits.append(told) or Likelihood(told))
    estimate_all()
    assert len(fits) == 1
    told = answered(ada, new_units=0)
    assert len(fits) == 1
    FittedDraws.objects.all().delete()
    assert tell(estimates.read().ahead, Scenario.objects.get()) == told
    assert (len(fits), FittedDraws.objects.count()) == (2, 1)
