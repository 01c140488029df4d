"""Every published figure has its place among what the attacker knows, or a reason why it tells of nobody in a unit. Who
adds one says here where."""

from movement.allies.models import Unit
from movement.spread import estimates, files
from movement.spread.figures import UnitName
from movement.spread.models import UnitSnapshot
from movement.spread.publishing import FIELDS, Row, edition, publish, published
from movement.spread.second_ally.services import NAME
from tests.movement.spread.organisations import made_up

PLAYED = "in `Organisation.publish`: worlds that differ in it are told apart"
FROM_TOLD = "worked out from what is played, and from nothing else"
OF_ALL = "of the whole organisation alone, once a month; never of a unit"


OF_A_UNIT = {
    "name": FROM_TOLD,
    "slug": FROM_TOLD,
    "headcount": "anybody may know it",
    "kind": PLAYED,
    "allies": PLAYED,
    "percent": PLAYED,
    "is_reached": PLAYED,
    "active": PLAYED,
    "ties": "played, and bounded: no more than people to be tied to (`knowledge._add_ties`)",
    "actions": "only where five are active; one person may have done all of them, so it bounds no count",
    "clubs": "only where five are active; one person may sit in all of them",
    "meetings": "only where five are active; one person may have been at all of them",
}
KEPT = {
    estimates.SPREAD: PLAYED,
    estimates.TREE: PLAYED,
    estimates.GROWTH: PLAYED,
    estimates.HEAT: PLAYED,
    estimates.MILES: PLAYED,
    estimates.AHEAD: FROM_TOLD,
    estimates.ROGERS: FROM_TOLD,
    estimates.CARRYING: OF_ALL,
    estimates.STAYING: "of half-years of twenty who joined, to the nearest five in a hundred",
    estimates.DOING: "by week what the wall shows; clubs and meetings of all; active ones as they are played",
    estimates.TIES: "among units whose count is told, so no tie leads to one that hides; bridges by the service map",
    estimates.IDEAS: "played: sums over departments where five tried it",
    estimates.FITTED: "a fingerprint of what is told; no page reads it",
    NAME: "played: the stewards' number (`knowledge._add_second`)",
}
FILES = {
    "coverage": estimates.TREE,
    "months": estimates.GROWTH,
    "heat": estimates.HEAT,
    "ahead": estimates.AHEAD,
    "doing": estimates.DOING,
    "staying": estimates.STAYING,
    "ties": estimates.TIES,
    "ideas": estimates.IDEAS,
    "carrying": estimates.CARRYING,
    "rogers": estimates.ROGERS,
    "milestones": estimates.MILES,
}
#: Files of what is kept elsewhere, and why they tell of nobody.
BESIDE = {"gap": "averages of everybody's pairs together, of five or more, once a month (`personas.gap`)"}


def test_each_figure_of_a_unit_has_its_place():
    of = made_up(3)
    told = published(of.rows(0, of.true)[0], UnitName("", "")).told()
    assert set(told) == set(OF_A_UNIT)


def test_each_estimate_that_is_kept_has_its_place():
    assert set(estimates.ONCE) <= set(KEPT)
    names = {value for name, value in vars(estimates).items() if name.isupper() and isinstance(value, str)}
    assert names | {NAME} == set(KEPT)


def test_each_file_says_what_a_kept_estimate_says():
    assert set(files.FILES) == set(FILES) | set(BESIDE)
    assert set(FILES.values()) <= set(KEPT)


def test_what_is_told_each_month_is_played_whole():
    units = [Unit(pk=1, name="Depot", slug="depot")]
    of = made_up(3)
    rows = [Row(1, None, of.months[0], 30, 6, 5, 7, 3, 2, 9)]
    told = edition([publish(of.months[0], rows, units)], [])
    assert {name for name, how in KEPT.items() if how == PLAYED} == set(told)


def test_what_is_exact_leaves_the_snapshot_by_no_other_door():
    """`there`, `newcomers` and `since` are read by the building of months alone."""
    exact = {field.name for field in UnitSnapshot._meta.fields} - {name.removesuffix("_id") for name in FIELDS} - {"id"}
    assert exact == {"there", "newcomers", "since"}
