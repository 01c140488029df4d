"""Founding a reading group, and what its organisers say of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clubs.groups import pictures, services
from clubs.groups.forms import ClubForm, FoundForm
from clubs.groups.models import Club, ClubPicture
from clubs.permissions import MemberRequest, also_in_the_archive, can_revive, member_required, organiser_required
from movement.editing import ChangedMeanwhile, meanwhile
from movement.permissions import AllyRequest, ally_required


@require_http_methods(["GET", "HEAD", "POST"])
@ally_required
def new(request: AllyRequest) -> HttpResponse:
    form = FoundForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        club = services.found_club(organiser=request.ally, **form.cleaned_data)
        messages.success(request, _("There it is."))
        return redirect(club)
    return render(request, "clubs/groups/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@organiser_required
def edit(request: MemberRequest) -> HttpResponse:
    """What the club says of itself. The second of two who edit at once is told, and sees both versions."""
    form = ClubForm(request.POST if request.method == "POST" else None, instance=_fresh(request))
    differences = None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_club(club=request.club, edition=form.cleaned_data["edition"], **form.values())
        except ChangedMeanwhile:
            now = _fresh(request)
            form, differences = meanwhile(lambda sent: _over(now, sent), request.POST, edition=now.edition)
        else:
            messages.success(request, _("Saved."))
            return redirect(request.club)
    status = 409 if differences is not None else 422 if form.errors else 200
    return render(
        request, "clubs/groups/edit.html", _context(request, form=form, differences=differences), status=status
    )


def _over(club: Club, sent: QueryDict) -> ClubForm:
    return ClubForm(sent, instance=club)


def _fresh(request: MemberRequest) -> Club:
    """For the form, which writes into what it is given."""
    return Club.objects.get(pk=request.club.pk)


def _context(request: MemberRequest, **more: object) -> dict[str, object]:
    picture = ClubPicture.objects.filter(club=request.club).defer("content").first()
    return {"club": request.club, "picture": picture, **more}


@require_POST
@organiser_required
def new_picture(request: MemberRequest) -> HttpResponse:
    """Hang up another picture, or take it down (`remove` is sent)."""
    if request.POST.get("remove"):
        pictures.take_down(club=request.club)
        messages.success(request, _("The picture is taken down."))
    elif file := request.FILES.get("picture"):
        try:
            pictures.hang_up(club=request.club, file=file)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The picture hangs."))
    else:
        messages.warning(request, _("Choose a file first."))
    return redirect("clubs:edit", slug=request.club.slug)


@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Its picture, for whoever may see the club; no cache on the way keeps it."""
    seen = Club.objects.visible_to(request.user).filter(slug=slug)
    found = get_object_or_404(ClubPicture, club__in=seen)
    response = HttpResponse(bytes(found.content), content_type=pictures.KIND)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@member_required
@also_in_the_archive
def revive(request: MemberRequest) -> HttpResponse:
    if not can_revive(request.membership):
        raise Http404
    services.revive(club=request.club)
    messages.success(request, _("The group is back, with all that it had."))
    return redirect(request.club)
