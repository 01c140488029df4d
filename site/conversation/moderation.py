"""The editors' desk in the CMS: what is held or flagged anywhere, decisions one by one or in bulk, their log."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conversation import hosts, judging
from conversation.forms import WordsForm
from conversation.models import Barred, Comment, Decision, RemovedBy, private_talk
from conversation.permissions import can_moderate
from conversation.thread import number_in

PAGE = 30
LISTS: dict[str, Callable[[], QuerySet[Any]]] = {
    "waiting": Comment.objects.waiting,
    "flagged": Comment.objects.flagged,
    "held": Comment.objects.held,
    "answered": Comment.objects.answered,
    "removed": Comment.objects.taken_down,
}
VIEWS = (*LISTS, "")
#: Of the talk that only some may see, editors are shown what stands in these.
WAITING = ("waiting", "flagged", "held")
ACTS = {"approve": judging.approve, "remove": judging.take_down, "block": judging.block}


def queue(show: str) -> QuerySet[Any]:
    """The newest first. `show`: "waiting", "flagged", "held", "answered", "removed", or everything."""
    found = LISTS.get(show, Comment.objects.all)().annotate(flagged_by=Count("flags")).order_by("-pk")
    return found.select_related("user", "reply_to").prefetch_related("earlier_words", "decisions")


def for_editors(show: str) -> QuerySet[Any]:
    """The same without the talk that only some may see, of which editors get what is held or flagged."""
    return queue(show) if show in WAITING else queue(show).exclude(private_talk())


def to_look_at() -> dict[str, int]:
    """How many wait for an editor, by the list they stand in."""
    return {show: queue(show).count() for show in ("flagged", "held")}


@require_GET
def moderate(request: HttpRequest) -> HttpResponse:
    _editors_only(request.user)
    asked = request.GET.get("show", "waiting")
    show, before = asked if asked in VIEWS else "waiting", number_in(request.GET.get("before", ""))
    found = for_editors(show)
    page = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    targets, counts = hosts.find_all({comment.place for comment in page}), histories(page)
    context = {
        "rows": [(one, targets.get(one.place), counts.get(writer_of(one))) for one in page[:PAGE]],
        "show": show,
        "before": page[PAGE - 1].pk if len(page) > PAGE else None,
        "views": _views(),
        "header_title": _("Comments"),
    }
    return render(request, "comments/cms/list.html", context)


def histories(comments: Iterable[Comment], *, talks: list[str] | None = None) -> dict[Any, dict[str, int]]:
    """How many comments of each of these writers stand, and how many were taken down: numbers, nothing else; in these
    talks only, where they are given.
    """
    counted = {
        "stand": Count("pk", filter=Q(is_public=True, is_removed=False)),
        "down": Count("pk", filter=Q(removed_by=RemovedBy.EDITOR)),
    }
    users = {one.user_id for one in comments if one.user_id}
    addresses = {one.user_email for one in comments if one.user_email and not one.user_id}
    found: dict[Any, dict[str, int]] = {}
    for key, values in (("user_id", users), ("user_email", addresses)):
        theirs = Comment.objects.filter(**{f"{key}__in": values})
        rows = (theirs if talks is None else theirs.filter(talk__in=talks)).order_by().values(key).annotate(**counted)
        found |= {row[key]: row for row in rows}
    return found


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """The ticked comments, all in one step."""
    _editors_only(request.user)
    act = ACTS.get(request.POST.get("act", ""))
    numbers = [number_in(text) or 0 for text in request.POST.getlist("comment")[:PAGE]]
    comments = list(Comment.objects.for_editors().filter(pk__in=numbers).select_related("user"))
    if act is None or not comments:
        messages.warning(request, _("Tick one comment or more, then decide."))
        return _back(request)
    carry_out(act, request, comments)
    done = ngettext("%(n)s comment decided.", "%(n)s comments decided.", len(comments))
    messages.success(request, done % {"n": len(comments)})
    return _back(request)


@require_POST
def approve(request: HttpRequest, comment_id: int) -> HttpResponse:
    _editors_only(request.user)
    carry_out(judging.approve, request, [_theirs_or_404(comment_id)])
    messages.success(request, _("The comment stands."))
    return _back(request)


@require_POST
def remove(request: HttpRequest, comment_id: int) -> HttpResponse:
    _editors_only(request.user)
    carry_out(judging.take_down, request, [_theirs_or_404(comment_id)])
    messages.success(request, _("The comment is taken down. Its place in the thread says so."))
    return _back(request)


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Every decision that is the editors' to know, the newest first."""
    _editors_only(request.user)
    before = number_in(request.GET.get("before", ""))
    decisions = Decision.objects.for_editors().select_related("by")
    page = list((decisions.filter(pk__lt=before) if before else decisions)[: PAGE + 1])
    older = page[PAGE - 1].pk if len(page) > PAGE else None
    context = {"decisions": page[:PAGE], "before": older, "views": _views(), "show": "log"}
    return render(request, "comments/cms/log.html", context | {"header_title": _("Decisions")})


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The words that hold a comment, and the addresses that may not write."""
    _editors_only(request.user)
    words = "\n".join(Barred.objects.words().values_list("text", flat=True))
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"words": words})
    if request.method == "POST" and form.is_valid():
        judging.set_words(words=form.cleaned_data["words"], editor=request.user)
        messages.success(request, _("The list is kept."))
        return redirect("conversation_cms:rules")
    context = {"form": form, "addresses": Barred.objects.addresses()[:200], "views": _views(), "show": "rules"}
    return render(request, "comments/cms/rules.html", context | {"header_title": _("Words and addresses")})


@require_POST
def unblock(request: HttpRequest, barred_id: int) -> HttpResponse:
    _editors_only(request.user)
    judging.unblock(barred=get_object_or_404(Barred.objects.addresses(), pk=barred_id), editor=request.user)
    messages.success(request, _("The address may write again."))
    return redirect("conversation_cms:rules")


def carry_out(act: Any, request: HttpRequest, comments: list[Comment]) -> None:
    why = " ".join(request.POST.get("why", "").replace("\x00", "").split())[:200]
    given = {} if act is judging.approve else {"why": why}
    act(comments=comments, editor=request.user, **given)


def writer_of(comment: Comment) -> Any:
    return comment.user_id or comment.user_email


def _views() -> list[tuple[str, str]]:
    return [
        ("waiting", _("Waiting")),
        ("flagged", _("Flagged")),
        ("held", _("Held")),
        ("answered", _("Answered by their writers")),
        ("removed", _("Taken down")),
        ("", _("All")),
    ]


def _theirs_or_404(number: int) -> Comment:
    return get_object_or_404(Comment.objects.for_editors().numbered(number))


def _editors_only(user: Any) -> None:
    if not can_moderate(user):
        raise PermissionDenied


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("back", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return HttpResponseRedirect(wanted)
    return redirect("conversation_cms:moderate")
