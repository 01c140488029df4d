"""Before an article goes by mail: what it will look like, a test, and the last question."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from accounts.limits import TooMany
from content.mailings import counting, publishing, trying
from content.mailings.permissions import can_mail, drafts_of
from content.pages.articles import ArticlePage
from content.pages.public import PublicPage

TEMPLATES = "content/cms/mailings"
MOST = 2**63 - 1
MOST_TITLES = 5


@require_safe
def preview(request: HttpRequest, page_id: int) -> HttpResponse:
    draft = _draft_or_404(request.user, page_id)
    context = {
        "article": draft,
        "letter": trying.as_it_will_be(draft),
        "header_title": draft.title,
        "page_id": page_id,
        "address": request.user.email,  # type: ignore[union-attr]  # nobody else gets here
    }
    return render(request, f"{TEMPLATES}/preview.html", context)


@require_safe
@xframe_options_sameorigin
def preview_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """The mail as its reader's program would show it: in a sandbox, so that nothing in it can act here."""
    response = HttpResponse(trying.as_it_will_be(_draft_or_404(request.user, page_id)).html)
    response._csp_exempt = True  # type: ignore[attr-defined]  # its own policy, stricter but for inline styles
    response["Content-Security-Policy"] = (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
    )
    return response


@require_POST
def send_test(request: HttpRequest, page_id: int) -> HttpResponse:
    draft = _draft_or_404(request.user, page_id)
    try:
        trying.send_test(article=draft, to=request.user)  # type: ignore[arg-type]
    except TooMany:
        messages.error(request, _("That were many tests for one hour. Have a break, then try again."))
    else:
        messages.success(request, _("A test is on its way to you, and to nobody else."))
    return redirect("mailings_cms:preview", page_id)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, page_id: int) -> HttpResponse:
    """The last question before an article is published and goes by mail."""
    if not can_mail(request.user):
        raise Http404
    draft = _draft_or_404(request.user, page_id)
    if request.method == "POST":
        return _answered(request, draft)
    context = {
        "article": draft,
        "number": counting.in_words_for(draft),
        "revision": draft.latest_revision_id,
        "header_title": _("Publish, and send by mail?"),
    }
    return render(request, f"{TEMPLATES}/confirm.html", context)


def _answered(request: HttpRequest, draft: ArticlePage) -> HttpResponse:
    if request.POST.get("revision") != str(draft.latest_revision_id):
        messages.warning(request, _("The draft has changed since. Look once more."))
        return redirect("mailings_cms:confirm", draft.pk)
    with_mail = request.POST.get("how") == "mail"
    publishing.publish(draft=draft, by=request.user, with_mail=with_mail)  # type: ignore[arg-type]
    if draft.go_live_at:
        messages.success(request, _("It appears when you said, and the mail goes then."))
    elif with_mail:
        messages.success(request, _("It is out, and the mails are being written."))
    else:
        messages.success(request, _("It is out. Nobody got a mail."))
    return redirect("wagtailadmin_explore", draft.get_parent().pk)


def ask_before_it_is_mailed(request: HttpRequest, page: PublicPage) -> HttpResponseBase | None:
    """Wagtail's hook before it publishes from the form: the draft is kept by then."""
    if not isinstance(page, ArticlePage) or not publishing.would_be_mailed(page):
        return None
    return redirect("mailings_cms:confirm", page.pk)


def ask_before_many_are_mailed(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponseBase | None:
    """Wagtail's hook before it does something to many: the question is asked of each article that goes by mail."""
    pages = [one for one in objects if isinstance(one, Page)]
    if action_type != "publish" or not pages:
        return None
    below = bool(action.cleaned_form.cleaned_data.get("include_descendants"))
    mailed = publishing.mailed_among(pages, and_below=below)
    if not mailed:
        return None
    titles = ", ".join(f"“{one.title}”" for one in mailed[:MOST_TITLES]) + ("…" if len(mailed) > MOST_TITLES else "")
    said = _("Nothing is published yet. What goes by mail is published one by one, to be asked about: %(titles)s.")
    messages.error(request, said % {"titles": titles})
    return redirect(action.next_url)


def ask_after_approval(request: HttpRequest, page: PublicPage) -> HttpResponseBase | None:
    """Wagtail's hook after the form is kept: the editor who approved a draft is asked whether it is to be mailed."""
    if request.POST.get("workflow-action-name") != "approve" or not isinstance(page, ArticlePage):
        return None
    if not can_mail(request.user) or not publishing.mailed_among([page]):
        return None
    return redirect("mailings_cms:confirm", page.pk)


def _draft_or_404(user: Any, page_id: int) -> ArticlePage:
    page = drafts_of(user).filter(pk=page_id).first() if page_id <= MOST else None
    if page is None:
        raise Http404
    return page.get_latest_revision_as_object()  # type: ignore[return-value]
