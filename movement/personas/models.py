"""Persona cards: somebody served, in four lines, and the one who serves them."""

from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from movement.actions.audiences import with_circles_of
from movement.allies.blocks import kept_from
from movement.allies.models import Ally, Unit
from movement.editing import Edited
from movement.personas.ends import is_named
from movement.personas.ties import Tie
from movement.personas.workshops import Workshop

#: What both ends may write, and what a version keeps.
LINES = ("name", "role", "want", "use", "when", "good")


class End(models.TextChoices):
    """Which end wrote the card first."""

    SERVER = "server", _("I serve somebody")
    SERVED = "served", _("I rely on somebody")


class Side(models.TextChoices):
    INSIDE = "inside", _("Inside the organisation")
    OUTSIDE = "outside", _("Outside")


class Audience(models.TextChoices):
    ONLY_ME = "only_me", _("Only me")
    CIRCLES = "circles", _("My reading groups")
    ALLIES = "allies", _("All allies")


class PersonaCardQuerySet(models.QuerySet["PersonaCard"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, those with this person at the other end, what others show to allies or to a circle they share,
        and what was written in a workshop they sat in. Nothing for somebody who is no ally, and nothing by anybody
        they are kept apart from.

        In a small circle a card without a name points at somebody: it is shown to circles only beside a name.
        """
        if not user.is_authenticated:
            return self.none()
        named = is_named("owner") & models.Q(audience=Audience.CIRCLES)
        shown = models.Q(audience=Audience.ALLIES) | (named & with_circles_of(user, "owner"))
        here = models.Q(workshop__in=Workshop.objects.visible_to(user).values("pk"))
        others = (shown | here) & models.Q(owner__user__is_active=True)
        others &= ~models.Q(owner__in=Ally.objects.filter(kept_from(user.pk)).values("pk"))
        mine = models.Q(owner__user_id=user.pk)
        tied = models.Q(pk__in=Tie.objects.offered_to(user).values("card"))
        viewer = Ally.objects.filter(user_id=user.pk)
        return self.filter(models.Exists(viewer)).filter(mine | tied | others)

    def at_hand(self) -> Self:
        return self.select_related("owner", "unit")

    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "-pk")


class PersonaCard(Edited):
    """*My name is · and I am · I want · so I can*: the one served speaks. `owner` wrote it first, from either `end`.

    `unit` is where the other end works: the one served for a card by who serves, and the one who serves otherwise.
    An empty `use` is an open question. `said_by` is who spoke in a workshop where one screen was passed around.
    """

    owner = models.ForeignKey(Ally, models.CASCADE, related_name="cards")
    end = models.CharField(_("From which end"), max_length=6, choices=End, default=End.SERVER)
    name = models.CharField(_("My name is"), max_length=60)
    role = models.CharField(_("and I am"), max_length=120)
    want = models.CharField(_("I want"), max_length=200)
    use = models.CharField(_("so I can"), max_length=200, blank=True)
    when = models.CharField(_("By when, or how often"), max_length=120, blank=True)
    good = models.CharField(_("What good looks like"), max_length=200, blank=True)
    side = models.CharField(_("Where they are"), max_length=8, choices=Side, default=Side.INSIDE)
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Their department")
    )
    audience = models.CharField(_("Who may see it"), max_length=8, choices=Audience, default=Audience.ONLY_ME)
    workshop = models.ForeignKey(Workshop, models.SET_NULL, null=True, blank=True, related_name="cards", editable=False)
    said_by = models.CharField(_("Who is speaking?"), max_length=60, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    #: Its other end, where whoever looks is one of the two; found by `movement.personas.lists` and `seeing`.
    tie: Tie | None = None

    objects = PersonaCardQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("persona card"), _("persona cards")
        indexes = [
            models.Index(fields=["owner", "-changed_at"], name="card_of_owner"),
            models.Index(fields=["audience", "-changed_at", "-id"], name="cards_shown"),
            models.Index(fields=["unit", "audience"], name="cards_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"

    def get_absolute_url(self) -> str:
        return reverse("movement:persona", args=[self.pk])

    @property
    def lines(self) -> dict[str, str]:
        return {line: getattr(self, line) for line in LINES}

    @property
    def is_by_server(self) -> bool:
        return self.end == End.SERVER

    @property
    def shown_name(self) -> str | None:
        """The name its owner chose for then; None for a quiet one. It is not a way to an alias chosen later."""
        return self.owner.shown_name_on(self.created_at)

    @property
    def by(self) -> str:
        """The chosen name of who wrote it, or that it was an ally."""
        return self.shown_name or str(_("An ally"))
