"""The editors' list of comments in the CMS: what came last, what was flagged; approve and remove."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_comments.models import CommentFlag

from conversation import hosts, services
from conversation.models import Comment, RemovedBy
from conversation.permissions import can_moderate
from conversation.thread import number_in
from conversation.views_own import comment_or_404

PAGE = 30


def queue(show: str) -> QuerySet[Any]:
    """The newest first. `show`: "flagged", "held", "removed", or everything."""
    flags = CommentFlag.objects.filter(comment=OuterRef("pk"), flag=CommentFlag.SUGGEST_REMOVAL)
    comments = Comment.objects.annotate(flagged=Count("flags")).select_related("content_type").order_by("-pk")
    if show == "flagged":
        return comments.filter(Exists(flags), is_removed=False)
    if show == "held":
        return comments.filter(is_public=False, is_removed=False)
    if show == "removed":
        return comments.filter(removed_by=RemovedBy.EDITOR)
    return comments


def to_look_at() -> dict[str, int]:
    """How many wait for an editor, by the list they stand in."""
    return {show: queue(show).count() for show in ("flagged", "held")}


@require_GET
def moderate(request: HttpRequest) -> HttpResponse:
    _editors_only(request.user)
    show, before = request.GET.get("show", ""), number_in(request.GET.get("before", ""))
    found = queue(show)
    if before:
        found = found.filter(pk__lt=before)
    page = list(found[: PAGE + 1])
    targets = hosts.find_all({comment.place for comment in page})
    context = {
        "rows": [(comment, targets.get(comment.place)) for comment in page[:PAGE]],
        "show": show,
        "before": page[PAGE - 1].pk if len(page) > PAGE else None,
        "views": _views(),
        "header_title": _("Comments"),
    }
    return render(request, "comments/cms/list.html", context)


@require_POST
def approve(request: HttpRequest, comment_id: int) -> HttpResponse:
    _editors_only(request.user)
    services.approve(comment=comment_or_404(comment_id))
    messages.success(request, _("The comment stands."))
    return _back(request)


@require_POST
def remove(request: HttpRequest, comment_id: int) -> HttpResponse:
    _editors_only(request.user)
    why = " ".join(request.POST.get("why", "").replace("\x00", "").split())[:200]
    services.remove(comment=comment_or_404(comment_id), by=RemovedBy.EDITOR, why=why)
    messages.success(request, _("The comment is taken down. Its place in the thread says so."))
    return _back(request)


def _views() -> list[tuple[str, str]]:
    return [("", _("All")), ("flagged", _("Flagged")), ("held", _("Held")), ("removed", _("Taken down"))]


def _editors_only(user: Any) -> None:
    if not can_moderate(user):
        raise PermissionDenied


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("back", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return HttpResponseRedirect(wanted)
    return redirect("conversation_cms:moderate")
