"""The one answer of a writer whose comment was taken down. It goes to the editors; nobody else reads it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import tokens
from conversation import judging, mails
from conversation.forms import AnswerForm
from conversation.models import Decision

OPEN_FOR = timedelta(days=30)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    decision = _decision_of(token)
    if decision is None:
        title = _("This link doesn’t work any more")
        return render(request, "comments/stale.html", {"title": title}, status=404)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    done = decision.answered_at is not None
    if request.method == "POST" and not done and form.is_valid():
        judging.answer(decision=decision, text=form.cleaned_data["text"])
        done = True
    return render(request, "comments/answer.html", {"decision": decision, "form": form, "done": done})


def _decision_of(token: str) -> Decision | None:
    try:
        number = tokens.read(purpose=mails.ANSWER, token=token, max_age=OPEN_FOR)
    except tokens.BadToken:
        return None
    if not isinstance(number, int) or not 0 < number < 2**63:
        return None
    return Decision.objects.filter(pk=number).first()
