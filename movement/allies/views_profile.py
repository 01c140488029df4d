"""My profile: how I appear, the preview of it, and my portrait."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from movement.allies.forms import PortraitForm, ProfileForm, taken
from movement.allies.languages import name_of
from movement.allies.models import Ally
from movement.allies.portraits import TYPE, Portrait, keep_portrait, remove_portrait
from movement.allies.preview import Seen
from movement.allies.preview import preview as seen_by_others
from movement.allies.services import AliasTaken, change_profile
from movement.allies.tags import known
from movement.permissions import AllyRequest, ally_required


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: AllyRequest) -> HttpResponse:
    """How I appear, and the ways to my sign-in settings and my data."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(ally=form.instance, **form.cleaned_data)
        except AliasTaken:
            form.add_error("alias", taken())
        else:
            messages.success(request, _("Saved. This is how you appear from now on."))
            return redirect("movement:profile")
    return _page(request, form, status=422 if form.errors else 200)


@ally_required
@require_POST
def preview(request: AllyRequest) -> HttpResponse:
    """What would be seen of me; saves nothing. Only that piece where the page asks for it, else the page with it."""
    form, previews = _form(request), []
    if form.is_valid():
        try:
            previews = seen_by_others(request, ally=request.ally, **form.cleaned_data)
        except AliasTaken:
            form.add_error("alias", taken())
    if getattr(request, "htmx", None):
        return render(request, "movement/allies/preview.html", {"previews": previews, "wrong": _wrong(form)})
    return _page(request, form, previews=previews, wrong=_wrong(form), status=422 if form.errors else 200)


@ally_required
@require_safe
def known_tags(request: AllyRequest) -> HttpResponse:
    """Words of others that go on from the one being typed."""
    asked = request.GET
    field = {"help": "can_help", "learn": "want_to_learn"}.get(asked.get("way", ""), "")
    typed = asked.get(field, "").replace("\x00", "").rpartition(",")[2].strip()
    return render(request, "movement/allies/known_tags.html", {"tags": known(request.user, beginning=typed)})


@ally_required
@require_POST
def own_portrait(request: AllyRequest) -> HttpResponse:
    """Take a picture as my portrait, or remove it."""
    if request.POST.get("remove"):
        remove_portrait(ally=request.ally)
        messages.success(request, _("Your portrait is gone, here and everywhere."))
        return redirect("movement:profile")
    form = PortraitForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, _form(request, bound=False), portrait_form=form, status=422)
    keep_portrait(ally=request.ally, picture=form.cleaned_data["picture"])
    messages.success(request, _("That is your portrait now."))
    return redirect("movement:profile")


@ally_required
@require_safe
def portrait(request: AllyRequest, id: int) -> HttpResponse:
    """The picture itself, for whoever may see the face: allies while its owner is open, and its owner."""
    seen = Ally.objects.visible_to(request.user).open() | Ally.objects.filter(pk=request.ally.pk)
    kept = get_object_or_404(Portrait, ally__in=seen, ally__public_id=id)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(kept.picture), content_type=TYPE, headers=headers)


def _form(request: AllyRequest, *, bound: bool = True) -> ProfileForm:
    me: Any = Ally.objects.select_related("user").get(pk=request.ally.pk)
    posted = request.POST if bound and request.method == "POST" else None
    return ProfileForm(posted, instance=me, user=request.user)


def _page(
    request: AllyRequest,
    form: ProfileForm,
    *,
    portrait_form: PortraitForm | None = None,
    previews: list[Seen] | None = None,
    wrong: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "me": request.ally,
        "spoken": [name_of(code) for code in form.fields["languages"].initial or []],
        "portrait_form": portrait_form or PortraitForm(),
        "previews": previews or [],
        "wrong": wrong or [],
    }
    return render(request, "movement/allies/profile.html", context, status=status)


def _wrong(form: ProfileForm) -> list[str]:
    return [f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
