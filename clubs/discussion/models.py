"""Notes that members leave at a section, for those who have read it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.groups.models import Membership
from clubs.reading.models import Section
from movement.allies.models import SHOWN, Ally

if TYPE_CHECKING:
    from accounts.models import User


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: "User") -> Self:
        """Of clubs this person is a member of; only what was written by someone who shows themselves, or by them."""
        mine = Membership.objects.filter(club=models.OuterRef("membership__club"), ally__user=user.pk)
        seen = models.Q(membership__ally__in=Ally.objects.active().filter(SHOWN))
        return self.filter(models.Exists(mine)).filter(seen | models.Q(membership__ally__user=user.pk))


class Note(models.Model):
    section = models.ForeignKey(Section, models.CASCADE, related_name="notes")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="notes")
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("note"), _("notes")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return str(_("a note"))

    @property
    def signed(self) -> str | None:
        """The name beside it; none where the writer has taken an alias since, which must not stand here."""
        return self.membership.ally.shown_name_on(self.created_at)
