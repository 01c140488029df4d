"""The note comes back to whoever has been away for eight weeks, and to nobody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from post_office.models import Email

from accounts.models import User
from movement.allies.models import Ally
from movement.resolve.away import away
from movement.resolve.coming_back import bring_back, bring_back_to_the_away, still_wanted
from movement.resolve.models import SelfNote
from tests.cast import make_ally
from tests.movement.worlds import make_action, make_note

NOON = datetime(2030, 6, 3, 12, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=100)


def gone(ally: Ally, **wishes) -> SelfNote:
    """They came, wrote a note, and have not been here for a hundred days."""
    User.objects.filter(pk=ally.user_id).update(last_login=LONG_AGO)
    Ally.objects.filter(pk=ally.pk).update(joined_at=LONG_AGO)
    note = make_note(ally, months=12, **wishes)
    SelfNote.objects.filter(pk=note.pk).update(written_on=LONG_AGO.date(), due_on=datetime(2031, 2, 1).date())
    note.refresh_from_db()
    return note


@pytest.mark.django_db
def test_it_comes_back_early_and_once(ally):
    gone(ally)
    assert (bring_back_to_the_away(NOON), bring_back_to_the_away(NOON), bring_back(NOON)) == (1, 0, 0)
    note = SelfNote.objects.get()
    assert (note.came_back_at, note.due_on, Email.objects.count()) == (NOON, NOON.date(), 1)
    assert still_wanted(ally.user, note.event)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "reason", ["signed in", "did something", "does not want it", "wrote it lately", "before eight"]
)
def test_it_keeps_its_day_otherwise(ally, reason):
    gone(ally, when_away=reason != "does not want it")
    lately = NOON - timedelta(days=20)
    if reason == "signed in":
        User.objects.filter(pk=ally.user_id).update(last_login=lately)
    elif reason == "did something":
        make_action(ally, done_on=lately.date())
    elif reason == "wrote it lately":
        SelfNote.objects.update(written_on=lately.date())
    moment = NOON.replace(hour=7) if reason == "before eight" else NOON
    assert bring_back_to_the_away(moment) == 0


@pytest.mark.django_db
def test_eight_weeks_to_the_hour(ally):
    gone(ally)
    for days, expected in ((55, 0), (57, 1)):
        User.objects.filter(pk=ally.user_id).update(last_login=NOON - timedelta(days=days))
        assert away(NOON).filter(pk=ally.pk).count() == expected


@pytest.mark.django_db(transaction=True)
def test_of_two_clocks_one_brings_it_back():
    gone(make_ally("Ada Larkin"))
    together = Barrier(4)

    def tick(_number):
        try:
            together.wait()
            return bring_back_to_the_away(NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(tick, range(4))) == [0, 0, 0, 1]
    assert Email.objects.count() == 1
