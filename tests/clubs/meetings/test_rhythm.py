"""Days by rule, and the words for it."""

from datetime import date, datetime, time
from itertools import islice

import pytest

from clubs.meetings.rhythm import Every, Rhythm, at


def days(rhythm, number=4):
    return [f"{day:%d %b %y}" for day in islice(rhythm.days(), number)]


@pytest.mark.parametrize(
    ("rhythm", "expected", "said"),
    [
        (
            Rhythm(Every.TWO_WEEKS, date(2027, 1, 7)),
            ["07 Jan 27", "21 Jan 27", "04 Feb 27", "18 Feb 27"],
            "every second Thursday",
        ),
        (
            Rhythm(Every.MONTH, date(2027, 1, 5)),
            ["05 Jan 27", "02 Feb 27", "02 Mar 27", "06 Apr 27"],
            "every first Tuesday of the month",
        ),
        (
            Rhythm(Every.MONTH, date(2027, 6, 15), skips={8}),
            ["15 Jun 27", "20 Jul 27", "21 Sep 27", "19 Oct 27"],
            "every third Tuesday of the month, not in August",
        ),
        (
            Rhythm(Every.MONTH, date(2027, 3, 31)),
            ["31 Mar 27", "28 Apr 27", "26 May 27", "30 Jun 27"],
            "every last Wednesday of the month",
        ),
        (
            Rhythm(Every.MONTH_END, date(2027, 3, 3)),
            ["31 Mar 27", "28 Apr 27", "26 May 27", "30 Jun 27"],
            "every last Wednesday of the month",
        ),
        (
            Rhythm(Every.WEEK, date(2027, 7, 29), skips={8, 12}, until=date(2027, 9, 10)),
            ["29 Jul 27", "02 Sep 27", "09 Sep 27"],
            "every Thursday, not in August or December",
        ),
        (Rhythm(Every.WEEK, date(2027, 7, 29), skips=set(range(1, 13))), [], None),
    ],
)
def test_the_first_day_and_how_often_give_all_others(rhythm, expected, said):
    assert days(rhythm) == expected
    assert said is None or str(rhythm) == said


def test_a_fixed_hour_meets_the_nights_of_the_clock_change_as_calendars_do():
    skipped, twice = (at(day, time(2, 30), "Europe/Berlin") for day in (date(2027, 3, 28), date(2027, 10, 31)))
    assert [moment.astimezone(datetime.now().astimezone().tzinfo).timestamp() for moment in (skipped, twice)] == [
        datetime.fromisoformat("2027-03-28T01:30:00+00:00").timestamp(),
        datetime.fromisoformat("2027-10-31T00:30:00+00:00").timestamp(),
    ]
