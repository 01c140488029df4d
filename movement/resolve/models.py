"""A note to one's later self: why I care. It comes back once, on a day of its writer's choice or, if they like, when
they have been away for long; nobody else reads it."""

from datetime import date
from typing import Any, Self

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally

LONGEST = 2000


class Wait(models.IntegerChoices):
    MONTH = 1, _("in a month")
    QUARTER = 3, _("in a quarter")
    HALF = 6, _("in half a year")
    YEAR = 12, _("in a year")


class SelfNoteQuerySet(models.QuerySet["SelfNote"]):
    def visible_to(self, user: Any) -> Self:
        """One's own. There is nobody else, whatever their role."""
        return self.filter(ally__user_id=user.pk) if user.is_authenticated else self.none()

    def waiting(self) -> Self:
        return self.filter(came_back_at=None, ally__user__is_active=True)

    def due_by(self, day: date) -> Self:
        return self.filter(due_on__lte=day)


class SelfNote(models.Model):
    """One for each ally. `in_mail` puts its words into the mail; without it the mail says only that a note waits.
    `when_away` lets it come before its day, to somebody who has not been here for eight weeks."""

    ally = models.OneToOneField(Ally, models.CASCADE, related_name="note_to_self")
    text = models.TextField(_("your note"), max_length=LONGEST)
    months = models.PositiveSmallIntegerField(_("when it comes back"), choices=Wait, default=Wait.QUARTER)
    in_mail = models.BooleanField(_("put the words into the mail"), default=False)
    when_away = models.BooleanField(_("come back when I am away"), default=True)
    written_on = models.DateField(default=timezone.localdate, editable=False)
    due_on = models.DateField(editable=False)
    came_back_at = models.DateTimeField(null=True, editable=False)

    objects = SelfNoteQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("note to oneself"), _("notes to oneself")
        indexes = [models.Index(fields=["due_on"], condition=models.Q(came_back_at=None), name="notes_waiting")]

    def __str__(self) -> str:
        return str(_("a note to oneself"))  # its words stand in no log

    @property
    def event(self) -> str:
        """This coming back, by the mail as it was wished for: sent on again or wished otherwise, it is another."""
        return f"note:{self.pk}:{self.due_on.isoformat()}:{'words' if self.in_mail else 'link'}"


def in_months(day: date, months: int) -> date:
    """The same day of the month, or the last there is."""
    return day + relativedelta(months=months)
