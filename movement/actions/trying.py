"""From a comment to a small action in one step, and back again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conversation.beside import Beside, register
from conversation.models import Comment
from conversation.permissions import can_read
from movement.actions.entries import entries
from movement.actions.models import Action, Audience
from movement.actions.services import log_tried
from movement.allies.blocks import kept_from
from movement.allies.models import Ally
from movement.permissions import AllyRequest, ally_required

LONGEST_TITLE = 200
PIECE = "movement/actions/tried_piece.html"
SHOWN = 50


def gather(user: Any, comments: Sequence[Comment]) -> Mapping[int, Mapping[str, Any]]:
    """How many allies tried what a comment says, and whether this person did: one query for a page of them, and none
    for a visitor, who gets the number only. Those they are kept apart from are not counted for them: the number and the
    list behind it would differ by just these.
    """
    own: set[int | None] = set()
    unseen: Counter[int | None] = Counter()
    if user.is_authenticated:
        apart = Ally.objects.filter(kept_from(user.pk)).values("pk")
        some = Q(ally__user=user) | Q(ally__in=apart, audience=Audience.ALLIES, ally__user__is_active=True)
        actions = Action.objects.filter(some, comment__in=[comment.pk for comment in comments])
        for number, by in actions.values_list("comment", "ally__user"):
            if by == user.pk:
                own.add(number)
            else:
                unseen[number] += 1
    found = {}
    for comment in comments:
        may_try = user.is_authenticated and not comment.written_by(user)
        count = max(0, comment.tried - unseen[comment.pk])
        if count or may_try:
            mine = comment.pk in own
            found[comment.pk] = {"count": count, "mine": mine, "may_try": may_try, "of": comment.pk}
    return found


def _words(comment: Comment) -> str:
    target = comment.target
    if target is None or not target.visible_to(AnonymousUser()):
        return _("Tried something that came up in a talk.")
    return _("Tried what was said under “%(title)s”.") % {"title": target.title[:LONGEST_TITLE]}


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def tried(request: AllyRequest, comment_id: int) -> HttpResponse:
    """Who tried it, as far as each of them shows it; the button notes that one has as well."""
    comment = Comment.objects.numbered(comment_id).first()
    if comment is None or comment.is_removed or not can_read(request.user, comment):
        raise Http404
    if request.method == "POST":
        return _note(request, comment)
    seen = Action.objects.visible_to(request.user).filter(comment=comment).newest_first()
    context = {
        "comment": comment,
        "target": comment.target,
        "told": entries(seen, viewer=request.user, most=SHOWN),
        "me": request.ally,
        "beside": gather(request.user, [comment]).get(comment.pk),
    }
    return render(request, "movement/actions/tried.html", context)


def _note(request: AllyRequest, comment: Comment) -> HttpResponse:
    if comment.written_by(request.user):
        raise Http404
    action = log_tried(ally=request.ally, comment=comment, text=_words(comment))
    comment.refresh_from_db(fields=["tried"])
    if request.headers.get("HX-Request"):
        beside = gather(request.user, [comment])[comment.pk]
        return render(request, PIECE, {"beside": beside, "action": action})
    undo = {"action": action, "count": request.ally.actions.count()}
    messages.success(request, render_to_string("movement/actions/noted.html", undo, request=request))
    return redirect(comment.get_absolute_url())


def register_trying() -> None:
    register(Beside(template=PIECE, gather=gather))
