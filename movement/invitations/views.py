"""My invitation, and the page that it opens for somebody else."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from movement.invitations.forms import WordsForm
from movement.invitations.models import Invitation
from movement.invitations.queries import brought_by
from movement.invitations.services import SESSION_KEY, NoSuchInvitation, find, open_invitation, replace, say
from movement.permissions import AllyRequest, ally_of, ally_required


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: AllyRequest) -> HttpResponse:
    """My link, its QR code, my own words, and who came by it."""
    mine = request.ally.invitations.filter(replaced_at=None).first()
    form = WordsForm(request.POST or None, instance=mine or Invitation(owner=request.ally))
    if request.method == "POST" and form.is_valid():
        say(owner=request.ally, words=form.cleaned_data["words"])
        messages.success(request, _("Your words now stand on your invitation."))
        return redirect("movement:invite")
    link = settings.SITE_URL + reverse("movement:join", args=[mine.code]) if mine else ""
    context = {"form": form, "link": link, "brought": brought_by(request.ally)}
    return render(request, "movement/invitations/invite.html", context, status=422 if form.errors else 200)


@ally_required
@require_POST
def invite_link(request: AllyRequest) -> HttpResponse:
    """Make my link, or replace it by a new one."""
    if request.POST.get("replace"):
        replace(owner=request.ally)
        messages.success(request, _("This is your new link. The old one leads nowhere now."))
    else:
        open_invitation(owner=request.ally)
    return redirect("movement:invite")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Where an invitation leads: a greeting, and a button that begins the sign-up."""
    try:
        invitation = find(code=code)
    except NoSuchInvitation:
        return render(request, "movement/invitations/gone.html", status=404)
    if request.method == "POST" and ally_of(request.user) is None:
        request.session[SESSION_KEY] = invitation.code
        return redirect("movement:welcome" if request.user.is_authenticated else "account_signup")
    context = {"invitation": invitation, "inviter": invitation.owner, "me": ally_of(request.user)}
    return render(request, "movement/invitations/join.html", context)
