"""What a person does to a comment that stands: change or delete one's own, tell an editor about another's.

One's own are those of one's login, or, without one, of the address that this browser has confirmed.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from conversation import changing, permissions, remembering
from conversation.errors import CannotComment
from conversation.forms import EditForm
from conversation.models import Comment, RemovedBy
from conversation.thread import number_in

A_PAGE = 20


def comment_or_404(number: int) -> Comment:
    comment = Comment.objects.numbered(number).select_related("content_type").first()
    if comment is None:
        raise Http404
    return comment


def say_it_can_be_changed(request: HttpRequest) -> None:
    """To a reader without a login, whose page is the same for everybody and has no such link."""
    words = _("Your comment stands. In this browser you can change it for 15 minutes, and delete it at any time.")
    link = format_html('<a href="{}">{}</a>', reverse("conversation:yours"), _("Your comments"))
    messages.success(request, format_html("{} {}", words, link))


@never_cache
@require_safe
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """A short address of a comment, for links from elsewhere: it leads there whoever may read it."""
    found = comment_or_404(comment_id)
    if found.is_removed or not permissions.can_read(request.user, found):
        raise Http404
    return redirect(found.get_absolute_url())


@never_cache
@require_safe
def yours(request: HttpRequest) -> HttpResponse:
    """What one wrote, with the ways to change and delete it, the newest first."""
    email = _confirmed(request)
    own = Comment.objects.none()
    if request.user.is_authenticated:
        own = Comment.objects.filter(user=request.user)
    elif email:
        own = Comment.objects.filter(user=None, user_email=email)
    before = number_in(request.GET.get("before", ""))
    own = own.filter(is_removed=False).order_by("-pk")
    page = list((own.filter(pk__lt=before) if before else own)[: A_PAGE + 1])
    context = {
        "rows": [(one, one.editable_by(request.user, email)) for one in page[:A_PAGE]],
        "older_url": f"?before={page[A_PAGE - 1].pk}" if len(page) > A_PAGE else "",
        "known": request.user.is_authenticated or bool(email),
    }
    return render(request, "comments/yours.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    """For a quarter of an hour; after that the page says so. `preview` shows the words and keeps nothing."""
    comment, email = comment_or_404(comment_id), _confirmed(request)
    if not permissions.can_delete(request.user, comment, email):
        return _not_yours(request)
    if not permissions.can_edit(request.user, comment, email):
        return render(request, "comments/too_late.html", {"comment": comment})
    form = EditForm(request.POST if request.method == "POST" else None, initial={"text": comment.comment})
    context = {"form": form, "comment": comment}
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["text"]
        if "preview" in request.POST:
            piece = request.headers.get("HX-Request")
            template = "comments/preview_piece.html" if piece else "comments/edit.html"
            return render(request, template, {**context, "words": words, "previewed": True})
        try:
            changing.edit(comment=comment, text=words)
            return redirect(comment.get_absolute_url())
        except CannotComment as error:
            form.add_error(None, str(error.reason))
    return render(request, "comments/edit.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = comment_or_404(comment_id)
    if not permissions.can_delete(request.user, comment, _confirmed(request)):
        return _not_yours(request)
    if request.method == "POST":
        changing.remove(comment=comment, by=RemovedBy.WRITER)
        messages.success(request, _("Your comment is deleted."))
        return redirect(comment.get_absolute_url("#comments"))
    return render(request, "comments/delete.html", {"comment": comment})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = comment_or_404(comment_id)
    if not permissions.can_flag(request.user, comment):
        raise Http404
    if request.method == "POST":
        changing.flag(comment=comment, user=request.user)
        messages.success(request, _("Thank you. An editor will look at that comment."))
        return redirect(comment.get_absolute_url())
    return render(request, "comments/flag.html", {"comment": comment, "target": comment.target})


def _confirmed(request: HttpRequest) -> str:
    """The address that this browser has confirmed; empty for who is signed in."""
    known = None if request.user.is_authenticated else remembering.remembered(request)
    return known.email.lower() if known else ""


def _not_yours(request: HttpRequest) -> HttpResponse:
    """Signing in may help a visitor."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())
