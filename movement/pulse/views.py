"""Taking part in a pulse, and reading what came of it. A ticket by mail opens its pulse without signing in."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import tokens
from content.asking import behind_link
from content.subscriptions.exporting import harmless
from movement.allies.models import Ally
from movement.permissions import AllyRequest, ally_required
from movement.pulse import reading
from movement.pulse.answering import Closed, UsedAlready, answer_as_ally, answer_by_mail, hash_of
from movement.pulse.forms import AnswerForm
from movement.pulse.lists import LINK
from movement.pulse.models import LONGEST, Pulse
from movement.pulse.papers import Ticket
from movement.pulse.voices import Voice

#: For the longest pulse, and some weeks to read what came of it.
LINK_LASTS = LONGEST + timedelta(weeks=6)
SHOWN, SHOWN_VOICES = 24, 500


@ally_required
@require_safe
def pulses(request: AllyRequest) -> HttpResponse:
    """The open ones with what they take, and what came of the others."""
    found = Pulse.objects.visible_to(request.user).prefetch_related("questions").order_by("-opens_at", "-pk")[:SHOWN]
    used = set(Ticket.objects.filter(ally=request.ally, is_used=True).values_list("pulse", flat=True))
    rows = [(pulse, len(pulse.questions.all())) for pulse in found]
    context = {
        "open": [
            {"pulse": pulse, "many": many, "minutes": pulse.minutes(many), "is_used": pulse.pk in used}
            for pulse, many in rows
            if pulse.is_open
        ],
        "past": [pulse for pulse, _many in rows if not pulse.is_open],
        "alike": reading.alike(pulse for pulse, _many in rows),
    }
    return render(request, "movement/pulse/pulses.html", context)


@sensitive_post_parameters()
@ally_required
@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: AllyRequest, id: int) -> HttpResponse:
    """The form for an ally; a word of thanks for who has taken part."""
    found = get_object_or_404(Pulse.objects.visible_to(request.user), pk=id)
    is_used = Ticket.objects.filter(pulse=found, ally=request.ally, is_used=True).exists()
    if request.method == "POST" and not found.is_for_allies:
        raise Http404
    return _answer(request, found, is_used=is_used, ally=request.ally, ticket=None)


@dataclass(frozen=True)
class Held:
    """What the link of a ticket is about; after the close there is no ticket any more."""

    pulse: Pulse
    ticket: Ticket | None


def find_held(token: str) -> Held | None:
    """Raises accounts.tokens.BadToken."""
    subject = tokens.read(LINK, token, max_age=LINK_LASTS)
    number, secret = subject
    found = Pulse.objects.filter(pk=number).first()
    if found is None:
        return None
    ticket = Ticket.objects.filter(pulse=found, secret=hash_of(secret)).first()
    return Held(found, ticket) if ticket or found.closed_at else None


@sensitive_post_parameters()
@behind_link(find_held, bad="movement/pulse/bad_ticket.html")
def pulse_ticket(request: HttpRequest, held: Held) -> HttpResponse:
    """The same form by a ticket; after the close, the results."""
    if held.pulse.results_at is not None:
        return render(request, "movement/pulse/results.html", _results(held.pulse, by_ticket=True))
    is_used = held.ticket is not None and held.ticket.is_used
    return _answer(request, held.pulse, is_used=is_used, ally=None, ticket=held.ticket)


def _answer(
    request: HttpRequest, pulse: Pulse, *, is_used: bool, ally: Ally | None, ticket: Ticket | None
) -> HttpResponse:
    """Nothing of an answer is put into a session or a message, which have an owner and a time, nor into the report of
    an error (`sensitive_post_parameters`)."""
    questions = list(pulse.questions.all())
    given = request.POST if request.method == "POST" else None
    form = AnswerForm(given, pulse=pulse, questions=questions, ally=ally)
    if given is not None and pulse.is_open and not is_used and form.is_valid():
        try:
            if ally is not None:
                answer_as_ally(pulse=pulse, ally=ally, given=form.given)
            elif ticket is not None:
                answer_by_mail(pulse=pulse, ticket=ticket, given=form.given)
            return redirect(request.path)
        except UsedAlready:
            is_used = True
        except Closed:
            pulse.refresh_from_db()
    context: dict[str, Any] = {
        "pulse": pulse,
        "form": form,
        "questions": questions,
        "minutes": pulse.minutes(len(questions)),
        "is_used": is_used,
        "was_sent_again": is_used and given is not None,
        "by_mail": ally is None,
        "is_elsewhere": ally is not None and not pulse.is_for_allies,
    }
    return render(request, "movement/pulse/pulse.html", context, status=200 if given is None else 422)


@ally_required
@require_safe
def pulse_results(request: AllyRequest, id: int) -> HttpResponse:
    found = get_object_or_404(Pulse.objects.visible_to(request.user), pk=id)
    if found.results_at is None:
        return redirect(found)
    return render(request, "movement/pulse/results.html", _results(found))


def _results(pulse: Pulse, *, by_ticket: bool = False) -> dict[str, Any]:
    parts = list(reading.parts(pulse))
    return {
        "pulse": pulse,
        "parts": parts,
        "has_any": any(part.whole for part in parts),
        "voices": list(Voice.objects.shown_of(pulse)[:SHOWN_VOICES]),
        "has_voices": pulse.voices.exists(),
        "by_ticket": by_ticket,
    }


@ally_required
@require_safe
def pulse_csv(request: AllyRequest, id: int) -> HttpResponse:
    """The figures of the page, and nothing more."""
    found = get_object_or_404(Pulse.objects.visible_to(request.user).filter(results_at__isnull=False), pk=id)
    text = io.StringIO()
    csv.writer(text).writerows(_lines(found))
    # With a mark at its start, as spreadsheets want it and the files of the spread have it.
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pulse-{found.opens_at:%Y-%m-%d}.csv"'
    return response


def _lines(pulse: Pulse) -> Iterator[list[str]]:
    ends = [(half, end) for half in ("serving", "served", "gap") for end in ("mean", "low", "high")]
    yield ["question", "division", "unit", "people, to the nearest five", *(f"{half} {end}" for half, end in ends)]
    for part in reading.parts(pulse):
        for seen in [*([part.whole] if part.whole else []), *part.units]:
            place = seen.row.place or _("The whole organisation")
            figures = [f"{getattr(getattr(seen, half), end):.1f}" for half, end in ends]
            yield [harmless(part.asked.topic), harmless(seen.division), harmless(place), str(seen.people), *figures]
