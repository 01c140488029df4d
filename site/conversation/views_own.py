"""What a person does to a comment that stands: change or delete one's own, tell an editor about another's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conversation import permissions, services
from conversation.forms import EditForm
from conversation.models import Comment, RemovedBy


def comment_or_404(number: int) -> Comment:
    comment = Comment.objects.numbered(number).select_related("content_type").first()
    if comment is None:
        raise Http404
    return comment


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    """For a quarter of an hour; after that the page says so."""
    comment = comment_or_404(comment_id)
    if not permissions.can_delete(request.user, comment):
        raise Http404
    if not permissions.can_edit(request.user, comment):
        return render(request, "comments/too_late.html", {"comment": comment})
    form = EditForm(request.POST or None, initial={"text": comment.comment})
    if request.method == "POST" and form.is_valid():
        services.edit(comment=comment, text=form.cleaned_data["text"])
        return redirect(comment.get_absolute_url())
    return render(request, "comments/edit.html", {"form": form, "comment": comment})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = comment_or_404(comment_id)
    if not permissions.can_delete(request.user, comment):
        raise Http404
    if request.method == "POST":
        services.remove(comment=comment, by=RemovedBy.WRITER)
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
        services.flag(comment=comment, user=request.user)
        messages.success(request, _("Thank you. An editor will look at that comment."))
        return redirect(comment.get_absolute_url())
    return render(request, "comments/flag.html", {"comment": comment})
