"""What a table says in words: no verdict, ties stay ties, trade-offs have names, what is empty is unknown."""

import pytest

from movement.decisions.lens import make
from movement.decisions.models import Effect, Option, Stakeholder
from movement.decisions.reading import sentences

WHO = {"customers": Stakeholder(pk=1, place=1), "employees": Stakeholder(pk=2, place=2)}


def lens(**options):
    """`a={"customers": (1, 2)}`: the scores now and in a year; None is unknown. A word may follow."""
    made = [Option(pk=place, place=place, text=name.upper()) for place, name in enumerate(options, start=1)]
    effects = [
        Effect(option_id=option.pk, stakeholder_id=WHO[who].pk, when=when, score=score, word=(*said, "", "")[2])
        for option, table in zip(made, options.values(), strict=True)
        for who, said in table.items()
        for when, score in zip(("now", "year"), said, strict=False)
    ]
    return make(made, list(WHO.values()), effects)


def names(options):
    return [one.option.text for one in options]


def test_one_that_helps_most_and_costs_least_is_said_to_do_both():
    read = lens(a={"customers": (1, 2), "employees": (1, 1)}, b={"customers": (0, 0), "employees": (0, -1)})
    assert (names(read.most), names(read.cheapest)) == (["A"], ["A"])
    assert sentences(read) == [
        "“A” helps most, and takes least from others.",
        "By what is weighed so far, nobody pays for “A”.",
    ]


def test_a_trade_off_is_named_with_its_reason():
    read = lens(
        a={"customers": (2, 2), "employees": (-1, -2, "late shifts")}, b={"customers": (0, 0), "employees": (0, 0)}
    )
    assert sentences(read) == [
        "“A” helps most, all taken together, and that has a price; “B” takes least from others.",
        "What “A” trades away: it is worse for Employees (late shifts).",
        "By what is weighed so far, nobody pays for “B”.",
    ]


def test_a_tie_is_a_tie():
    alike = {"customers": (1, 1), "employees": (0, 0)}
    assert sentences(lens(a=alike, b=alike)) == [
        "As far as it is weighed, all options come out the same. It is a tie: something else will decide."
    ]
    read = lens(a={"customers": (2, 2), "employees": (-1, -1)}, b={"customers": (1, 1), "employees": (0, 0)}, c=alike)
    assert names(read.most) == ["A", "B", "C"]
    assert sentences(read)[:2] == [
        "“A”, “B” and “C” help equally much, all taken together: a tie.",
        "Of these, “B” and “C” takes least from others.",
    ]


def test_what_is_empty_is_unknown_and_never_zero():
    read = lens(a={"customers": (1, 1)}, b={"customers": (0, 0), "employees": (0, 0)})
    assert read.unknown == 2
    assert [(one.at_least, one.at_most) for one in read.options] == [(-2, 6), (0, 0)]
    assert sentences(read)[0].startswith("As far as it is weighed, “A” helps most")
    assert (
        sentences(read)[-1]
        == "2 fields are empty: those are unknown, not zero. What is missing could still turn the answer."
    )


def test_it_says_when_what_is_unknown_cannot_turn_it():
    read = lens(a={"customers": (2, 2), "employees": (2, None)}, b={"customers": (-2, -2), "employees": (0, 0)})
    assert sentences(read)[-1] == "1 field is empty: that is unknown, not zero. Whatever is missing, the answer stays."


def test_a_cost_that_comes_back_later_is_worth_explaining():
    read = lens(a={"customers": (-1, 2), "employees": (0, 0)}, b={"customers": (1, -2), "employees": (0, 0)})
    said = " ".join(sentences(read))
    assert "“A” costs something at first and gives more within the year" in said
    assert "“B” helps at first, and costs more than that within the year." in said


@pytest.mark.parametrize(
    ("table", "begins"),
    [
        ({"a": {}, "b": {}}, "Nothing is weighed yet."),
        ({"a": {"customers": (1, 1)}, "b": {}}, "Not every option is weighed yet"),
    ],
)
def test_nothing_is_compared_before_each_way_was_looked_at(table, begins):
    assert sentences(lens(**table))[0].startswith(begins)
    assert not any("helps most" in sentence for sentence in sentences(lens(**table)))
