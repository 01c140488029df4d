"""What the movement adds to the CMS. Each feature's own things stand in its folder."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from accounts.roles import is_steward
from movement.actions.cms import IdeaViewSet
from movement.allies.cms import UnitViewSet
from movement.checklist import marks

register_snippet(IdeaViewSet)


@hooks.register("register_admin_viewset")
def units() -> UnitViewSet:
    return UnitViewSet()


class ChecklistPanel(Component):
    """The first steward's checklist, above everything else until it is done."""

    name = "groundswell_checklist"
    template_name = "movement/cms/checklist.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"marks": marks()}


@hooks.register("construct_homepage_panels")
def greet_the_first_steward(request: HttpRequest, panels: list[Component]) -> None:
    if is_steward(request.user) and marks():
        panels.append(ChecklistPanel())
