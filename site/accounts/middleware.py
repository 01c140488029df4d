"""Times in the zone of the one who reads them; and the step from a form of ours to somebody else's site."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from requests import RequestException

logger = logging.getLogger(__name__)


class PersonTimeZoneMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(request.user, "timezone", "") if request.user.is_authenticated else ""
        with timezone.override(ZoneInfo(zone) if zone else None):
            return self.get_response(request)


class OnwardMiddleware:
    """A form that ends on another site (signing in with an account from there) gets a page that goes on by itself.

    Our policy lets forms lead nowhere else, and browsers hold every redirect that follows to it: those of a company's
    server may be many, on hosts that nobody can list beforehand.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303) and self._leads_away(request, response):
            return render(request, "socialaccount/onward.html", {"url": response["Location"]})
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The other site does not answer: said in plain words, and no fault of ours."""
        if not (isinstance(exception, RequestException) and request.path.startswith("/accounts/")):
            return None
        logger.error("an account's provider does not answer: %r", exception)
        return render(request, "socialaccount/authentication_error.html", status=503)

    def _leads_away(self, request: HttpRequest, response: HttpResponse) -> bool:
        there = urlsplit(response["Location"])
        ours = {request.get_host(), urlsplit(settings.SITE_URL).netloc}
        return request.path.startswith("/accounts/") and there.scheme in ("http", "https") and there.netloc not in ours
