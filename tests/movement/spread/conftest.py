from collections.abc import Callable
from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 6, 10, 9, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch) -> Callable[[datetime], None]:
    """Sets the clock, which stands at NOW."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(NOW)
    return set_to
