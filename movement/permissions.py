"""Who may do what in the movement. Predicates only: they ask, they never change anything."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from accounts.requests import PersonRequest
from movement.allies.models import Ally

P = ParamSpec("P")


class AllyRequest(PersonRequest):
    """What a view behind `ally_required` gets: a signed-in person and their ally."""

    ally: Ally


AllyView = Callable[Concatenate[AllyRequest, P], HttpResponse]


def ally_of(user: User | AnonymousUser) -> Ally | None:
    """The ally behind a login, with their department and division; one query, once per request."""
    if not user.is_authenticated:
        return None
    if not hasattr(user, "_ally"):
        user._ally = Ally.objects.select_related("unit__parent", "user").filter(user_id=user.pk).first()  # type: ignore[union-attr, attr-defined]
    return user._ally  # type: ignore[union-attr, attr-defined, no-any-return]


def name_of(user: User | AnonymousUser) -> str | None:
    """What this person is called where they write: the name they chose, or None for a quiet one."""
    ally = ally_of(user)
    return ally.signature if ally else None


def ally_required(view: AllyView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For allies only: a visitor is sent to sign in, somebody not welcomed yet to `/welcome/`.

    The view finds its ally in `request.ally`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        ally = ally_of(request.user)
        if ally is None:
            return redirect("movement:welcome")
        request.ally = ally  # type: ignore[attr-defined]
        return view(cast(AllyRequest, request), *args, **kwargs)

    return guarded
