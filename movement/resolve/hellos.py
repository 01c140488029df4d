"""A hello that an ally may like to say to somebody they know: proposed on Today, one at a time, never sent by the site.

It could tell that somebody is away, and that is nobody's to know. So it comes about in two ways that look the same: in
half of the cases (drawn anew each time) it names somebody who has not been here for eight weeks, in the other half
anybody they know and have had nothing to do with lately. Whoever sees one cannot tell which it is; the one it names is
told nothing.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally
from postbox.models import Pause

#: It is taken from Today by itself after so long.
SHOWN_FOR = timedelta(weeks=3)
#: Between two for one ally, and between two about the same one.
REST, REST_OF_A_PAIR = timedelta(weeks=4), timedelta(weeks=26)


class HelloQuerySet(models.QuerySet["Hello"]):
    def open(self, now: datetime | None = None) -> Self:
        moment = now or timezone.now()
        return self.filter(settled_at=None, made_at__gt=moment - SHOWN_FOR)

    def visible_to(self, user: Any) -> Self:
        """What is proposed to this person, as long as they may see the other at all, who appears as they did then, and
        neither of the two pauses."""
        if not user.is_authenticated:
            return self.none()
        paused = Pause.objects.on().filter(user=models.OuterRef("other__user"))
        seen = Ally.objects.visible_to(user).values("pk")
        mine = self.filter(ally__user_id=user.pk, other__in=seen, other__appears_since__lte=models.F("made_at"))
        return mine.exclude(models.Exists(paused)).exclude(models.Exists(Pause.objects.on().filter(user=user.pk)))


class Hello(models.Model):
    """Proposed to `ally`: say hello to `other`. `settled_at`: a button was pressed, whichever."""

    ally = models.ForeignKey(Ally, models.CASCADE, related_name="hellos")
    other = models.ForeignKey(Ally, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    objects = HelloQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("hello"), _("hellos")
        constraints = [
            models.UniqueConstraint(
                fields=["ally"], condition=models.Q(settled_at=None), name="one_hello_is_proposed_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(ally=models.F("other")), name="nobody_greets_themselves"),
        ]

    def __str__(self) -> str:
        return str(_("a hello"))
