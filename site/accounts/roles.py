"""The three groups of people who work in the CMS, what they may do there, and the words to ask for them.

Rights on Wagtail's pages, images and documents are granted by `content` (it knows the pages); those on the models of
a higher floor by that floor, with `grant`.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from accounts.models import SignupPolicy, User

AUTHORS, EDITORS, STEWARDS = "authors", "editors", "stewards"
ROLES = (AUTHORS, EDITORS, STEWARDS)
_wanted: list[tuple[str, type[Model], tuple[str, ...]]] = []


def grant(role: str, model: type[Model], *actions: str) -> None:
    """Say in `AppConfig.ready()` that a role may add, change, delete or view a model; `ensure_roles` writes it."""
    _wanted.append((role, model, actions))


def ensure_roles() -> dict[str, Group]:
    """The groups by name with their rights; safe to call again and again."""
    groups = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for group in groups.values():
        group.permissions.add(enter)
    for role, model, actions in [(STEWARDS, SignupPolicy, ("change",)), *_wanted]:
        groups[role].permissions.add(*_permissions(model, actions))
    return groups


def _permissions(model: type[Model], actions: tuple[str, ...]) -> list[Permission]:
    kind = ContentType.objects.get_for_model(model)
    codenames = [f"{action}_{model._meta.model_name}" for action in actions]
    return list(Permission.objects.filter(content_type=kind, codename__in=codenames))


def _groups_of(user: User | AnonymousUser) -> frozenset[str]:
    """Asked once per request: the user object lives as long as the request."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_role_names"):
        user._role_names = frozenset(user.groups.filter(name__in=ROLES).values_list("name", flat=True))  # type: ignore[union-attr, attr-defined]
    return user._role_names  # type: ignore[union-attr, attr-defined]


def held() -> dict[str, Exists]:
    """For `annotate` on people: which of the roles each has. `remember_held` takes it from there."""
    groups = User.groups.through.objects.filter(user=OuterRef("pk"))
    return {f"is_in_{role}": Exists(groups.filter(group__name=role)) for role in ROLES}


def remember_held(user: User) -> None:
    user._role_names = frozenset(role for role in ROLES if getattr(user, f"is_in_{role}"))  # type: ignore[attr-defined]


def is_steward(user: User | AnonymousUser) -> bool:
    return user.is_active and (user.is_superuser or STEWARDS in _groups_of(user))


def is_editor(user: User | AnonymousUser) -> bool:
    """Editors, and the stewards above them."""
    return is_steward(user) or EDITORS in _groups_of(user)


def is_author(user: User | AnonymousUser) -> bool:
    """Whoever writes in the CMS."""
    return is_editor(user) or AUTHORS in _groups_of(user)


def for_stewards(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Who is none finds no such page."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not is_steward(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
