"""Who gets new articles by mail."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def at(self, email: str) -> Self:
        return self.filter(email__iexact=email.strip())


class Subscriber(models.Model):
    """An address; nothing is sent to it before it is confirmed. No topics chosen means everything."""

    email = models.EmailField(_("e-mail address"))
    topics = models.ManyToManyField("content.Topic", blank=True, related_name="subscribers")
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("subscriber"), _("subscribers")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_subscription_per_address")]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"
