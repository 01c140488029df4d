"""The list of reading groups, the page of one, and what concerns several features: joining, leaving, putting away."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clubs import page
from clubs.groups import services as groups
from clubs.groups.find_form import FindForm
from clubs.groups.forms import AskForm, LeaveForm
from clubs.groups.models import Club, Membership
from clubs.groups.queries import fellows
from clubs.listing import listing
from clubs.permissions import (
    MemberRequest,
    also_in_the_archive,
    can_ask_to_join,
    can_take_alias,
    member_required,
    membership_of,
    organiser_required,
)
from clubs.services import archive_club, leave_club, remove_member
from movement.permissions import AllyRequest, ally_of, ally_required


@require_safe
def clubs(request: HttpRequest) -> HttpResponse:
    """Every club that this person may know of, as they wish to find it."""
    form = FindForm(request.GET, user=request.user)
    wish = form.wish
    found = listing(user=request.user, ally=ally_of(request.user), wish=wish, after=request.GET.get("after", ""))
    kept = urlencode(wish)
    context = {"found": found, "form": form, "wish": wish, "kept": kept}
    return render(request, "clubs/groups/clubs.html", context)


@require_safe
def club(request: HttpRequest, slug: str) -> HttpResponse:
    """Its members' table, or for the others what is on it."""
    found = get_object_or_404(Club.objects.visible_to(request.user).for_its_page(), slug=slug)
    membership = membership_of(request.user, found)
    if membership:
        return render(request, "clubs/groups/club.html", page.for_member(membership, membership.ally.user))
    return render(request, "clubs/groups/public.html", page.for_everybody(found, ally_of(request.user)))


@require_POST
@ally_required
def join(request: AllyRequest, slug: str) -> HttpResponse:
    """Join an open club at once, or ask to join one that lets people in itself."""
    found = get_object_or_404(Club.objects.visible_to(request.user).for_its_page(), slug=slug)
    try:
        if can_ask_to_join(found):
            return _ask(request, found)
        member = groups.join(club=found, ally=request.ally)
    except groups.NotOpenToAll:
        raise Http404
    except groups.ClubIsFull:
        messages.warning(request, _("This group is full by now. You can wait for a place."))
        return redirect(found)
    except groups.MayNotComeBack:
        return redirect(found)  # whose page says so
    member.ally, member.club = request.ally, found
    return welcomed(request, member)


def _ask(request: AllyRequest, found: Club) -> HttpResponse:
    form = AskForm(request.POST, questions=found.questions)
    if not form.is_valid():
        return render(
            request, "clubs/groups/public.html", page.for_everybody(found, request.ally, form=form), status=422
        )
    groups.ask_to_join(club=found, ally=request.ally, words=form.cleaned_data["words"], answers=form.answers)
    messages.success(request, _("You have asked. An organiser will answer."))
    return redirect(found)


def welcomed(request: HttpRequest, member: Membership) -> HttpResponse:
    """To the table; whoever is quiet is asked first whether they want a name there."""
    if can_take_alias(member) and not member.alias:
        messages.success(request, _("Welcome to the table. Nobody sees you there unless you take an alias."))
        return redirect("clubs:alias", slug=member.club.slug)
    messages.success(request, _("Welcome to the table."))
    return redirect(member.club)


@require_POST
@member_required
@also_in_the_archive
def leave(request: MemberRequest) -> HttpResponse:
    """For good; the last organiser may name who takes over (`successor`)."""
    others = [member for member in fellows(request.club) if member.pk != request.membership.pk]
    form = LeaveForm(request.POST, fellows=others)
    leave_club(membership=request.membership, successor=form.chosen if form.is_valid() else None)
    messages.success(request, _("You have left the group. Its door stays where it was."))
    return redirect("clubs:clubs")


@require_POST
@organiser_required
def remove(request: MemberRequest, member: int) -> HttpResponse:
    """Somebody's membership ends, with `for_good` for good. Only who shows themselves can be meant: of the others
    nobody knows.
    """
    shown = request.club.memberships.shown().exclude(pk=request.membership.pk)
    found = get_object_or_404(shown.select_related("ally__user", "ally__unit__parent", "club"), public_id=member)
    for_good = bool(request.POST.get("for_good"))
    remove_member(membership=found, for_good=for_good)
    if for_good:
        messages.success(request, _("They are in the group no more and cannot come back. They were told so kindly."))
    else:
        messages.success(request, _("They are in the group no more, and were told so kindly."))
    return redirect("clubs:members", slug=request.club.slug)


@require_POST
@organiser_required
def archive(request: MemberRequest) -> HttpResponse:
    archive_club(club=request.club)
    messages.success(request, _("The group is put away. Its members can still read in it, and you can bring it back."))
    return redirect(request.club)
