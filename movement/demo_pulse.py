"""The demo's pulses: one that closed in spring, with what its people said of serving and being served, and one open."""

from datetime import timedelta
from random import Random
from typing import Any

from django.db.models import F
from django.utils import timezone

from movement.allies.models import Ally
from movement.pulse import closing
from movement.pulse.answering import Given, Pair, answer_as_ally
from movement.pulse.models import Pulse, Question
from movement.pulse.planning import plan
from movement.pulse.safety import nearest_five
from movement.pulse.scale import HIGHEST, LOWEST
from movement.pulse.starter import ensure_questions

#: How long ago the first one opened, and the second.
LONG_AGO, LATELY = timedelta(days=120), timedelta(days=3)
WEEKS = timedelta(weeks=2)
#: How many of those who were asked took part in the first.
EAGER = 0.85


def add(*, said: dict[str, Any], allies: list[Ally]) -> None:
    """Nearly all who were allies by then took part in the first; in the second, which is open, some of those who come
    late in the cast."""
    ensure_questions()
    chance = Random(23)
    first, then = begin(said["closed"]["topics"]), timezone.now() - LONG_AGO
    there = [ally for ally in allies if ally.joined_at < then]
    for place, ally in enumerate(there):
        if chance.random() < EAGER:
            answer_as_ally(pulse=first, ally=ally, given=given(said["closed"], ally, place, chance))
    closing.close_early(pulse=first)
    closing.count(first.pk)
    times = ("opens_at", "closes_at", "closed_at", "results_at", "texts_at", "announced_at", "reminded_at", "told_at")
    Pulse.objects.filter(pk=first.pk).update(**{name: F(name) - LONG_AGO for name in times[:5]})
    now = timezone.now()
    told = dict.fromkeys(times[5:], now - LONG_AGO)
    Pulse.objects.filter(pk=first.pk).update(
        **told, opens_at=F("opens_at") - WEEKS, closes_at=F("closed_at"), asked=nearest_five(len(there))
    )
    second = begin(said["open"]["topics"])
    for place, ally in enumerate(allies[len(allies) // 2 :]):
        if chance.random() < 0.4:
            answer_as_ally(pulse=second, ally=ally, given=given(said["open"], ally, place, chance))
    Pulse.objects.filter(pk=second.pk).update(
        opens_at=F("opens_at") - LATELY, closes_at=F("closes_at") - LATELY, announced_at=now - LATELY
    )


def begin(topics: list[str]) -> Pulse:
    """Of these questions, as far as stewards have left them."""
    now = timezone.now()
    chosen = list(Question.objects.filter(topic__in=topics)) or list(Question.objects.all()[:3])
    pulse = plan(questions=chosen, opens_at=now, closes_at=now + WEEKS, reads_texts=False)
    Pulse.objects.filter(pk=pulse.pk).update(is_demo=True)
    return pulse


def given(said: dict[str, Any], ally: Ally, place: int, chance: Random) -> Given:
    """Most rate what they do better than what they get; the first of the cast leave a few words."""
    words = said["words"]
    ratings = [None if chance.random() < 0.04 else pair(chance) for _topic in said["topics"]]
    if not any(ratings):
        ratings[0] = pair(chance)
    return Given(
        ratings=ratings, unit=ally.unit, text=words[place // 9] if place % 9 == 0 and place // 9 < len(words) else ""
    )


def pair(chance: Random) -> Pair:
    def rating(middle: float) -> int:
        return min(HIGHEST, max(LOWEST, round(chance.gauss(middle, 0.95))))

    return rating(3.9), rating(3.2)


def remove() -> None:
    Pulse.objects.filter(is_demo=True).delete()
