"""The styleguide, the choice of paper, and the pages for when something went wrong."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ui import samples, themes


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    return render(request, "ui/styleguide.html", samples.context())


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(
        label=_("Paper"),
        choices=[("auto", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest) -> HttpResponse:
    """The page behind the footer's choice, for browsers without scripts. Asking for it changes nothing."""
    if request.method != "POST":
        first = {"theme": request.GET.get("theme") or themes.chosen(request) or "auto", "next": _local_referer(request)}
        return render(request, "ui/theme.html", {"form": ThemeForm(initial=first)})
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return render(request, "ui/theme.html", {"form": form})
    response = HttpResponseRedirect(_local(request, form.cleaned_data["next"]))
    themes.keep(response, theme=form.cleaned_data["theme"], secure=settings.SESSION_COOKIE_SECURE)
    return response


def _local(request: HttpRequest, url: str) -> str:
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if url and ours else "/"


def _local_referer(request: HttpRequest) -> str:
    return _local(request, request.headers.get("Referer", ""))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain("errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Forbidden and missing look the same."""
    return page_not_found(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _plain("errors/403.html", status=403)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain("errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain("errors/500.html", status=500)


def service_unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain("errors/503.html", status=503)


def _plain(template: str, *, status: int) -> HttpResponse:
    """Rendered without context processors: no session, no database, no cache."""
    return HttpResponse(render_to_string(template), status=status)
