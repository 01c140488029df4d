"""What allies do with what others did: say thank you, and take it for their own list."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from movement.actions.committing import commit_to
from movement.actions.entries import entries
from movement.actions.models import Action, Idea
from movement.actions.thanking import take_thanks_back, thank
from movement.actions.thanks import Thanks
from movement.permissions import AllyRequest, ally_required

SHOWN = 50


class ThanksForm(forms.ModelForm[Thanks]):
    class Meta:
        model = Thanks
        fields = ["line"]
        error_messages = {
            "line": {
                "max_length": gettext_lazy(
                    "A line has %(limit_value)d characters at most; this one has %(show_value)d."
                )
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What is pasted is not cut by the browser: it is kept, and refused with its length."""
        super().__init__(*args, **kwargs)
        self.fields["line"].widget.attrs.pop("maxlength", None)

    def clean_line(self) -> str:
        return " ".join(self.cleaned_data["line"].split())


@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def thank_action(request: AllyRequest, id: int) -> HttpResponse:
    """The thanks for an action; whoever sees it and did not do it can add theirs, and take it back."""
    seen = Action.objects.visible_to(request.user).filter(pk=id)
    action = next(iter(entries(seen, viewer=request.user, most=1)), None)
    if action is None or (request.method == "POST" and action.ally == request.ally):
        raise Http404
    mine = Thanks.objects.filter(action=action, ally=request.ally).first()
    form = ThanksForm(request.POST if request.method == "POST" else None, instance=mine)
    if request.method == "POST" and (answer := _answer(request, action, form)):
        return answer
    thanks = Thanks.objects.filter(action=action).visible_to(request.user).newest_first()[:SHOWN]
    context = {"action": action, "thanks": thanks, "form": form, "mine": mine, "me": request.ally}
    return render(request, "movement/actions/thank_action.html", context, status=422 if form.errors else 200)


def _answer(request: AllyRequest, action: Action, form: ThanksForm) -> HttpResponse | None:
    """None: the form has something to say."""
    if "take_back" in request.POST:
        take_thanks_back(action=action, by=request.ally)
        messages.success(request, _("Taken back."))
    elif form.is_valid():
        thank(action=action, by=request.ally, line=form.cleaned_data["line"])
        messages.success(request, _("Thank you said."))
    else:
        return None
    return redirect("movement:actions")


@ally_required
@require_POST
def try_action(request: AllyRequest, id: int) -> HttpResponse:
    """Onto my list: the idea behind it, else the words. What was put there stays when theirs goes."""
    action = get_object_or_404(Action.objects.visible_to(request.user).select_related("idea"), pk=id)
    idea = action.idea if action.idea and action.idea.is_published else None
    return _to_my_list(request, idea.title if idea else action.text, idea)


@ally_required
@require_POST
def try_idea(request: AllyRequest, slug: str) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.published(), slug=slug)
    return _to_my_list(request, idea.title, idea)


def _to_my_list(request: AllyRequest, text: str, idea: Idea | None) -> HttpResponse:
    commit_to(ally=request.ally, text=text, idea=idea)
    messages.success(request, _("It is on your list. Set a day if that helps."))
    return redirect("movement:commitments")
