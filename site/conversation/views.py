"""Reading on, writing, confirming. Editing, deleting and flagging are in views_own.py."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from accounts import limits, tokens
from conversation import following, hosts, mails, remembering, services, thread, views_own
from conversation.errors import CannotComment, NothingToAnswer
from conversation.forms import LONGEST_TEXT, CommentForm
from conversation.hosts import Target
from conversation.models import WAITS_FOR, Comment, PendingComment
from conversation.services import Words
from conversation.texts import masked

WAITING = "comment-waiting"


class Request(HttpRequest):
    """With what django-htmx knows about it."""

    htmx: HtmxDetails


def target_or_404(request: HttpRequest, kind: str, object_id: int) -> Target:
    target = hosts.find(kind, object_id)
    if target is None or not target.visible_to(request.user):
        raise Http404
    return target


@never_cache
@require_safe
def more(request: HttpRequest, kind: str, object_id: int) -> HttpResponse:
    """The next comments, as a piece of the page."""
    target = target_or_404(request, kind, object_id)
    page = thread.wanted(request.GET.get("comments", ""))
    context = {"thread": thread.read(target=target, user=request.user, page=page), "target": target}
    return render(request, "comments/strands.html", context | {"may_write": target.open_to(request.user)})


@never_cache
@require_safe
def new(request: Request, kind: str, object_id: int) -> HttpResponse:
    """The form: a page of its own, or in place. It isn't part of the cached page, for it carries a token."""
    target = target_or_404(request, kind, object_id)
    if not target.open_to(request.user):
        return _not_open(request, target)
    number = thread.number_in(request.GET.get("reply_to", ""))
    form = CommentForm(target=target, user=request.user, reply_to=str(number or ""), known=_known(request))
    return _form_page(request, target, form)


