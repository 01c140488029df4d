"""Taking part: a ticket is used, and an answer is dropped into the urn. Nothing leads from the one to the other."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from movement.allies.models import Ally, Unit
from movement.pulse import urn
from movement.pulse.models import Audience, Pulse
from movement.pulse.papers import Ticket
from movement.pulse.scale import HIGHEST, LOWEST

LONGEST_TEXT = 280
#: As the one who serves, and as the one who is served; both or neither.
Pair = tuple[int, int]


class Closed(Exception):
    """It takes no answers (yet, or any more)."""


class UsedAlready(Exception):
    """This ticket has been used: whose answer that was, nobody can tell, so it cannot be changed either."""


class BadAnswer(Exception):
    """Not one rating for each question that was answered, from 1 to 5, and one question at least."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody says: a pair for each question in their order, None for one that is left out; `unit` is where they
    want it to count, None for the whole organisation only."""

    ratings: Sequence[Pair | None]
    unit: Unit | None = None
    text: str = ""

    def check(self, questions: int) -> None:
        """Raises BadAnswer."""
        answered = [pair for pair in self.ratings if pair is not None]
        in_range = all(LOWEST <= rating <= HIGHEST for pair in answered for rating in pair)
        if len(self.ratings) != questions or not answered or not in_range or len(self.text) > LONGEST_TEXT:
            raise BadAnswer


@transaction.atomic
def answer_as_ally(*, pulse: Pulse, ally: Ally, given: Given) -> None:
    """Raises Closed, UsedAlready, BadAnswer."""
    held = _hold(pulse, Audience.ALLIES)
    ticket, _new = Ticket.objects.get_or_create(pulse=held, ally=ally)
    _take_part(held, ticket, given)


@transaction.atomic
def answer_by_mail(*, pulse: Pulse, ticket: Ticket, given: Given) -> None:
    """Raises Closed, UsedAlready, BadAnswer."""
    _take_part(_hold(pulse, Audience.EVERYONE), ticket, given)


def _hold(pulse: Pulse, audience: str) -> Pulse:
    """The pulse's row, held until the end of the transaction: the close waits for it, or it finds the pulse closed."""
    held = Pulse.objects.select_for_update(of=("self",)).filter(pk=pulse.pk, audience=audience).first()
    if held is None or not held.is_open:
        raise Closed
    return held


def _take_part(pulse: Pulse, ticket: Ticket, given: Given) -> None:
    given.check(pulse.questions.count())
    if not Ticket.objects.filter(pk=ticket.pk, pulse=pulse, is_used=False).update(is_used=True):
        raise UsedAlready
    ratings = {"unit": given.unit.pk if given.unit else None, "ratings": list(given.ratings)}
    urn.drop(pulse=pulse, ratings=ratings, words={"text": cleaned(given.text) if pulse.asks_text else ""})


def cleaned(text: str) -> str:
    """Without signs that cannot be seen, which could mark a text; line breaks stay."""
    lines = (" ".join("".join(sign for sign in line if sign.isprintable()).split()) for line in text.splitlines())
    return "\n".join(lines).strip()


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
