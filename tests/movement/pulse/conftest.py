"""Tasks of a pulse are done as soon as they are put into the queue, where a test asks for it."""

from typing import Any

import pytest


@pytest.fixture
def at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
