"""Whom to tell that a second or third ally would make a difference where they work."""

from django.db import models

from movement.allies.models import Ally, Unit


class Hint(models.Model):
    """At the end of `month` `unit` was told from one or two allies, and this
    was one of them. Theirs alone to see; it does not say which of
    the two numbers it is."""

    ally = models.OneToOneField(Ally, models.CASCADE, related_name="second_ally_hint")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    month = models.DateField()

    def __str__(self) -> str:
        return f"a hint of {self.month:%B %Y}"