@never_cache
@require_POST
def post(request: Request) -> HttpResponse:
    object_id = thread.number_in(request.POST.get("object_id", "")) or 0
    target = target_or_404(request, request.POST.get("kind", ""), object_id)
    form = CommentForm(request.POST, target=target, user=request.user, known=_known(request))
    if not form.is_valid():
        return _form_page(request, target, form)
    try:
        needs_no_mail = request.user.is_authenticated or form.is_confirmed
        return _stand(request, target, form) if needs_no_mail else _wait(request, target, form)
    except CannotComment as error:
        if isinstance(error, NothingToAnswer):
            form.answer_nothing()
        form.add_error(None, str(error.reason))
    except limits.TooMany as error:
        minutes = -(-error.retry_after // 60)
        slower = _("That is a lot of comments at once. Try again in %(minutes)s minutes.")
        form.add_error(None, slower % {"minutes": minutes})
    return _form_page(request, target, form)


@never_cache
@require_POST
def preview(request: Request) -> HttpResponse:
    """The text as it will stand: in place beside the form, or with the whole form. Nothing is kept."""
    object_id = thread.number_in(request.POST.get("object_id", "")) or 0
    target = target_or_404(request, request.POST.get("kind", ""), object_id)
    given = {name: request.POST.get(name, "") for name in ("text", "name", "email", "followup", "in_digest")}
    words = given["text"].replace("\x00", "")[:LONGEST_TEXT]
    if request.htmx:
        return render(request, "comments/preview_piece.html", {"words": words})
    number = thread.number_in(request.POST.get("reply_to", ""))
    form = CommentForm(target=target, user=request.user, reply_to=str(number or ""), known=_known(request), given=given)
    return _form_page(request, target, form, words=words, previewed=True)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """This browser no longer remembers an address."""
    response = render(request, "comments/forgotten.html")
    remembering.forget(response)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    """What the writer's own browser sees until the address is confirmed; its button sends the mail again."""
    pending = _pending_of(token, WAITING)
    if pending and pending.comment:
        return (
            redirect(pending.comment.get_absolute_url())
            if pending.comment.is_public
            else _already(request, pending.comment)
        )
    if pending is None or pending.target is None:
        return _stale(request, _("This page has done its work"))
    context = {"pending": pending, "target": pending.target, "address": masked(pending.email), "days": WAITS_FOR.days}
    if request.method == "POST":
        context["sent_again"] = _sent_again(pending)
    return render(request, "comments/waiting.html", context | {"posted": request.method == "POST"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail shows a page; its button lets the comment stand."""
    pending = _pending_of(token, mails.CONFIRM)
    if pending is None:
        return _stale(request, _("This link doesn’t work any more"))
    if pending.comment:
        return _already(request, pending.comment)
    if request.method != "POST":
        return render(request, "comments/confirm.html", {"pending": pending, "target": pending.target})
    try:
        comment = services.confirm(pending=pending)
    except CannotComment as error:
        context = {"pending": pending, "target": pending.target, "error": error.reason}
        return render(request, "comments/confirm.html", context)
    response = redirect(comment.get_absolute_url()) if comment.is_public else _held(request, comment.target)
    if comment.is_public:
        views_own.say_it_can_be_changed(request)
    remembering.remember(response, email=pending.email, name=pending.name)
    return response


@csrf_exempt  # a mail program's one-click POST (RFC 8058) has no cookie; the token is what lets it act
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: HttpRequest, token: str) -> HttpResponse:
    """Its buttons end the thread, the page or everything; a mail program's one-click POST ends the thread."""
    comment = _comment_of(token)
    if comment is None:
        return _stale(request, _("This link doesn’t work any more"))
    if request.method == "POST":
        asked = request.POST.get("what", "")
        following.mute(
            comment, following.Extent(asked) if asked in following.Extent.values else following.Extent.THREAD
        )
    left, target = following.still_heard(comment), comment.target
    if target and not target.visible_to(comment.user or AnonymousUser()):
        target = None  # not even its title, nor its address
    context = {"comment": comment, "target": target, "left": left, "muted": following.Extent.THREAD not in left}
    return render(request, "comments/mute.html", context)


def _sent_again(pending: PendingComment) -> bool:
    try:
        services.ask_again(pending=pending)
    except limits.TooMany:
        return False
    return True


def _stand(request: Request, target: Target, form: CommentForm) -> HttpResponse:
    by: dict[str, str] = {}
    if not request.user.is_authenticated:
        by = {"email": form.cleaned_data["email"], "network": limits.network_of(request)}
    comment = services.post(target=target, user=request.user, words=_words(form), **by)
    if not comment.is_public:
        return _held(request, target)
    if not request.htmx:
        if by:
            views_own.say_it_can_be_changed(request)
        return HttpResponseRedirect(comment.address_under(target), status=303)
    entry = thread.Entry(comment, is_own=True, editable=True)
    return render(request, "comments/just_posted.html", {"entry": entry, "target": target})


def _wait(request: Request, target: Target, form: CommentForm) -> HttpResponse:
    network, email = limits.network_of(request), form.cleaned_data["email"]
    pending = services.ask(target=target, email=email, words=_words(form), network=network)
    if not request.htmx:
        token = tokens.make(purpose=WAITING, subject=pending.pk)
        return HttpResponseRedirect(reverse("conversation:waiting", args=[token]), status=303)
    context = {"pending": pending, "address": masked(email), "days": WAITS_FOR.days, "just_in": True}
    return render(request, "comments/waiting_piece.html", context)


def _words(form: CommentForm) -> Words:
    given = form.cleaned_data
    return Words(
        name=given["name"],
        text=given["text"],
        press=form.press,
        reply_to=thread.number_in(given["reply_to"]),
        followup=given["followup"],
        in_digest=given.get("in_digest", False),
    )


def _already(request: HttpRequest, comment: Comment) -> HttpResponse:
    if not comment.is_public and not comment.is_removed:
        return _held(request, comment.target)
    return render(request, "comments/already.html", {"comment": comment})


def _held(request: HttpRequest, target: Target | None) -> HttpResponse:
    """An editor looks at it first. Only its writer sees this, as the answer to their own button."""
    piece = "comments/held_piece.html" if request.headers.get("HX-Request") else "comments/held.html"
    return render(request, piece, {"target": target})


def _known(request: HttpRequest) -> remembering.Remembered | None:
    return None if request.user.is_authenticated else remembering.remembered(request)


def _form_page(request: Request, target: Target, form: CommentForm, **more: Any) -> HttpResponse:
    number = thread.number_in(str(form["reply_to"].value() or ""))
    answered = Comment.objects.under(target).standing().numbered(number).first() if number else None
    template = "comments/form_piece.html" if request.htmx else "comments/new.html"
    context = {"form": form, "target": target, "answered": answered, "in_place": bool(request.htmx), **more}
    context["wrong"] = [bound for bound in form.visible_fields() if bound.errors]
    return render(request, template, context)


def _not_open(request: Request, target: Target) -> HttpResponse:
    if not request.user.is_authenticated and not target.why_closed(request.user):
        address = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
        return redirect(address) if not request.htmx else HttpResponse(headers={"HX-Redirect": address})
    template = "comments/closed_piece.html" if request.htmx else "comments/closed.html"
    return render(request, template, {"target": target, "words": target.why_closed(request.user)})


def _stale(request: HttpRequest, title: str) -> HttpResponse:
    """A link that is wrong, altered or too old. Nothing has changed."""
    return render(request, "comments/stale.html", {"title": title}, status=404)


def _subject(token: str, purpose: str, max_age: Any) -> int | None:
    try:
        subject = tokens.read(purpose=purpose, token=token, max_age=max_age)
    except tokens.BadToken:
        return None
    return subject if isinstance(subject, int) else None


def _pending_of(token: str, purpose: str) -> PendingComment | None:
    number = _subject(token, purpose, WAITS_FOR)
    return PendingComment.objects.filter(pk=number).select_related("comment").first() if number else None


def _comment_of(token: str) -> Comment | None:
    number = _subject(token, mails.MUTE, None)
    return Comment.objects.numbered(number).select_related("user").first() if number else None
