"""Small actions, and the ideas they come from."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally

LONGEST = 500


class Kind(models.TextChoices):
    """The three parts of serving."""

    SERVICING = "servicing", _("Servicing: the task, done well")
    RELATIONS = "relations", _("Relations: from person to person")
    DEVELOPMENT = "development", _("Development: what makes people come back and grow")


class Audience(models.TextChoices):
    ALLIES = "allies", _("All allies")
    ONLY_ME = "only_me", _("Only me")


class IdeaQuerySet(models.QuerySet["Idea"]):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def new_to(self, ally: Ally) -> Self:
        """Those they have not noted yet."""
        return self.exclude(models.Exists(Action.objects.filter(ally=ally, idea=models.OuterRef("pk"))))


class Idea(models.Model):
    """Something small that anybody could try."""

    title = models.CharField(_("title"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    text = models.TextField(_("how"), max_length=LONGEST)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    is_published = models.BooleanField(_("shown"), default=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("idea"), _("ideas")
        ordering = ["minutes", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("movement:idea", args=[self.slug])


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, and what others show to allies. Nothing for somebody who is no ally."""
        if not user.is_authenticated:
            return self.none()
        shown = models.Q(audience=Audience.ALLIES, ally__user__is_active=True)
        viewer = Ally.objects.filter(user_id=user.pk)
        return self.filter(models.Exists(viewer)).filter(shown | models.Q(ally__user_id=user.pk))

    def newest_first(self) -> Self:
        return self.order_by("-done_on", "-pk")

    def before(self, key: tuple[date, int] | None) -> Self:
        if key is None:
            return self
        day, number = key
        return self.filter(models.Q(done_on__lt=day) | models.Q(done_on=day, pk__lt=number))


class Action(models.Model):
    """What somebody did for somebody. Who did it is told only as far as they chose to be seen."""

    ally = models.ForeignKey(Ally, models.CASCADE, related_name="actions")
    text = models.CharField(_("what you did"), max_length=LONGEST)
    done_on = models.DateField(_("when"), default=timezone.localdate)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=80, blank=True)
    audience = models.CharField(_("who may see it"), max_length=8, choices=Audience, default=Audience.ALLIES)
    idea = models.ForeignKey(Idea, models.SET_NULL, null=True, blank=True, related_name="actions")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("action"), _("actions")
        indexes = [
            models.Index(fields=["audience", "-done_on", "-id"], name="action_wall"),
            models.Index(fields=["ally", "-done_on"], name="action_of_ally"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def shown_name(self) -> str | None:
        """The name its ally chose for then; None for a quiet one. It is not a way to an alias chosen later."""
        return self.ally.shown_name_on(self.created_at)

    @property
    def by(self) -> str:
        """The chosen name, or that it was an ally: nobody's unit stands here."""
        return self.shown_name or str(_("An ally"))
