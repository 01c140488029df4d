"""Pictures from MEDIA_ROOT, for whoever has no reverse proxy to serve them."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

DAY = 86_400


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture's file bears its content's or its version's name, and is everybody's to see: caches may keep it."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = f"public, max-age={DAY}"
    return response
