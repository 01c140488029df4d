"""The first page of the CMS: what this person has in hand, and how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from accounts.roles import is_editor
from content.dashboard import lines
from content.dashboard.lines import SHOWN, Line
from content.pages.articles import ArticleIndexPage
from content.subscriptions.models import Subscriber
from conversation.moderation import to_look_at

#: Wagtail's own, in whose place ours stand.
REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel, RecentEditsPanel)
Words = str | Promise


@dataclass(kw_only=True)
class ListPanel(Component):
    """A list of pages, or what will stand there and how it gets there."""

    name: str
    order: int
    heading: Words
    icon: str
    find: Callable[[Any], list[Line]]
    empty: Words
    teaches: Words
    caption: Words = ""
    may_write: bool = False

    template_name = "content/cms/list_panel.html"

    def __hash__(self) -> int:
        return hash(self.name)

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        found = self.find(request.user)
        address = write_url() if self.may_write else ""
        return {"panel": self, "lines": found[:SHOWN], "more": len(found) > SHOWN, "write_url": address}


@dataclass(frozen=True, kw_only=True)
class Figure:
    number: int
    what: Words
    url: str


class FiguresPanel(Component):
    """For editors: talk that waits for them, and who has come to read."""

    name, order = "groundswell_figures", 100
    template_name = "content/cms/figures_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        talk, address = to_look_at(), reverse("conversation_cms:moderate")
        month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        confirmed = Subscriber.objects.confirmed()
        return {
            "talk": [
                Figure(number=talk[show], what=what, url=f"{address}?show={show}")
                for show, what in (("flagged", _("flagged")), ("held", _("held")))
                if talk[show]
            ],
            "gained": confirmed.filter(confirmed_at__gte=month).count(),
            "subscribers": confirmed.count(),
            "month": month,
        }


def write_url() -> str:
    """Where an article is begun; nothing while there is no list of articles."""
    index = ArticleIndexPage.objects.values_list("pk", flat=True).first()
    return reverse("wagtailadmin_pages:add", args=["content", "articlepage", index]) if index else ""


MY_DRAFTS = ListPanel(
    name="groundswell_drafts",
    order=110,
    heading=_("My drafts"),
    icon="edit",
    find=lines.drafts,
    empty=_("Nothing begun"),
    teaches=_(
        "A first-hand story of a page or two is plenty. It is kept while you write; readers see it once it is out."
    ),
    may_write=True,
)
TO_DECIDE = ListPanel(
    name="groundswell_to_decide",
    order=120,
    heading=_("Waiting for review"),
    icon="glasses",
    find=lines.to_decide,
    empty=_("Nothing waits for you"),
    teaches=_("What an author hands in stands here, and you get a mail. Open it to approve it or to ask for changes."),
)
HANDED_IN = ListPanel(
    name="groundswell_handed_in",
    order=120,
    heading=_("Waiting for review"),
    icon="glasses",
    find=lines.handed_in,
    empty=_("Nothing of yours waits"),
    teaches=_(
        "When a draft is ready, choose “Submit to an editor” beside “Save draft”. You get a mail once it is read."
    ),
)
SCHEDULED = ListPanel(
    name="groundswell_scheduled",
    order=130,
    heading=_("Scheduled"),
    icon="calendar-alt",
    find=lines.scheduled,
    empty=_("Nothing is scheduled"),
    teaches=_(
        "Give a page a date under “Status”, and it appears by itself, within a minute. It can go by itself as well."
    ),
)
MOST_READ = ListPanel(
    name="groundswell_most_read",
    order=140,
    heading=_("Most read in 30 days"),
    icon="view",
    find=lines.most_read,
    empty=_("No reads counted yet"),
    teaches=_("Each time somebody opens a page, one is added to that page’s number for the day. Nothing else is kept."),
    caption=_(
        "How often each page was opened. Counted without cookies or addresses, so not how many people that were."
    ),
)


def ours(user: Any) -> list[Component]:
    """The panels that concern this person."""
    if is_editor(user):
        return [FiguresPanel(), MY_DRAFTS, TO_DECIDE, SCHEDULED, MOST_READ]
    return [MY_DRAFTS, HANDED_IN, SCHEDULED, MOST_READ]
