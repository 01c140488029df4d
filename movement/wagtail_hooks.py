"""What the movement adds to the CMS. Each feature's own things stand in its folder."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from accounts.roles import is_editor, is_steward
from movement.actions import desk as ideas_desk
from movement.actions.cms import IdeaViewSet
from movement.actions.models import Idea
from movement.allies.cms import HeadcountViewSet, UnitViewSet
from movement.checklist import marks
from movement.definitions import desk
from movement.definitions.models import Definition
from movement.introductions import desk as reports_desk
from movement.pulse import desk as pulse_desk
from movement.pulse.cms import QuestionViewSet
from movement.spread.models import Estimate
from movement.spread.second_ally.services import NAME as SECOND_ALLY

register_snippet(IdeaViewSet)
register_snippet(QuestionViewSet)
definition_addresses = [
    path("", desk.flagged_definitions, name="flagged_definitions"),
    path("<int:number>/", desk.judge_definition, name="judge_definition"),
]
proposal_addresses = [
    path("", ideas_desk.proposed_ideas, name="proposed_ideas"),
    path("<int:number>/", ideas_desk.judge_idea, name="judge_idea"),
]
report_addresses = [
    path("", reports_desk.open_reports, name="open_reports"),
    path("<int:number>/", reports_desk.judge_report, name="judge_report"),
]


@hooks.register("register_admin_urls")
def addresses() -> list[URLResolver]:
    return [
        path("definitions/", include((definition_addresses, "definitions_cms"))),
        path("idea-proposals/", include((proposal_addresses, "ideas_cms"))),
        path("ally-reports/", include((report_addresses, "reports_cms"))),
        path("pulses/", include((pulse_desk.patterns, "pulses_cms"))),
    ]


@hooks.register("register_admin_viewset")
def units() -> list[Any]:
    return [UnitViewSet(), HeadcountViewSet()]


class ForStewards(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_steward(request.user)


@hooks.register("register_admin_menu_item")
def pulses_in_menu() -> MenuItem:
    address = reverse("pulses_cms:pulses")
    return ForStewards(_("Pulses"), address, name="pulses", icon_name="view", order=230)


class ChecklistPanel(Component):
    """The first steward's checklist, above everything else until it is done."""

    name = "groundswell_checklist"
    template_name = "movement/cms/checklist.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"marks": marks()}


class ProposedIdeasPanel(Component):
    """Stands there only while something waits."""

    name = "groundswell_proposed_ideas"
    template_name = "movement/cms/proposed_panel.html"
    order = 106

    def __init__(self, number: int) -> None:
        self.number = number

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"number": self.number}


class FlaggedDefinitionsPanel(Component):
    """Stands there only while something waits."""

    name = "groundswell_flagged_definitions"
    template_name = "movement/cms/flagged_panel.html"
    order = 105

    def __init__(self, number: int) -> None:
        self.number = number

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"number": self.number}


@hooks.register("construct_homepage_panels")
def ask_for_a_look(request: HttpRequest, panels: list[Component]) -> None:
    if is_editor(request.user) and (number := Definition.objects.flagged().count()):
        panels.append(FlaggedDefinitionsPanel(number))


class OpenReportsPanel(Component):
    """For stewards, while an ally waits for them to look."""

    name = "groundswell_open_reports"
    template_name = "movement/cms/reports_panel.html"
    order = 104

    def __init__(self, number: int) -> None:
        self.number = number

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"number": self.number}


@hooks.register("construct_homepage_panels")
def ask_stewards_for_a_look(request: HttpRequest, panels: list[Component]) -> None:
    if is_steward(request.user) and (number := reports_desk.waiting(request.user).count()):
        panels.append(OpenReportsPanel(number))


@hooks.register("construct_homepage_panels")
def ask_for_an_answer(request: HttpRequest, panels: list[Component]) -> None:
    if is_steward(request.user) and (number := Idea.objects.waiting().count()):
        panels.append(ProposedIdeasPanel(number))


class SecondAllyPanel(Component):
    """For stewards, from the first finished month on: a number of departments, never which."""

    name = "groundswell_second_ally"
    template_name = "movement/cms/second_ally_panel.html"
    order = 120

    def __init__(self, kept: Estimate) -> None:
        self.kept = kept

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"units": (self.kept.told or {}).get("units"), "month": self.kept.month}


@hooks.register("construct_homepage_panels")
def tell_where_one_more_counts(request: HttpRequest, panels: list[Component]) -> None:
    if is_steward(request.user) and (kept := Estimate.objects.filter(name=SECOND_ALLY).first()):
        panels.append(SecondAllyPanel(kept))


@hooks.register("construct_homepage_panels")
def greet_the_first_steward(request: HttpRequest, panels: list[Component]) -> None:
    if is_steward(request.user) and marks():
        panels.append(ChecklistPanel())
