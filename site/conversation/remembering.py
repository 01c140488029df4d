"""A browser remembers for a month the address that was confirmed in it: then a comment needs no second mail.

The cookie goes with the form's own addresses only, so that pages which visitors share are asked for without it.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts import tokens

COOKIE, PATH = "comment_address", "/comments/"
PURPOSE = "comment-remembered"
FOR = timedelta(days=30)


@dataclass(frozen=True)
class Remembered:
    email: str
    name: str


def remember(response: HttpResponse, *, email: str, name: str) -> None:
    response.set_cookie(
        COOKIE,
        tokens.make(purpose=PURPOSE, subject=[email, name]),
        max_age=FOR,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def remembered(request: HttpRequest) -> Remembered | None:
    """Nothing for a cookie that is not ours, was altered or is older than a month."""
    try:
        email, name = tokens.read(purpose=PURPOSE, token=request.COOKIES.get(COOKIE, ""), max_age=FOR)
    except (tokens.BadToken, TypeError, ValueError):
        return None
    return Remembered(email, name)
