"""New allies near one: open ones only, never oneself, and nobody who hides."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from movement.allies.models import Ally, Visibility
from movement.allies.nearby import gather
from postbox.digests.sections import Due
from tests.cast import make_ally, person

pytestmark = pytest.mark.django_db


def due(user, number=1, days=1) -> Due:
    now = timezone.now()
    return Due(
        number=number, email=user.email, user=user, since=now - timedelta(days=days), until=now + timedelta(seconds=1)
    )


def names(user) -> list[str]:
    return [item.title for item in gather([due(user)]).get(1, ())]


def test_the_nearest_come_first(ally, organisation):
    make_ally("Cora Support", unit=organisation["customer-support"])
    make_ally("Dan Field", unit=organisation["field-service"])
    make_ally("Eve Finance", unit=organisation["finance"])
    assert names(ally.user) == ["Dan Field", "Cora Support"]


def test_who_hides_or_left_or_came_earlier_is_not_told_of(ally, unit):
    make_ally("Quenby Quiet", unit=unit, visibility=Visibility.QUIET)
    make_ally("Basil Masked", unit=unit, alias="Night Ferry", visibility=Visibility.ALIAS)
    gone = make_ally("Gone Away", unit=unit)
    gone.user.is_active = False
    gone.user.save()
    make_ally("Old Hand", unit=unit, appears_since=timezone.now() - timedelta(days=9))
    assert names(ally.user) == []


def test_who_is_no_ally_hears_of_nobody(unit):
    make_ally("Dan Field", unit=unit)
    assert names(person("new@larkfield.example")) == []
    nowhere = make_ally("Nora Where", unit=None)
    assert names(nowhere.user) == []


def test_it_costs_the_same_for_many(organisation):
    counts = []
    for number in (1, 5, 20):
        for one in range(number):
            make_ally(f"Ally {number} {one}", unit=organisation["finance"])
        dues = [due(ally.user, ally.pk) for ally in Ally.objects.select_related("user")]
        with CaptureQueriesContext(connection) as asked:
            found = gather(dues)
        counts.append(len(asked))
        assert all(len(items) <= 5 for items in found.values())
    assert counts == [3, 3, 3]
