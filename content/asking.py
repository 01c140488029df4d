"""What every "write to me" on the reader's pages has in common: an address is asked for in place or on a page of its
own, nothing is said of who is known already, and what a link in a mail is about is found, or said to be gone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.limits import TooMany
from accounts.tokens import BadToken
from content.subscriptions.forms import AddressForm
from ui.views import too_many_requests

Thing = TypeVar("Thing")
looked_at_or_pressed = require_http_methods(["GET", "HEAD", "POST"])


def answer(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    """A piece (`<template>_piece.html`) for htmx, a page for everybody else. A form with errors comes back as 422,
    but in place, where only what is all right is put in."""
    piece = "_piece" if request.headers.get("HX-Request") else ""
    form = context.get("form")
    status = 422 if getattr(form, "errors", None) and not piece else 200
    return render(request, f"{template}{piece}.html", context, status=status)


def ask(request: HttpRequest, form: AddressForm, *, do: Callable[[], object]) -> HttpResponse | None:
    """Do it for a person, and seem to for a machine that fills in every field; the page when it was too often."""
    if form.is_a_machine:
        return None
    try:
        do()
    except TooMany:
        return too_many_requests(request)
    return None


def behind_link(
    find: Callable[[str], Thing | None], *, bad: str
) -> Callable[[Callable[[HttpRequest, Thing], HttpResponse]], Callable[..., HttpResponse]]:
    """The view gets what its token is about. A token that is wrong, too old, or about nothing any more is answered by
    the template `bad`, and nothing has changed."""

    def wrap(view: Callable[[HttpRequest, Thing], HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @looked_at_or_pressed
        @wraps(view)
        def found(request: HttpRequest, token: str) -> Any:
            try:
                thing = find(token)
            except BadToken as error:
                return render(request, bad, {"reason": error.reason}, status=400)
            if thing is None:
                return render(request, bad, {"reason": "ended"}, status=410)
            return view(request, thing)

        return found

    return wrap
