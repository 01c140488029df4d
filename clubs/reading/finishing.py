"""The end of a book: what each makes of it, what comes of it, and what it looked like from elsewhere."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from clubs.groups.models import Club, Membership
from clubs.permissions import can_write_notes
from clubs.reading.models import Book, Reading, Status, Verdict
from movement.actions.proposing import propose_unsigned

#: A mean of fewer would tell single voices.
FEWEST_FOR_A_MEAN = 5


class NotUnderAName(Exception):
    """Whoever is unseen signs nothing."""


@transaction.atomic
def finish(*, reading: Reading) -> None:
    Reading.objects.filter(pk=reading.pk).update(status=Status.FINISHED)


@transaction.atomic
def say(*, reading: Reading, membership: Membership, propose: bool = False, **said: Any) -> Verdict:
    """A member's one verdict; a later one takes its place. With `propose`, what they will do differently goes to the
    editors as an idea for small actions, without a name. Raises NotUnderAName.
    """
    if not can_write_notes(membership):
        raise NotUnderAName
    about = said | {"said_at": timezone.now()}
    verdict, _new = Verdict.objects.update_or_create(reading=reading, membership=membership, defaults=about)
    if propose and verdict.differently:
        propose_unsigned(text=verdict.differently)
    return verdict


def verdicts(reading: Reading, user: User) -> list[Verdict]:
    """Those with a name beside them, and one's own."""
    seen = Verdict.objects.visible_to(user).filter(reading=reading).select_related("membership__ally__user")
    return [one for one in seen if one.signed or one.membership.ally.user_id == user.pk]


@dataclass(frozen=True)
class Elsewhere:
    """What other groups said of a book; `mean` in stars, where enough have said it."""

    words: list[str]
    mean: float | None


def elsewhere(book: Book, club: Club) -> Elsewhere:
    said = list(Verdict.objects.passed_on_to(club).filter(reading__book=book).values_list("words", "stars"))
    stars = [n for _words, n in said if n]
    mean = round(sum(stars) / len(stars), 1) if len(stars) >= FEWEST_FOR_A_MEAN else None
    return Elsewhere(sorted({words for words, _stars in said if words}), mean)
