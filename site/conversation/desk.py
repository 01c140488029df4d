"""The desk of those who look after talks without being editors: a club's organisers, for what is their club's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from conversation import hosts, judging, moderation
from conversation.models import Comment, Decision
from conversation.thread import number_in

#: Whoever looks after a talk lets stand and takes down; addresses are the editors' to block.
ACTS = {"approve": judging.approve, "remove": judging.take_down}
VIEWS = ("waiting", "removed", "")
LOGGED = 20


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    talks = _talks(request.user)
    asked = request.GET.get("show", "waiting")
    show, before = asked if asked in VIEWS else "waiting", number_in(request.GET.get("before", ""))
    found = moderation.queue(show).filter(talk__in=talks)
    page = list((found.filter(pk__lt=before) if before else found)[: moderation.PAGE + 1])
    places = {comment.place for comment in page}
    targets, counts = hosts.find_all(places), moderation.histories(page, talks=talks)
    closed, anyway = hosts.closed_to(request.user, places), number_in(request.GET.get("anyway", ""))
    shown = page[: moderation.PAGE]
    unread = {one.pk for one in shown if one.place in closed and one.pk != anyway}
    context = {
        "rows": [
            (one, targets.get(one.place), counts.get(moderation.writer_of(one)), one.pk in unread) for one in shown
        ],
        "show": show,
        "here": f"?show={show}&before={before}" if before else f"?show={show}",
        "older_url": f"?show={show}&before={shown[-1].pk}" if len(page) > len(shown) else "",
        "decisions": Decision.objects.filter(comment__talk__in=talks).select_related("by")[:LOGGED],
    }
    return render(request, "comments/desk.html", context)


@never_cache
@require_POST
def desk_decide(request: HttpRequest) -> HttpResponse:
    """The ticked comments, or the one whose own button was pressed; others than one's own are passed over."""
    talks = _talks(request.user)
    act = ACTS.get(request.POST.get("act", ""))
    numbers = [number_in(text) or 0 for text in request.POST.getlist("comment")[: moderation.PAGE]]
    comments = list(Comment.objects.filter(pk__in=numbers, talk__in=talks).select_related("user"))
    if act is None or not comments:
        messages.warning(request, _("Tick one comment or more, then decide."))
    else:
        moderation.carry_out(act, request, comments)
        messages.success(request, _("Decided. It stands in the log below."))
    return redirect("conversation:desk")


def _talks(user: Any) -> list[str]:
    """For who looks after nothing, there is no desk."""
    talks = hosts.looked_after_by(user)
    if not talks:
        raise Http404
    return talks
