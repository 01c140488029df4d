from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from movement.allies.models import Ally, Visibility
from movement.spread.models import UnitSnapshot
from movement.spread.publishing import tell
from movement.spread.redrawing import draw_all

NOW = datetime(2026, 6, 10, 9, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch) -> Callable[[datetime], None]:
    """Sets the clock, which stands at NOW."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(NOW)
    return set_to


@pytest.fixture
def a_steward(steward, organisation) -> Ally:
    return Ally.objects.create(
        user=steward, name="Stella Wick", unit=organisation["finance"], visibility=Visibility.OPEN
    )


@pytest.fixture
def told_of_two(organisation):
    """Fourteen months of two departments that are counted and two that hide."""
    for slug, start in (("finance", 6), ("field-service", 7), ("customer-support", 3), ("data-and-reporting", 0)):
        step = 1 if start > 5 else 0
        UnitSnapshot.objects.bulk_create(
            UnitSnapshot(
                unit=organisation[slug],
                division=organisation[slug].parent,
                month=date(2025 + (4 + n) // 12, (4 + n) % 12 + 1, 1),
                headcount=organisation[slug].headcount,
                allies=start + n * step,
                active=start,
            )
            for n in range(14)
        )
    tell()
    draw_all()
