"""The directory of allies, one ally's page, and my own profile."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from movement.allies.directory import Wish, directory
from movement.allies.forms import ProfileForm, taken
from movement.allies.models import Ally
from movement.allies.services import AliasTaken, change_appearance
from movement.permissions import AllyRequest, ally_required

LONGEST_WORDS, MOST_UNITS = 80, 100


@ally_required
@require_safe
def allies(request: AllyRequest) -> HttpResponse:
    """The directory, filtered by department and words."""
    asked = request.GET
    wish = Wish(
        units=asked.getlist("dep")[:MOST_UNITS],
        words=asked.get("q", "").replace("\x00", "").strip()[:LONGEST_WORDS],
        after=asked.get("after", ""),
        alias_after=asked.get("alias_after", ""),
    )
    found = directory(viewer=request.user, wish=wish)
    context = {"wish": wish, "found": found, "me": request.ally, "kept": _kept(wish)}
    return render(request, "movement/allies/allies.html", context)


def _kept(wish: Wish) -> str:
    """The filter as a query string, for the links that page on."""
    query = HttpRequest().GET.copy()
    query.setlist("dep", list(wish.units))
    if wish.words:
        query["q"] = wish.words
    return query.urlencode()


@ally_required
@require_safe
def ally(request: AllyRequest, id: int) -> HttpResponse:
    """One visible ally, by public number. A quiet one's page does not exist, not even for stewards."""
    visible = Ally.objects.visible_to(request.user).select_related("unit__parent")
    context = {"ally": get_object_or_404(visible, public_id=id), "me": request.ally}
    return render(request, "movement/allies/ally.html", context)


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: AllyRequest) -> HttpResponse:
    """How I appear, and the ways to my sign-in settings and my data."""
    me: Any = Ally.objects.select_related("user").get(pk=request.ally.pk)
    form = ProfileForm(request.POST or None, instance=me, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            change_appearance(ally=me, **form.cleaned_data)
        except AliasTaken:
            form.add_error("alias", taken())
        else:
            messages.success(request, _("Saved. This is how you appear from now on."))
            return redirect("movement:profile")
    return render(request, "movement/allies/profile.html", {"form": form}, status=422 if form.errors else 200)
