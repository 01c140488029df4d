"""The page that an invitation opens for somebody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from content.pages.primer import ChapterPage
from movement.invitations.joining import SESSION_KEY, NoSuchInvitation, find
from movement.invitations.letters import greeting_of, spoken_by
from movement.permissions import ally_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """A greeting, the first chapter, and a button that begins the sign-up.

    Whatever the reason for which a code leads nowhere, the answer is the same.
    """
    try:
        invitation = find(code=code)
    except NoSuchInvitation:
        return render(request, "movement/invitations/gone.html", status=404)
    me = ally_of(request.user)
    if request.method == "POST" and me is None:
        request.session[SESSION_KEY] = code
        return redirect("movement:welcome" if request.user.is_authenticated else "account_signup")
    context = {
        "code": code,
        "invitation": invitation,
        "name": greeting_of(invitation),
        "words": spoken_by(invitation).words,
        "chapter": ChapterPage.objects.visible_to(request.user).order_by("path").first(),
        "me": me,
    }
    return render(request, "movement/invitations/join.html", context)
