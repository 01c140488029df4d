"""Who gets what by mail: an address, what it chose, and that it agreed."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from postbox.addresses import HashedField
from postbox.digests.models import Rhythm

if TYPE_CHECKING:
    from content.pages.articles import ArticlePage


class Pace(models.TextChoices):
    """When somebody hears of what they chose."""

    NOW = "now", _("At once, one letter for each article")
    WEEKLY = Rhythm.WEEKLY.value, _("Every Monday at 8 in the morning, in one letter")
    MONTHLY = Rhythm.MONTHLY.value, _("On the first of the month at 8 in the morning, in one letter")


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def at(self, email: str) -> Self:
        return self.filter(email__iexact=email.strip())

    def interested_in(self, article: "ArticlePage") -> Self:
        """Whom it is for, at whatever pace: who wants everything, one of its topics, or one of its authors."""
        by_topic = Subscriber.topics.through.objects.filter(
            subscriber=models.OuterRef("pk"), topic__in=article.topics.all()
        )
        by_author = Subscriber.authors.through.objects.filter(
            subscriber=models.OuterRef("pk"), author__in=article.authors.all()
        )
        chosen = models.Q(everything=True) | models.Exists(by_topic) | models.Exists(by_author)
        return self.confirmed().filter(chosen).order_by("pk")

    def wanting(self, article: "ArticlePage") -> Self:
        """Who gets this article by a letter of its own, at once."""
        return self.interested_in(article).filter(pace=Pace.NOW)


class Subscriber(models.Model):
    """An address; nothing is sent to it before it is confirmed.

    `everything` is every new article; without it, those about the topics and by the authors chosen (none, when there
    are none). `is_discreet` and `timezone` are what was asked for here; what counts once it is confirmed are the
    postbox's own words (`postbox.discretion`, `postbox.digests`), which an account of this address changes as well.
    """

    email = models.EmailField(_("e-mail address"))
    recipient = HashedField(of="email")
    everything = models.BooleanField(_("all new articles"), default=True)
    topics = models.ManyToManyField("content.Topic", blank=True, related_name="subscribers", verbose_name=_("topics"))
    authors = models.ManyToManyField(
        "content.Author", blank=True, related_name="subscribers", verbose_name=_("authors")
    )
    pace = models.CharField(_("when"), max_length=8, choices=Pace, default=Pace.NOW)
    timezone = models.CharField(_("time zone"), max_length=64, blank=True)
    is_discreet = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True, blank=True, db_index=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("subscriber"), _("subscribers")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_subscription_per_address")]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class Followed(models.Model):
    """Something besides articles that a subscriber hears of; `source` is one of `content.subscriptions.sources`."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="followed")
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=80)

    class Meta:
        verbose_name, verbose_name_plural = _("thing followed"), _("things followed")
        constraints = [models.UniqueConstraint(fields=["subscriber", "source", "key"], name="a_thing_is_followed_once")]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class Consent(models.Model):
    """That the address agreed: when, how, and to which words. It is forgotten with the subscription."""

    class How(models.TextChoices):
        PAGE = "page", _("the button behind the link in our letter")
        ACCOUNT = "account", _("signed in, with a confirmed address")
        IMPORT = "import", _("brought in from a file")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="consents")
    at = models.DateTimeField()
    how = models.CharField(max_length=8, choices=How)
    words = models.CharField(max_length=500)

    class Meta:
        verbose_name, verbose_name_plural = _("consent"), _("consents")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    @property
    def how_it_is_told(self) -> str:
        """To stewards. Which address has a login is nobody's business: both ways of confirming are told alike."""
        return self.get_how_display() if self.how == self.How.IMPORT else str(_("confirmed"))
