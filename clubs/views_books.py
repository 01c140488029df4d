"""A book as one club knows it, and the page of a round: they gather what several features hold."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.limits import TooMany
from clubs import rounds
from clubs.discussion.queries import highlights
from clubs.permissions import (
    MemberRequest,
    also_in_the_archive,
    can_organise,
    can_write_notes,
    member_required,
    organiser_required,
)
from clubs.reading.covering import may_hang_cover
from clubs.reading.finishing import elsewhere
from clubs.reading.models import Book, Copy, Reading
from clubs.reading.site_pages import may_read
from postbox import links


@require_safe
@member_required
def book(request: MemberRequest, id: int) -> HttpResponse:
    """Its record, who lends it, what was kept from it here, and what other groups said of it."""
    found = get_object_or_404(Book.objects.known_to(request.club).with_cover(), pk=id)
    shown = request.club.memberships.shown().order_by().values("pk")
    copies = Copy.objects.filter(book=found, membership__in=shown).select_related("membership__ally__user")
    context = {
        "club": request.club,
        "me": request.ally,
        "book": found,
        "may_hang": can_organise(request.membership) and may_hang_cover(found, request.club),
        "page": may_read(request.user, found.page_id),
        "readings": request.club.readings.filter(book=found),
        "lenders": [name for copy in copies if (name := copy.membership.shown_name_on(copy.offered_at))],
        "lends": Copy.objects.filter(book=found, membership=request.membership).exists(),
        "kept": highlights(request.membership, request.user).filter(section__reading__book=found),
        "elsewhere": elsewhere(found, request.club),
        "organises": can_organise(request.membership),
        "may_write": can_write_notes(request.membership),
    }
    return render(request, "clubs/reading/book.html", context)


@require_safe
@member_required
def summary(request: MemberRequest, id: int) -> HttpResponse:
    """One page of the round, to print or to send around among the members: what was kept and made of it."""
    reading = _round(request, id)
    context = {
        "club": request.club,
        "me": request.ally,
        "reading": reading,
        "round": rounds.round_of(reading, request.membership),
        "address": links.absolute(rounds.address_of(reading)),
        "may_write": can_write_notes(request.membership),
        "organises": can_organise(request.membership),
    }
    return render(request, "clubs/reading/summary.html", context)


@require_POST
@organiser_required
def send_round(request: MemberRequest, id: int) -> HttpResponse:
    """Tell the members where it stands. How many they are is told to nobody."""
    rounds.send_to_members(reading=_round(request, id))
    messages.success(request, _("Sent to the members. Whoever had it already gets it once only."))
    return redirect("clubs:summary", slug=request.club.slug, id=id)


@require_POST
@member_required
@also_in_the_archive
def copy_round(request: MemberRequest, id: int) -> HttpResponse:
    """By mail to oneself."""
    try:
        rounds.send_copy(reading=_round(request, id), membership=request.membership)
    except TooMany:
        messages.warning(request, _("That is a lot of copies. Try again in an hour."))
    else:
        messages.success(request, _("A copy is on its way to you."))
    return redirect("clubs:summary", slug=request.club.slug, id=id)


def _round(request: MemberRequest, id: int) -> Reading:
    reading = get_object_or_404(Reading.objects.with_cover(), pk=id, club=request.club)
    reading.club = request.club
    return reading
