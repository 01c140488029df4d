"""Helpful, I'll try this, thank you: said with one press, taken back with another."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from conversation import permissions, thread
from conversation.models import Comment, Reaction
from conversation.reactions import Kind
from conversation.views_own import comment_or_404


@transaction.atomic
def react(*, comment: Comment, user: Any, kind: Kind, wanted: bool) -> None:
    """Say it, or take it back. Twice the same is once, also at the same moment.

    The host is not told: copies of the page for visitors without a session live for minutes only, and emptying the
    cache of a whole site at every press would cost all its readers more than a count that is some minutes old.
    Whoever is signed in, as everybody who presses is, never reads such a copy.
    """
    if wanted:
        _reaction, is_news = Reaction.objects.get_or_create(comment=comment, user=user, kind=kind)
        step = int(is_news)
    else:
        step = -Reaction.objects.filter(comment=comment, user=user, kind=kind).delete()[0]
    if step:
        Comment.objects.filter(pk=comment.pk).update(**{kind.value: F(kind.value) + step})


@transaction.atomic
def take_all_back(user: User) -> None:
    """For who leaves: their presses no longer count."""
    for one in Reaction.objects.filter(user=user).select_related("comment"):
        react(comment=one.comment, user=user, kind=Kind(one.kind), wanted=False)


@never_cache
@require_POST
def react_view(request: HttpRequest, comment_id: int) -> HttpResponse:
    """`give` or `take` names the kind. In place it answers with the buttons, otherwise with the comment's page."""
    comment = comment_or_404(comment_id)
    if not request.user.is_authenticated:
        return redirect_to_login(comment.get_absolute_url())
    if not permissions.can_react(request.user, comment):
        raise Http404
    wanted = "give" in request.POST
    kind = request.POST.get("give" if wanted else "take", "")
    if kind in Kind.values:
        react(comment=comment, user=request.user, kind=Kind(kind), wanted=wanted)
        comment.refresh_from_db(fields=list(Kind.values))
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(comment.get_absolute_url(), status=303)
    entry = thread.Entry(comment, reacts=True, mine=Reaction.objects.of(request.user, [comment.pk]))
    return render(request, "comments/reactions.html", {"entry": entry})
