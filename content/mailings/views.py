"""The editors' desk for what goes by mail: how far it is, stop, go on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from content.mailings import services
from content.mailings.choices import Audience
from content.mailings.models import Mailing, State
from content.mailings.permissions import can_mail
from content.tasks import write_mailing
from postbox.bulk import Progress

A_PAGE = 30
#: Wagtail's addresses are made before our own kind of number is known to them.
MOST = 2**63 - 1
TEMPLATES = "content/cms/mailings"


@dataclass(frozen=True)
class Shown:
    """A mailing with its numbers; `share` is how much of it has gone, in hundredths."""

    mailing: Mailing
    progress: Progress

    @property
    def state(self) -> State:
        """Done as soon as nothing waits: the clock writes it down within a minute."""
        state = self.mailing.state
        return State.DONE if state is State.SENDING and not self.progress.waiting else state

    @property
    def total(self) -> int:
        if self.state in (State.DONE, State.SENDING):
            return self.progress.written
        return max(self.mailing.expected, self.progress.written)

    @property
    def is_counted(self) -> bool:
        """Of a part of the subscribers only the share is told: its numbers could point at somebody."""
        return self.mailing.audience == Audience.ALL

    @property
    def gone(self) -> int:
        return self.progress.written - self.progress.waiting

    @property
    def share(self) -> int:
        return 100 if self.state is State.DONE else min(99, int(100 * self.gone / max(self.total, 1)))

    @property
    def is_moving(self) -> bool:
        return self.state in (State.PREPARING, State.SENDING)

    @property
    def ready_at(self) -> datetime | None:
        """When the last one goes at the site's pace; None without one."""
        if not (self.is_moving and self.is_counted and settings.MAIL_RATE):
            return None
        return timezone.now() + timedelta(minutes=(self.total - self.gone) / settings.MAIL_RATE)


@require_safe
def mailings(request: HttpRequest) -> HttpResponse:
    _editors_only(request.user)
    found = Mailing.objects.newest_first().select_related("article", "topic", "started_by", "mould")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) <= 18:
        found = found.filter(pk__lt=int(before))
    page = list(found[: A_PAGE + 1])
    context = {
        "rows": [Shown(one, services.progress_of(one)) for one in page[:A_PAGE]],
        "before": page[A_PAGE - 1].pk if len(page) > A_PAGE else None,
        "header_title": _("Articles by mail"),
    }
    return render(request, f"{TEMPLATES}/mailings.html", context)


@require_safe
def mailing(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """The whole page, or just what moves on it."""
    found = _mailing_or_404(request, mailing_id)
    context = {"shown": Shown(found, services.progress_of(found)), "header_title": found.article.title}
    is_piece = request.headers.get("HX-Request")
    return render(request, f"{TEMPLATES}/{'progress' if is_piece else 'mailing'}.html", context)


@require_POST
def stop_mailing(request: HttpRequest, mailing_id: int) -> HttpResponse:
    found = _mailing_or_404(request, mailing_id)
    services.stop(mailing=found, by=request.user)  # type: ignore[arg-type]  # nobody else gets here
    messages.success(request, _("Stopped. What has not gone out stays here until you send it on."))
    return redirect("mailings_cms:mailing", found.pk)


@require_POST
def take_up_mailing(request: HttpRequest, mailing_id: int) -> HttpResponse:
    found = _mailing_or_404(request, mailing_id)
    try:
        services.take_up(mailing=found)
    except services.CannotGoOn:
        messages.error(request, _("The article is not published. Publish it first, then send the rest."))
    else:
        write_mailing.enqueue(found.pk)
        messages.success(request, _("The rest is on its way."))
    return redirect("mailings_cms:mailing", found.pk)


def _mailing_or_404(request: HttpRequest, mailing_id: int) -> Mailing:
    _editors_only(request.user)
    if mailing_id > MOST:
        raise Http404
    found = Mailing.objects.select_related("article", "topic", "started_by", "stopped_by", "mould")
    return get_object_or_404(found, pk=mailing_id)


def _editors_only(user: Any) -> None:
    if not can_mail(user):
        raise Http404
