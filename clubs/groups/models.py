"""Reading groups, who is in them, and who would like to be."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from clubs.groups.members import Membership
from movement.allies.models import Ally
from movement.editing import Edited

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

__all__ = ["Access", "Club", "ClubPicture", "JoinRequest", "Membership", "TimeOfDay", "Waiting"]

#: A group that talks round one table; the form asks for no more.
LARGEST_CAP = 500
MOST_QUESTIONS = 3


def fresh_nonce() -> str:
    """Goes into a club's invitations: another one ends those that are about."""
    return get_random_string(16)


class Access(models.TextChoices):
    OPEN = "open", _("Open: whoever likes may join")
    REQUEST = "request", _("By request: whoever asks is let in by an organiser")
    INVITATION = "invitation", _("By invitation: everybody sees it, whoever has a link gets in")
    PRIVATE = "private", _("Hidden: nobody but its members knows of it")


class TimeOfDay(models.TextChoices):
    MORNING = "morning", _("Before work")
    LUNCH = "lunch", _("Over lunch")
    AFTERNOON = "afternoon", _("In the afternoon")
    EVENING = "evening", _("In the evening")
    NIGHT = "night", _("Around the night shift")


def _number(rows: models.QuerySet[Any], counted: models.Count) -> Coalesce:
    """So many of the rows that point at a club; 0 without any."""
    return Coalesce(models.Subquery(rows.order_by().values("club").annotate(n=counted).values("n")), 0)


class ClubQuerySet(models.QuerySet["Club"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Everybody's to see, but for hidden clubs and those that were put away: these are their members' alone."""
        for_all = ~models.Q(access=Access.PRIVATE) & models.Q(archived_at=None)
        if not user.is_authenticated:
            return self.filter(for_all)
        mine = Membership.objects.filter(club=models.OuterRef("pk"), ally__user=user.pk)
        return self.filter(for_all | models.Exists(mine))

    def of(self, ally: Ally) -> Self:
        return self.filter(memberships__ally=ally)

    def alive(self) -> Self:
        """Not put away."""
        return self.filter(archived_at=None)

    def open(self) -> Self:
        return self.alive().filter(access=Access.OPEN)

    def with_room(self) -> Self:
        return self.filter(models.Q(cap=None) | models.Q(seats_taken__lt=models.F("cap")))

    def with_mix(self) -> Self:
        """With `mix_members`, its open members who say where they work, and `mix_departments`, of how many departments.

        Aliases and quiet ones, whose department is nobody's to know, are in no figure; so none follows from one.
        """
        opened = Membership.objects.filter(
            club=models.OuterRef("pk"), ally__in=Ally.objects.shown_to_allies().open(), ally__unit__isnull=False
        )
        return self.annotate(
            mix_members=_number(opened, models.Count("pk")),
            mix_departments=_number(opened, models.Count("ally__unit", distinct=True)),
        )

    def for_its_page(self) -> Self:
        """With what its page says besides: `asking`, how many ask to join, and the picture without its bytes."""
        asking = JoinRequest.objects.filter(club=models.OuterRef("pk"))
        counted = self.with_mix().annotate(asking=_number(asking, models.Count("pk")))
        return counted.select_related("picture").defer("picture__content")

    def one_short(self) -> Self:
        """One more, and it begins, or its table is full."""
        short = models.F("seats_taken") + 1
        return self.with_room().filter(models.Q(starts_with=short) | models.Q(cap=short))


class Club(Edited):
    """A reading group. Its public page, where it has one, names no member and counts none.

    `seats_taken` counts the members, the quiet ones too: it decides, and is never shown. `handover_since` is set while
    the club looks for somebody who organises it.
    """

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    purpose = models.CharField(_("what for"), max_length=500)
    access = models.CharField(_("who may join"), max_length=10, choices=Access, default=Access.OPEN)
    questions = models.JSONField(_("questions to whoever asks to join"), default=list, blank=True)
    cap = models.PositiveSmallIntegerField(_("at most so many members"), null=True, blank=True)
    starts_with = models.PositiveSmallIntegerField(_("begins with so many members"), null=True, blank=True)
    topics = models.ManyToManyField("content.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_of_day = models.CharField(_("time of day"), max_length=9, choices=TimeOfDay, blank=True)
    usually = models.CharField(_("when it usually meets"), max_length=80, blank=True)
    rules = models.TextField(_("house rules"), max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)
    handover_since = models.DateTimeField(null=True, editable=False)
    seats_taken = models.PositiveIntegerField(default=0, editable=False)
    invite_nonce = models.CharField(max_length=16, default=fresh_nonce, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ClubQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("reading group"), _("reading groups")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(cap=None) | models.Q(cap__gte=1), name="a_club_has_room_for_one")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("clubs:club", kwargs={"slug": self.slug})

    @property
    def is_private(self) -> bool:
        return self.access == Access.PRIVATE

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def is_full(self) -> bool:
        return self.cap is not None and self.seats_taken >= self.cap


class JoinRequest(models.Model):
    """Somebody asks to be let in; the row goes when an organiser has answered. `answers`: pairs of question, answer."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="join_requests")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="join_requests")
    words = models.CharField(_("a word to the organiser"), max_length=280, blank=True)
    answers = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("request to join"), _("requests to join")
        constraints = [models.UniqueConstraint(fields=["club", "ally"], name="one_request_per_club_and_ally")]

    def __str__(self) -> str:
        return str(_("a request to join"))


class Waiting(models.Model):
    """A place in the waiting list of a full open club: first come, first seated."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="waiting")
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="waiting")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("place in a waiting list"), _("places in waiting lists")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["club", "ally"], name="one_waits_once")]

    def __str__(self) -> str:
        return str(_("a place in a waiting list"))


class ClubPicture(models.Model):
    """In the database, not among the public files: it is seen by whoever may see its club."""

    club = models.OneToOneField(Club, models.CASCADE, related_name="picture")
    content = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("picture of a club"), _("pictures of clubs")

    def __str__(self) -> str:
        return str(_("a picture"))
