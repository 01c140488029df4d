"""What people say to a comment with one press. Who pressed is kept, so that each can once; only counts are shown."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Each is also the name of the comment's counter."""

    HELPFUL = "helpful", _("Helpful")
    WILL_TRY = "will_try", _("I’ll try this")
    THANKS = "thanks", _("Thank you")


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def of(self, user: Any, comments: list[Any]) -> set[tuple[int, str]]:
        """What this person said, as (number of the comment, kind)."""
        return set(self.filter(user=user, comment__in=comments).values_list("comment_id", "kind"))


class Reaction(models.Model):
    comment = models.ForeignKey("conversation.Comment", models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["comment", "user", "kind"], name="said_once")]

    def __str__(self) -> str:
        return self.get_kind_display()
