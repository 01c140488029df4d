"""Pulses for tests: planned, answered by many, closed and counted."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts import tokens
from movement.allies.models import Ally, Unit
from movement.pulse import closing
from movement.pulse.answering import Given, Pair, answer_as_ally, hash_of
from movement.pulse.lists import LINK
from movement.pulse.models import Audience, Pulse, Question
from movement.pulse.papers import Ticket
from movement.pulse.planning import plan
from movement.pulse.starter import ensure_questions
from tests import cast

WEEK = timedelta(weeks=1)
#: What somebody wrote in an answer, and an address on a steward's list: shown to nobody.
SAID, LISTED = "The kestrel over the loading bay", "curlew.unlisted@larkfield.example"


def pool(many: int = 1) -> list[Question]:
    ensure_questions()
    return list(Question.objects.order_by("pk")[:many])


def make_pulse(questions: int = 1, *, audience: str = Audience.ALLIES, **fields: Any) -> Pulse:
    """Open since an hour ago, for two weeks."""
    now = timezone.now()
    times = {"opens_at": now, "closes_at": now + 2 * WEEK}
    pulse = plan(questions=pool(questions), audience=audience, **times | fields)
    if "opens_at" not in fields:
        Pulse.objects.filter(pk=pulse.pk).update(opens_at=now - timedelta(hours=1))
        pulse.refresh_from_db()
    return pulse


def many_allies(many: int, unit: Unit | None = None, *, name: str = "Ally") -> list[Ally]:
    return [cast.make_ally(f"{name} {number}", unit=unit) for number in range(many)]


def given(*pairs: Pair | None, unit: Unit | None = None, text: str = "") -> Given:
    return Given(ratings=list(pairs), unit=unit, text=text)


def take_part(pulse: Pulse, allies: Iterable[Ally], answers: Sequence[Given]) -> None:
    for place, ally in enumerate(allies):
        answer_as_ally(pulse=pulse, ally=ally, given=answers[place % len(answers)])


def a_ticket(pulse: Pulse) -> str:
    """The token of a ticket that came by mail."""
    key = secrets.token_urlsafe(18)
    Ticket.objects.create(pulse=pulse, secret=hash_of(key))
    return tokens.make(LINK, [pulse.pk, key])


def pulse_world(owner: Ally) -> dict[str, Any]:
    """One that "ally" has answered, one for everyone with a ticket, and one that is closed, with nothing to show."""
    closed = make_pulse()
    closing.close_early(pulse=closed)
    closing.count(closed.pk)
    pulse, by_mail = make_pulse(), make_pulse(audience=Audience.EVERYONE, addresses=LISTED)
    answer_as_ally(pulse=pulse, ally=owner, given=given((4, 2), text=SAID))
    return {"pulse": pulse, "closed_pulse": closed, "pulse_by_mail": by_mail, "pulse_token": a_ticket(by_mail)}


def close(pulse: Pulse) -> Pulse:
    """Closed and counted."""
    closing.close_early(pulse=pulse)
    closing.count(pulse.pk)
    pulse.refresh_from_db()
    return pulse
