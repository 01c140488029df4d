"""Who may do what in the movement. Predicates only: they ask, they never change anything."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.requests import PersonRequest
from movement.allies.models import Ally

P = ParamSpec("P")


class AllyRequest(PersonRequest):
    """What a view behind `ally_required` gets: a signed-in person and their ally."""

    ally: Ally


AllyView = Callable[Concatenate[AllyRequest, P], HttpResponse]


def ally_of(user: User | AnonymousUser) -> Ally | None:
    """The ally behind a login, with their department and division: no query for who is signed in
    (`accounts.backends`), one for a person who was read otherwise."""
    return getattr(user, "ally", None) if user.is_authenticated else None


def name_of(user: User | AnonymousUser) -> str | None:
    """What this person is called where they write: the name they chose, or None for a quiet one."""
    ally = ally_of(user)
    return ally.signature if ally else None


def may_sign(user: User | AnonymousUser) -> bool:
    """Whether they can write among allies: only under a name that they show."""
    return name_of(user) is not None


def why_not_signed(user: User | AnonymousUser) -> str:
    """For a quiet ally, who reads along; empty for who may write, and for who is no ally."""
    if ally_of(user) is None or may_sign(user):
        return ""
    return _(
        "You are counted, never shown, so nothing stands here under your name. Your profile is where that changes."
    )


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
