"""Tickets and papers: who has taken part, and what was answered, with nothing between the two.

What is promised. A **ticket** says that somebody has taken part, and nothing else: no time, no answer, no number. An
answer is torn into two **slips** (the ratings with the department somebody counts it for, and the words), both of one
length and sealed with the site's key, which is not in the database. Slips wait in the pulse's **urn**, which is one
sealed lump written anew with every answer; whenever twenty of a sort lie in it, ten drawn at random go out, shuffled,
as rows with random names, and ten stay (a threshold pool mix: Serjantov and Newman, 2003). What is left goes out with
the close, together with everything else and in memory only. So no row of slips has a person, a time or an order, a
copy of the database alone cannot be read, and an answer cannot be found by the moment it was given. With the results
written, slips, urn, its key, and tickets are destroyed: what was never there can be asked of nobody.

What is not promised. Whoever runs the server, and holds its key, could change this program, or watch requests as they
come in; and whoever has both the key and a copy of the database from before and from after one single answer could
read that answer. People who tell each other what they answered know more than others: four of five know the fifth.

Nothing here is shown in the CMS, exported, logged, or put into a search or a list of references.
"""

import secrets
import uuid

from django.db import models
from django.db.models import Q

from movement.allies.models import Ally
from movement.pulse.models import Audience, Pulse


def new_key() -> bytes:
    return secrets.token_bytes(32)


class Ticket(models.Model):
    """One person's, for one pulse: an ally's, or one that went out by mail and is known by the hash of what its link
    holds. Whom that one went to is known nowhere. Destroyed with the close."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="tickets")
    ally = models.ForeignKey(Ally, models.CASCADE, null=True, related_name="+")
    secret = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 (many have none, no two the same)
    is_used = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pulse", "ally"], name="one_ticket_per_ally_and_pulse"),
            models.CheckConstraint(
                condition=Q(ally=None, secret__isnull=False) | Q(ally__isnull=False, secret=None),
                name="a_ticket_is_an_allys_or_came_by_mail",
            ),
        ]

    def __str__(self) -> str:
        return "a ticket"


def unanswered_by(ally: Ally) -> models.QuerySet[Pulse]:
    """Open to allies, and this one has not taken part."""
    used = Ticket.objects.filter(pulse=models.OuterRef("pk"), ally=ally, is_used=True)
    return Pulse.objects.open().filter(audience=Audience.ALLIES).exclude(models.Exists(used))


class Urn(models.Model):
    """Where slips wait for company. `key` is half of what they are sealed with; the other half is the site's own."""

    wagtail_reference_index_ignore = True

    pulse = models.OneToOneField(Pulse, models.CASCADE, related_name="urn", primary_key=True)
    key = models.BinaryField(default=new_key)
    sealed = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return "an urn"


class Slip(models.Model):
    """Half an answer, sealed. It belongs to nobody, and no two of them to each other."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="slips")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "a slip"


class AddressList(models.Model):
    """Where a pulse by mail goes, sealed, until its tickets are written: then the list is destroyed."""

    wagtail_reference_index_ignore = True

    pulse = models.OneToOneField(Pulse, models.CASCADE, related_name="addresses", primary_key=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "a list"


class ListCount(models.Model):
    """What the worker counted in a list, for the stewards' desk: it stays when the list is gone. `wrong_lines` are
    numbers of lines, never what stands in them; they lead to no ticket, for those lines got none."""

    wagtail_reference_index_ignore = True

    pulse = models.OneToOneField(Pulse, models.CASCADE, related_name="list_count", primary_key=True)
    found = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField()
    wrong_lines = models.JSONField(default=list)
    is_written = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "a count"


class NoTicket(models.Model):
    """An address that wants no ticket by mail again: its keyed hash, and nothing else."""

    recipient = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return "an address"
