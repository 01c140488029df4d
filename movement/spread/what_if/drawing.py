"""p and q as uncertain as a month's estimate says, kept when it is made: whoever asks a question waits for no fit."""

from collections.abc import Iterable

from movement.spread.estimates import Ahead
from movement.spread.methods.bass import Bass
from movement.spread.told_ranges import rates
from movement.spread.what_if.models import FittedDraws
from movement.spread.what_if.services import of


def keep_draws(ahead: Ahead, draws: Iterable[Bass]) -> None:
    """Done again, nothing changes."""
    found = [[one.p, one.q] for one in draws]
    kept, is_new = FittedDraws.objects.get_or_create(of=of(ahead), defaults={"month": ahead.month, "draws": found})
    if not is_new and kept.draws != found:
        FittedDraws.objects.filter(pk=kept.pk).update(draws=found)


def draws_of(ahead: Ahead) -> list[Bass]:
    """Worked out again from what is told, where none were kept."""
    kept = FittedDraws.objects.filter(of=of(ahead)).first()
    if kept is not None:
        return [Bass(p, q) for p, q in kept.draws]
    told = rates(ahead.month, ahead.told["reachable"] / 100)
    if told is None:
        raise ValueError("There is an estimate, so there are ranges to estimate from.")
    keep_draws(ahead, told[1])
    return told[1]
