"""An article on its way to its readers by mail."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.mailings.choices import Audience
from postbox.models import Mould


class State(models.TextChoices):
    PREPARING = "preparing", _("being written")
    SENDING = "sending", _("on its way")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("sent")


class MailingQuerySet(models.QuerySet["Mailing"]):
    def preparing(self) -> Self:
        return self.filter(prepared_at=None, stopped_at=None, finished_at=None)

    def under_way(self) -> Self:
        return self.filter(prepared_at__isnull=False, stopped_at=None, finished_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class Mailing(models.Model):
    """One article goes by mail once. `position` is the last subscriber whose mail is written.

    The numbers are kept for good when it is finished; until then the mails themselves are counted (see `progress_of`).
    """

    article = models.OneToOneField("content.ArticlePage", models.CASCADE, related_name="mailing")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL)
    topic = models.ForeignKey("content.Topic", models.SET_NULL, null=True, related_name="+")
    mould = models.ForeignKey(Mould, models.SET_NULL, null=True, related_name="+")
    expected = models.PositiveIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)
    prepared_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("mailing"), _("mailings")

    def __str__(self) -> str:
        return f"mailing {self.pk}"

    @property
    def state(self) -> State:
        if self.finished_at:
            return State.DONE
        if self.stopped_at:
            return State.STOPPED
        return State.SENDING if self.prepared_at else State.PREPARING
