"""My invitations: my own link, links for an occasion, letters, and who came by them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import TooMany
from accounts.roles import is_steward
from movement.invitations import queries, services
from movement.invitations.forms import LetterForm, OccasionForm, WordsForm
from movement.invitations.letters import A_DAY, AskedAlready, greeting_name, greeting_of, write_to
from movement.invitations.models import Invitation, Purpose
from movement.permissions import AllyRequest, ally_required
from postbox import links
from ui.qrcode import qr_png

SHOWN = 50
#: The ids of their fields: three forms stand on one page.
OCCASION, LETTER = "occasion_%s", "letter_%s"


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: AllyRequest) -> HttpResponse:
    """Everything by which I ask others in; posted, my own words."""
    if request.method != "POST":
        return _page(request)
    form = WordsForm(request.POST, instance=_mine(request) or Invitation(owner=request.ally))
    if not form.is_valid():
        return _page(request, words=form)
    services.say(owner=request.ally, **form.cleaned_data)
    messages.success(request, _("Your words now stand on your invitation."))
    return redirect("movement:invite")


@ally_required
@require_POST
def invite_link(request: AllyRequest) -> HttpResponse:
    """Make my link, or replace it by a new one."""
    if request.POST.get("replace"):
        services.replace(owner=request.ally)
        messages.success(request, _("This is your new link. The old one leads nowhere now."))
    else:
        services.open_invitation(owner=request.ally)
    return redirect("movement:invite")


@ally_required
@require_POST
def new_occasion(request: AllyRequest) -> HttpResponse:
    form = OccasionForm(request.POST, auto_id=OCCASION)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = services.open_occasion(
                owner=request.ally, occasion=given["occasion"], expires_at=given["until"], seats=given["seats"]
            )
        except TooMany:
            form.add_error(None, _("Those are a great many links for one day. Please go on tomorrow."))
        else:
            return redirect("movement:occasion", id=made.pk)
    return _page(request, occasion=form)


@ally_required
@require_safe
def occasion(request: AllyRequest, id: int) -> HttpResponse:
    """One link for an occasion: to copy, to share, to print, and who came by it."""
    found = get_object_or_404(request.ally.invitations.occasions(), pk=id)
    context = {"invitation": found, "link": _link(found), "brought": queries.brought_through(found)}
    return render(request, "movement/invitations/occasion.html", context)


@ally_required
@require_POST
def end_invitation(request: AllyRequest, id: int) -> HttpResponse:
    """End a link for an occasion, or take back a letter; what has been used is answered as what has not."""
    found = get_object_or_404(request.ally.invitations.exclude(purpose=Purpose.PERSONAL), pk=id)
    services.end(invitation=found)
    messages.success(request, _("It leads nowhere now."))
    return redirect("movement:invite")


@ally_required
@require_safe
def invitation_qr(request: AllyRequest, id: int) -> HttpResponse:
    """The QR code of a link of mine as a picture, for a slide or a poster."""
    found = get_object_or_404(request.ally.invitations.exclude(purpose=Purpose.LETTER), pk=id)
    response = HttpResponse(qr_png(_link(found)), content_type="image/png")
    response["Content-Disposition"] = 'attachment; filename="invitation.png"'
    return response


@ally_required
@require_POST
def invitation_letter(request: AllyRequest) -> HttpResponse:
    """Invite one address. What becomes of the letter is not said: it would tell whose address that is."""
    form = LetterForm(request.POST, user=request.user, auto_id=LETTER)
    if form.is_valid():
        try:
            write_to(owner=request.ally, **form.cleaned_data)
        except AskedAlready:
            form.add_error("email", _("You have written to this address within the month. Once is enough."))
        except TooMany:
            form.add_error(None, _("Ten letters a day are the limit. Tomorrow is another day; or ask them over lunch."))
        else:
            messages.success(request, _("It goes out in a moment, unless that address wants no letters from here."))
            return redirect("movement:invite")
    return _page(request, letter=form)


def _page(request: AllyRequest, **forms: Any) -> HttpResponse:
    """The page with whatever form was not in order; the others stand as at first."""
    me, mine = request.ally, _mine(request)
    context = {
        "me": me,
        "mine": mine,
        "link": _link(mine) if mine else "",
        "greeting": greeting_of(mine) if mine else greeting_name(me),
        "letter_greeting": greeting_name(me, is_signed=mine.is_signed if mine else True),
        "words": forms.get("words") or WordsForm(instance=mine),
        "occasion": forms.get("occasion") or OccasionForm(auto_id=OCCASION),
        "letter": forms.get("letter") or LetterForm(user=request.user, auto_id=LETTER, initial=_kept(mine)),
        "occasions": me.invitations.occasions()[:SHOWN],
        "letters": me.invitations.letters().filter(ended_at=None)[:SHOWN],
        "a_day": A_DAY,
        "brought": queries.brought_by(me),
        "reached": queries.reached_by(me),
        "inviter": queries.inviter_of(me),
        "in_all": queries.came_by_invitation() if is_steward(request.user) else None,
        "is_steward": is_steward(request.user),
    }
    return render(request, "movement/invitations/invite.html", context, status=422 if forms else 200)


def _mine(request: AllyRequest) -> Invitation | None:
    return request.ally.invitations.personal().first()


def _kept(mine: Invitation | None) -> dict[str, str]:
    return {"words": mine.words} if mine else {}


def _link(invitation: Invitation) -> str:
    return links.absolute(reverse("movement:join", args=[invitation.code]))
