"""What a panel of the dashboard lists, for one person of the CMS. Each list asks a fixed number of questions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState, get_default_page_content_type

from accounts.roles import is_editor
from content.pages.articles import ArticlePage
from content.reads.models import PageReads

#: So many lines are shown; one more is fetched to know whether that is all.
SHOWN = 8
DAYS_OF_READING = 30


@dataclass(frozen=True, kw_only=True)
class Line:
    """`says` stands below the title; `share` is the length of the bar, in hundredths of the longest."""

    title: str
    url: str
    says: str | Promise = ""
    when: datetime | None = None
    note: str = ""
    number: int | None = None
    share: int | None = None


def edit_url(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def of_pages(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of Wagtail's that may belong to anything, of pages only."""
    return rows.filter(base_content_type=get_default_page_content_type())


def about_this_page(rows: QuerySet[Any]) -> Exists:
    return Exists(of_pages(rows).filter(object_id=Cast(OuterRef("pk"), CharField())))


def mine(user: Any) -> Q:
    """Begun by this person; for an editor also what they changed last. An author never gets at another's."""
    return Q(owner=user) | Q(latest_revision__user=user) if is_editor(user) else Q(owner=user)


def drafts(user: Any) -> list[Line]:
    """What this person is writing: neither handed in nor scheduled."""
    handed_in = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
    found = Page.objects.filter(mine(user), has_unpublished_changes=True)
    found = found.exclude(about_this_page(handed_in)).exclude(about_this_page(scheduled))
    pages = list(found.order_by("-latest_revision_created_at", "-pk")[: SHOWN + 1])
    asked = changes_asked_for(pages)
    return [
        Line(
            title=page.draft_title,
            url=edit_url(page.pk),
            says=_("Changes to a published page") if page.live else _("Not published yet"),
            when=page.latest_revision_created_at,
            note=asked.get(page.pk, ""),
        )
        for page in pages
    ]


def changes_asked_for(pages: list[Page]) -> dict[int, str]:
    """What an editor wants changed, by page."""
    states = of_pages(WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES))
    states = states.filter(object_id__in=[str(page.pk) for page in pages]).select_related("current_task_state")
    return {
        int(state.object_id): state.current_task_state.comment or _("An editor asks for changes.") for state in states
    }


def to_decide(user: Any) -> list[Line]:
    """For editors: what they may approve, the longest waiting first."""
    states = TaskState.objects.reviewable_by(user).select_related("workflow_state__requested_by")
    page_type = get_default_page_content_type()
    states = list(states.filter(workflow_state__base_content_type=page_type).order_by("started_at")[: SHOWN + 1])
    return waiting([(state.workflow_state, state.started_at) for state in states], with_names=True)


def handed_in(user: Any) -> list[Line]:
    """For authors: what of theirs waits for an editor."""
    states = of_pages(WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS))
    own = Page.objects.filter(owner=user).annotate(text=Cast("pk", CharField())).values("text")
    states = states.filter(Q(requested_by=user) | Q(object_id__in=own)).order_by("created_at")[: SHOWN + 1]
    return waiting([(state, state.created_at) for state in states], with_names=False)


def waiting(states: list[tuple[WorkflowState, datetime]], *, with_names: bool) -> list[Line]:
    pages = Page.objects.in_bulk([int(state.object_id) for state, _since in states])
    found = [(pages.get(int(state.object_id)), state, since) for state, since in states]
    return [
        Line(
            title=page.draft_title,
            url=edit_url(page.pk),
            says=_("Handed in by %(name)s") % {"name": state.requested_by or _("somebody who has left")}
            if with_names
            else _("Waits for an editor"),
            when=since,
        )
        for page, state, since in found
        if page
    ]


def scheduled(user: Any) -> list[Line]:
    """What will appear and what will go, the next first; for an author, of their own pages."""
    this_page = of_pages(Revision.objects.filter(object_id=Cast(OuterRef("pk"), CharField())))
    approved = this_page.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    told = PageLogEntry.objects.filter(page=OuterRef("pk"), action="wagtail.publish.schedule").order_by("-timestamp")
    found = Page.objects.annotate(
        appears=Subquery(approved.values("approved_go_live_at")[:1]), by=Subquery(told.values("user__name")[:1])
    ).filter(Q(appears__isnull=False) | Q(live=True, expire_at__isnull=False))
    if not is_editor(user):
        found = found.filter(owner=user)
    lines = [line for page in found.order_by("appears", "expire_at")[: SHOWN + 1] for line in times_of(page)]
    return sorted(lines, key=lambda line: line.when)  # type: ignore[arg-type, return-value]


def times_of(page: Any) -> list[Line]:
    by = _("by %(name)s") % {"name": page.by} if page.by else ""
    times = [(page.appears, _("Appears"), by), (page.expire_at if page.live else None, _("Is taken off"), "")]
    return [
        Line(title=page.draft_title, url=edit_url(page.pk), says=what, when=when, note=who)
        for when, what, who in times
        if when
    ]


def most_read(user: Any) -> list[Line]:
    """Public pages by how often they were opened; for an author, those they own or sign."""
    reads = PageReads.objects.of_last(DAYS_OF_READING).filter(page__live=True)
    if not is_editor(user):
        signed = ArticlePage.objects.filter(authors__user=user).values("pk")
        reads = reads.filter(Q(page__owner=user) | Q(page__in=signed))
    sums = reads.values("page_id", "page__title", "page__url_path").annotate(sum=Sum("reads"))
    found = list(sums.order_by("-sum", "page_id")[:SHOWN])
    return [
        Line(
            title=row["page__title"],
            url="/" + row["page__url_path"].split("/", 2)[2],
            number=row["sum"],
            share=max(1, round(100 * row["sum"] / max(found[0]["sum"], 1))),
        )
        for row in found
    ]
