"""Who may talk under a page, and until when. The page says it; how long talks stay open is the site's rule."""

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from content.pagecache import remembered
from content.pages.public import BodyPage
from content.settings import OrganisationSettings

LONGEST_DAYS = 3_650


class Talkers(models.TextChoices):
    EVERYONE = "everyone", gettext_lazy("everyone with a confirmed address")
    SIGNED_IN = "signed_in", gettext_lazy("signed-in people only")
    NOBODY = "nobody", gettext_lazy("nobody: the talk is closed")


class TalkPage(BodyPage):
    """A page under which people talk. `talk_days` counts from its first publication; empty means the site's rule."""

    talk = models.CharField(
        gettext_lazy("who may comment"), max_length=10, choices=Talkers, default=Talkers.EVERYONE, db_default="everyone"
    )
    talk_days = models.PositiveSmallIntegerField(
        gettext_lazy("days until the talk closes"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_DAYS)],
        help_text=gettext_lazy("From the first publication on. Empty: as the organisation’s settings say. 0: never."),
    )

    class Meta:
        abstract = True

    @property
    def talk_ends(self) -> datetime | None:
        """None: it stays open. Told without a question to the database, where the site's rule is in memory."""
        days = site_talk_days() if self.talk_days is None else self.talk_days
        opened: datetime | None = self.first_published_at
        return opened + timedelta(days=days) if days and opened else None

    @property
    def why_talk_is_closed(self) -> str:
        """A sentence for readers; empty while somebody may write."""
        if self.talk == Talkers.NOBODY:
            return _("The talk under this page is closed. What was said stays here to be read.")
        ended = self.talk_ends
        if ended is None or ended > timezone.now():
            return ""
        day = date_format(timezone.localtime(ended), "j F Y")
        return _("The talk here closed on %(day)s. What was said stays to be read.") % {"day": day}

    def may_talk(self, user: Any) -> bool:
        return not self.why_talk_is_closed and (self.talk == Talkers.EVERYONE or user.is_authenticated)


TALK_PANEL = MultiFieldPanel([FieldPanel("talk"), FieldPanel("talk_days")], gettext_lazy("The talk under it"))


def site_talk_days() -> int:
    """The site's rule; 0 is never."""
    return remembered("talk-days", lambda: OrganisationSettings.current().talk_days or 0)
