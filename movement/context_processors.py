"""What every page of the site knows of the movement."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from movement.spread import top
from ui.navigation import SPREAD


def opened_places(request: HttpRequest) -> dict[str, object]:
    """What the main navigation has for visitors besides the rest; read when a template first asks."""
    return {"opened_places": SimpleLazyObject(lambda: [SPREAD] if top.is_open() else [])}
