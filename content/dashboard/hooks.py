"""Puts the dashboard in the place of what Wagtail shows there, and what is ours into its menus."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from content.dashboard.panels import REPLACED, ours


@hooks.register("construct_homepage_panels")
def place_the_dashboard(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)] + ours(request.user)


@hooks.register("construct_homepage_summary_items", order=1000)  # after those who add them
def count_nothing_for_its_own_sake(_request: HttpRequest, items: list[Any]) -> None:
    """How many pages, pictures and documents there are tells nobody what to do."""
    items.clear()


@hooks.register("construct_main_menu")
def show_the_name(request: HttpRequest, _items: list[Any]) -> None:
    """Wagtail's side bar shows the address of whoever has no first name."""
    request.user.first_name = request.user.get_full_name()  # type: ignore[union-attr]
