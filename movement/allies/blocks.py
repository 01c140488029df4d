"""Allies who are kept apart: neither sees or reaches the other, and the one who was blocked cannot tell."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from movement.allies.models import Ally


class BlockQuerySet(models.QuerySet["Block"]):
    def visible_to(self, user: Any) -> Self:
        """What this person has blocked and not let go. The other one sees nothing of it."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(blocker__user_id=user.pk, let_go_at=None)

    def of(self, **person: Any) -> Self:
        """Those this person is in, on whichever side."""
        lookups = [Q(**{f"{side}__{key}": value for key, value in person.items()}) for side in ("blocker", "blocked")]
        return self.filter(lookups[0] | lookups[1])


class Block(models.Model):
    """`called` is the name that stood there: their present one could be one they have taken to be somebody else.

    A block that is let go after the other came to appear otherwise stays in force (`let_go_at`, on nobody's page):
    if they turned up in the directory at that moment, it would be plain who they are now.
    """

    blocker = models.ForeignKey("movement.Ally", models.CASCADE, related_name="+")
    blocked = models.ForeignKey("movement.Ally", models.CASCADE, related_name="+")
    called = models.CharField(_("name"), max_length=80)
    at = models.DateTimeField(default=timezone.now, editable=False)
    let_go_at = models.DateTimeField(null=True, editable=False)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("block"), _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="blocked_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="nobody_blocks_themselves"),
        ]

    def __str__(self) -> str:
        return str(_("a block"))


def kept_from(user_id: int | None) -> Q:
    """For `exclude`: the allies this person is kept apart from. One subquery, the same for every row."""
    mine = Block.objects.of(user_id=user_id)
    return Q(pk__in=mine.values_list(Case(When(blocker__user_id=user_id, then=F("blocked")), default=F("blocker"))))


def are_apart(one: int, other: int) -> bool:
    return Block.objects.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one)).exists()


def pairs_apart(allies: Any = None) -> set[frozenset[int]]:
    """Every pair that is kept apart (among these allies, by number), for whoever deals with many at once."""
    found = Block.objects.all() if allies is None else Block.objects.filter(blocker__in=allies, blocked__in=allies)
    return {frozenset(pair) for pair in found.values_list("blocker", "blocked")}


@transaction.atomic
def block(*, by: "Ally", other: "Ally") -> Block:
    """From this moment they are kept apart; blocking twice is blocking once."""
    found, _new = Block.objects.update_or_create(
        blocker=by,
        blocked=other,
        defaults={"let_go_at": None},
        create_defaults={"called": other.shown_name or str(_("An ally"))},
    )
    return found


@transaction.atomic
def let_go(*, block: Block) -> None:
    """Takes it from the list, and from force as far as that tells nothing."""
    if block.blocked.appears_since <= block.at:
        block.delete()
    else:
        Block.objects.filter(pk=block.pk).update(let_go_at=timezone.now())
