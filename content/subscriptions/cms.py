"""Subscribers in the CMS: who they are, bringing addresses in, taking the list along. For stewards only."""

from django.contrib import messages
from django.db.models import BigIntegerField, Count, Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import for_stewards
from content.subscriptions import choosing, exporting, importing, services, sources
from content.subscriptions.models import Pace, Subscriber
from content.tasks import invite_imported

A_PAGE, SHOWN = 50, 100
TEMPLATES = "content/cms/subscriptions"


@require_safe
@for_stewards
def subscribers(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:254]
    found = Subscriber.objects.order_by("-pk").prefetch_related("topics", "authors", "followed", "consents")
    if asked:
        found = found.filter(email__icontains=asked)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) <= 18:
        found = found.filter(pk__lt=int(before))
    rows, labels = list(found[: A_PAGE + 1]), sources.labels()
    context = {
        "rows": [(row, choosing.in_words(row, labels)) for row in rows[:A_PAGE]],
        "older": rows[A_PAGE - 1].pk if len(rows) > A_PAGE else None,
        "q": asked,
        "counts": counts(),
        "header_title": _("Subscribers"),
    }
    return render(request, f"{TEMPLATES}/subscribers.html", context)


def counts() -> dict[str, int]:
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    confirmed = Q(confirmed_at__isnull=False)
    return Subscriber.objects.aggregate(
        confirmed=Count("pk", filter=confirmed),
        gained=Count("pk", filter=Q(confirmed_at__gte=month)),
        at_once=Count("pk", filter=confirmed & Q(pace=Pace.NOW)),
        waiting=Count("pk", filter=~confirmed),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def import_subscribers(request: HttpRequest) -> HttpResponse:
    """A file is looked through first; a second button brings in what is good in it."""
    context: dict[str, object] = {"columns": importing.COLUMNS, "header_title": _("Import subscribers")}
    if request.method == "POST":
        data = _data(request)
        if request.POST.get("do") == "import":
            reading = importing.bring_in(data=data)
            invite_imported.enqueue()
            messages.success(request, in_words(reading))
            return redirect("subscribers_cms:subscribers")
        reading = importing.read(data)
        context |= {
            "reading": reading,
            "text": importing.text_of(data) if len(data) <= importing.LARGEST_FILE else "",
            "refused": reading.refused[:SHOWN],
            "more": max(0, len(reading.refused) - SHOWN),
        }
    return render(request, f"{TEMPLATES}/import.html", context)


def in_words(reading: importing.Reading) -> str:
    """What became of the rows of a file that was brought in."""
    told = (
        (
            len(reading.new),
            ngettext("%(n)s person is asked to confirm.", "%(n)s people are asked to confirm.", len(reading.new)),
        ),
        (reading.known, ngettext("%(n)s was known already.", "%(n)s were known already.", reading.known)),
        (len(reading.refused), ngettext("%(n)s row was refused.", "%(n)s rows were refused.", len(reading.refused))),
    )
    return " ".join(text % {"n": n} for n, text in told)


def _data(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is not None:
        return file.read(importing.LARGEST_FILE + 1)
    return request.POST.get("text", "").encode()


@require_safe
@for_stewards
def export_subscribers(request: HttpRequest) -> StreamingHttpResponse:
    response = StreamingHttpResponse(exporting.lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="subscribers-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


@require_POST
@for_stewards
def forget_subscriber(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody wrote to the steward instead of pressing the link."""
    if pk > BigIntegerField.MAX_BIGINT:
        raise Http404
    services.stop(subscriber=get_object_or_404(Subscriber, pk=pk))
    messages.success(request, _("The address is forgotten, with all that it chose."))
    return redirect("subscribers_cms:subscribers")


patterns = [
    path("", subscribers, name="subscribers"),
    path("import/", import_subscribers, name="import"),
    path("export/", export_subscribers, name="export"),
    path("<int:pk>/forget/", forget_subscriber, name="forget"),
]
