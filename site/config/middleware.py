"""What holds for every address: odd input, private answers, and the laxer policy of the CMS."""

import logging
import re
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver
from django.utils.cache import add_never_cache_headers

from ui.views import service_unavailable

logger = logging.getLogger(__name__)
#: Previews and drafts: pages as readers will see them.
SHOWN_AS_READ = re.compile(r"/(preview|view_draft|preview_on_add|preview_on_edit|revisions/\d+/view)/")
GetResponse = Callable[[HttpRequest], HttpResponse]
#: Wagtail's admin needs inline styles and scripts.
CMS_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}


class OddInputMiddleware:
    """A NUL in the path or the query can reach no database: the answer is 400."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return get_resolver().resolve_error_handler(400)(request, ValueError("NUL"))  # type: ignore[call-arg]  # its stub knows no argument
        return self.get_response(request)


class DatabaseAwayMiddleware:
    """A database that does not answer is 503 with "come back soon", not a fault of ours."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("the database does not answer: %r", exception)
        return service_unavailable(request)


class PrivateResponseMiddleware:
    """Everything for a signed-in person is `private, no-store` (design rule 7)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class CmsPolicyMiddleware:
    """Loosens the content security policy under /cms/, and nowhere else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if SHOWN_AS_READ.search(request.path):
            return response  # a preview holds what an author wrote: the readers' own policy
        if request.path.startswith("/cms/") and response.get("Content-Type", "").startswith("text/html"):
            response._csp_update = CMS_POLICY  # type: ignore[attr-defined]  # django-csp reads it
        return response
