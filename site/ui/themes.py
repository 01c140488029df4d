"""Light or dark paper: a cookie of the reader's own, and nothing else."""

from django.http import HttpRequest, HttpResponse

COOKIE = "theme"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


def chosen(request: HttpRequest | None) -> str:
    """ "light", "dark", or "" for what the device prefers."""
    value = request.COOKIES.get(COOKIE, "") if request else ""
    return value if value in THEMES else ""


def keep(response: HttpResponse, *, theme: str, secure: bool) -> None:
    """Remembers the choice for a year, or forgets it. Scripts may read it: it is no secret."""
    if theme in THEMES:
        response.set_cookie(COOKIE, theme, max_age=YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
