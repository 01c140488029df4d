"""My note to myself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from movement.permissions import AllyRequest, ally_required
from movement.resolve.forms import NoteForm
from movement.resolve.models import SelfNote
from movement.resolve.services import forget_note, write_note


@sensitive_post_parameters("text")
@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: AllyRequest) -> HttpResponse:
    """Write it, read it, change it, send it on its way again."""
    mine = SelfNote.objects.visible_to(request.user).first()
    begun = {name: getattr(mine, name) for name in ("text", "months", "in_mail", "when_away")} if mine else {}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        kept = write_note(ally=request.ally, today=timezone.localdate(), **form.cleaned_data)
        day = date_format(kept.due_on, "j F Y")
        messages.success(request, _("Kept. It comes back on %(day)s.") % {"day": day})
        return redirect("movement:note")
    context = {"form": form, "mine": mine}
    return render(request, "movement/resolve/note.html", context, status=422 if form.errors else 200)


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_note(request: AllyRequest) -> HttpResponse:
    mine = get_object_or_404(SelfNote, ally=request.ally)
    if request.method == "POST":
        forget_note(ally=request.ally)
        messages.success(request, _("The note is gone. Nobody else has read it."))
        return redirect("movement:note")
    return render(request, "movement/resolve/delete_note.html", {"mine": mine})
