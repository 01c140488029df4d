"""What people wrote in a pulse, as it is shown: for the whole organisation, shuffled, five of them at least or none."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.pulse.models import Pulse

#: Fewer texts than this are not shown at all.
FEWEST_TEXTS = 5
LONGEST_WHY = 140


class VoiceQuerySet(models.QuerySet["Voice"]):
    def visible_to(self, user: Any) -> Self:
        """Those that are shown by now, to allies; in the order of random names, which is none."""
        return self.filter(pulse__in=Pulse.objects.visible_to(user), pulse__texts_at__lte=timezone.now()).order_by("pk")

    def shown_of(self, pulse: Pulse) -> Self:
        """Those of a pulse that somebody sees as an ally or by their ticket."""
        return self.filter(pulse=pulse, pulse__texts_at__lte=timezone.now()).order_by("pk")


class Voice(models.Model):
    """A text of nobody's. A steward can hide one that is unfit (it names a person, it hurts); what became of it stays
    on record."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="voices")
    text = models.TextField()
    is_hidden = models.BooleanField(default=False)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)

    objects = VoiceQuerySet.as_manager()

    def __str__(self) -> str:
        return str(_("a few words"))


class Hiding(models.Model):
    """A steward hid a text, or showed it again."""

    wagtail_reference_index_ignore = True

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="hidings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    hides = models.BooleanField()
    why = models.CharField(max_length=LONGEST_WHY, blank=True)

    def __str__(self) -> str:
        return str(self.at)


@transaction.atomic
def hide(*, voice: Voice, by: Any, why: str) -> None:
    """With a reason, which stands in its place; twice changes nothing."""
    if Voice.objects.filter(pk=voice.pk, is_hidden=False).update(is_hidden=True, why=why):
        Hiding.objects.create(voice=voice, by=by, hides=True, why=why)


@transaction.atomic
def show_again(*, voice: Voice, by: Any) -> None:
    if Voice.objects.filter(pk=voice.pk, is_hidden=True).update(is_hidden=False, why=""):
        Hiding.objects.create(voice=voice, by=by, hides=False)


@transaction.atomic
def show_all(*, pulse: Pulse) -> bool:
    """The steward has read them: whatever is not hidden appears. False when they were shown already."""
    waiting = Pulse.objects.filter(pk=pulse.pk, results_at__isnull=False, texts_at__gt=timezone.now())
    return bool(waiting.update(texts_at=timezone.now()))
