"""/healthz answers whoever asks, by whatever name."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from postbox import views

PATH = "/healthz"


class HealthMiddleware:
    """Stands first: a balancer asks by address, which ALLOWED_HOSTS need not know; no session, no cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return views.health(request) if request.path_info == PATH else self.get_response(request)
