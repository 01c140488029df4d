"""What service focus is, in an ally's own words."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally, Visibility

LONGEST, LONGEST_REASON = 500, 300


class DefinitionQuerySet(models.QuerySet["Definition"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, and what others show, as they appear now: whoever becomes quiet, takes an alias or comes out
        from under one has shown nothing yet. Nothing for somebody who is no ally."""
        if not user.is_authenticated:
            return self.none()
        shown = Q(ally__in=Ally.objects.visible_to(user), shown_at__gte=F("ally__appears_since"))
        return self.filter(shown | Q(ally__user_id=user.pk))

    def flagged(self) -> Self:
        """Those that others can read and somebody wants an editor to look at."""
        quiet = Q(ally__visibility=Visibility.QUIET)
        return self.filter(shown_at__gte=F("ally__appears_since"), flags__isnull=False).exclude(quiet).distinct()

    def newest_first(self) -> Self:
        return self.order_by("-shown_at", "-pk")

    def before(self, key: tuple[datetime, int] | None) -> Self:
        if key is None:
            return self
        return self.filter(Q(shown_at__lt=key[0]) | Q(shown_at=key[0], pk__lt=key[1]))


class Definition(models.Model):
    """One for each ally. `shown_at` is when they chose to show it to allies, as they appeared then; None: only they
    see it. `read_since` is when others could first read these very words, under whatever name. `taken_down_why` is an
    editor's reason, and holds for these words."""

    ally = models.OneToOneField(Ally, models.CASCADE, related_name="definition")
    text = models.CharField(_("your definition"), max_length=LONGEST)
    shown_at = models.DateTimeField(null=True, editable=False)
    read_since = models.DateTimeField(null=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_down_why = models.CharField(max_length=LONGEST_REASON, blank=True, editable=False)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("definition"), _("definitions")
        indexes = [models.Index(fields=["-shown_at", "-id"], name="definitions_shown")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_shown(self) -> bool:
        """Whether other allies can read it at this moment."""
        as_now = self.shown_at is not None and self.shown_at >= self.ally.appears_since
        return as_now and self.ally.shown_name is not None

    def tells(self, text: str) -> bool:
        """Whether these words would lead from an alias to its person: others read them under another name before."""
        by_alias = self.ally.visibility == Visibility.ALIAS
        known = self.read_since is not None and self.read_since < self.ally.appears_since
        return by_alias and known and text == self.text


class DefinitionFlag(models.Model):
    """An ally asks an editor to look at what another shows; once for these words."""

    definition = models.ForeignKey(Definition, models.CASCADE, related_name="flags")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["definition", "ally"], name="one_flag_per_ally_and_definition")]

    def __str__(self) -> str:
        return f"flag {self.pk}"
