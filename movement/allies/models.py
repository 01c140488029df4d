"""Who is where: the organisation's units, and the allies in them with the visibility they chose."""

import secrets
from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from movement.allies.blocks import kept_from
from movement.allies.names import SkeletonField
from movement.allies.unit_checks import check_unit
from movement.allies.unit_history import note_changes

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: A comment has this much room for its writer's name.
LONGEST_SIGNATURE = 50


def random_id() -> int:
    """A number for addresses that tells nothing, least of all who joined when."""
    return secrets.randbelow(10**17) + 1


#: Of a unit that was not closed. Its name is free again once it is.
STANDING = models.Q(closed_on=None)


class UnitQuerySet(models.QuerySet["Unit"]):
    def divisions(self) -> Self:
        return self.filter(parent=None)

    def departments(self) -> Self:
        """Departments with their division at hand, in the organisation's order."""
        return self.filter(parent__isnull=False).in_order()

    def choosable(self) -> Self:
        """Where somebody can work: departments, and divisions that have none. Not where it was closed."""
        inside = Unit.objects.filter(STANDING, parent=models.OuterRef("pk"))
        return self.standing().filter(models.Q(parent__isnull=False) | ~models.Exists(inside)).in_order()

    def standing(self) -> Self:
        return self.filter(STANDING)

    def in_order(self) -> Self:
        """The organisation's own order: divisions by position, each followed by its departments."""
        division = {part: Coalesce(f"parent__{part}", part) for part in ("position", "name")}
        return self.select_related("parent").order_by(
            division["position"], division["name"], models.F("parent").asc(nulls_first=True), "position", "name"
        )


class Unit(models.Model):
    """A division (no parent) or a department (its parent is a division). `headcount` is people, allies or not.

    A division's own headcount is only used when it has no departments; otherwise theirs are summed. A unit that was
    closed keeps its past under its own name: what came of it is another unit, with it among its `came_of`.
    """

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="departments",
        verbose_name=_("division"),
        limit_choices_to={"parent": None, "closed_on": None},
        help_text=_("Leave empty if this is a division itself."),
    )
    headcount = models.PositiveIntegerField(
        _("headcount"), default=0, help_text=_("How many people work there, allies or not. A rough number will do.")
    )
    position = models.PositiveIntegerField(_("position in lists"), default=0)
    opened_on = models.DateField(
        _("there since"), null=True, blank=True, help_text=_("Leave empty if it was always there.")
    )
    closed_on = models.DateField(null=True, editable=False)
    came_of = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="became",
        verbose_name=_("came of"),
        help_text=_("The unit that was split, or those that were merged. Their past stays theirs."),
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("unit"), _("units")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], condition=STANDING, name="one_department_of_a_name_per_division"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=STANDING & models.Q(parent=None), name="one_division_of_a_name"
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="a_unit_is_not_its_own_division"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self.name)
        stood = None if self._state.adding else Unit.objects.filter(pk=self.pk).values("headcount", "parent_id").first()
        with transaction.atomic():
            super().save(*args, **kwargs)
            note_changes(self, stood)

    def clean(self) -> None:
        check_unit(self)

    def was_there(self, day: date) -> bool:
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or self.closed_on > day)

    @property
    def division(self) -> "Unit":
        return self.parent or self


def free_slug(name: str) -> str:
    """An address nobody has yet: `finance`, `finance-2`…"""
    stem = slugify(name)[:70] or "unit"
    taken = set(Unit.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)


class Visibility(models.TextChoices):
    OPEN = "open", _("Open, by my name")
    ALIAS = "alias", _("By an alias, to allies only")
    QUIET = "quiet", _("Counted, never shown")


#: Whoever chose to be shown and gave the name to be shown by.
SHOWN = (models.Q(visibility=Visibility.OPEN) & ~models.Q(name="")) | (
    models.Q(visibility=Visibility.ALIAS) & ~models.Q(alias="")
)


class AllyQuerySet(models.QuerySet["Ally"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Whom this user may see listed: allies see open and alias ones, nobody sees quiet ones or those they are
        kept apart from."""
        if not user.is_authenticated:
            return self.none()
        viewer = Ally.objects.filter(user_id=user.pk)
        return self.shown_to_allies().filter(models.Exists(viewer)).exclude(kept_from(user.pk))

    def shown_to_allies(self) -> Self:
        """What `visible_to` gives each ally, for whoever asks on behalf of many of them at once: they leave out
        `blocks.pairs_apart`."""
        return self.active().filter(SHOWN)

    def working_in(self, *units: Unit) -> Self:
        """Open ones who say that they work there. Whoever withholds it is found by no department."""
        return self.open().filter(show_unit=True, unit__in=units)

    def newly_open(self, *, since: datetime, until: datetime) -> Self:
        """Open ones who came, or came to be open, in that time."""
        return self.shown_to_allies().open().filter(appears_since__gt=since, appears_since__lte=until)

    def inside(self, divisions: Collection[int]) -> Self:
        """Those who work in these divisions, with their place at hand."""
        there = models.Q(unit__in=divisions) | models.Q(unit__parent__in=divisions)
        return self.filter(there, show_unit=True).select_related("unit__parent")

    def active(self) -> Self:
        """Those who count: everybody whose login has not been closed, quiet ones included."""
        return self.filter(user__is_active=True)

    def open(self) -> Self:
        return self.filter(visibility=Visibility.OPEN)

    def by_alias(self) -> Self:
        return self.filter(visibility=Visibility.ALIAS)


class Ally(models.Model):
    """A person of the movement. `shown_name` is the only name any page may print; None means: do not show at all."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ally")
    public_id = models.PositiveBigIntegerField(unique=True, default=random_id, editable=False)
    name = models.CharField(_("name"), max_length=80, blank=True)
    alias = models.CharField(_("alias"), max_length=40, blank=True)
    name_key = SkeletonField(of="name")
    alias_key = SkeletonField(of="alias")
    visibility = models.CharField(_("visibility"), max_length=8, choices=Visibility, default=Visibility.QUIET)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="allies", verbose_name=_("department")
    )
    role = models.CharField(_("role"), max_length=80, blank=True)
    about = models.CharField(_("about"), max_length=280, blank=True)
    #: Either is withheld from everybody where this is off, also from filters, counts and suggestions.
    show_unit = models.BooleanField(_("show my department"), default=True)
    show_role = models.BooleanField(_("show what I do"), default=True)
    #: Given to nobody but the other end of an introduction that both have accepted.
    reach_me = models.CharField(_("how to reach me"), max_length=200, blank=True)
    #: Kept with the portrait itself, so that no list has to look for it.
    has_portrait = models.BooleanField(default=False, editable=False)
    invited_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="brought", editable=False
    )
    joined_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    #: Since when they appear as they do now; what is older was not made under their present alias.
    appears_since = models.DateTimeField(default=timezone.now, editable=False)

    objects = AllyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("ally"), _("allies")
        constraints = [
            models.UniqueConstraint(fields=["alias_key"], name="one_ally_per_alias", condition=~models.Q(alias_key="")),
            # Whoever brings somebody was here before them: no circle can be closed, and nobody invites themselves.
            models.CheckConstraint(
                condition=models.Q(invited_by__lt=models.F("id")), name="who_brings_was_here_before"
            ),
        ]
        indexes = [
            models.Index(fields=["visibility", "name_key", "public_id"], name="allies_by_name"),
            models.Index(fields=["visibility", "unit", "name_key", "public_id"], name="allies_by_unit_and_name"),
            models.Index(fields=["visibility", "alias_key", "public_id"], name="allies_by_alias"),
            models.Index(fields=["visibility", "appears_since"], name="allies_by_appearing"),
        ]

    def __str__(self) -> str:
        return self.shown_name or str(_("an ally"))

    def get_absolute_url(self) -> str:
        return reverse("movement:ally", kwargs={"id": self.public_id})

    @property
    def shown_name(self) -> str | None:
        """The chosen name, the alias, or None for the quiet (and for the open who gave no name yet)."""
        names = {Visibility.OPEN: self.name, Visibility.ALIAS: self.alias}
        return names.get(Visibility(self.visibility)) or None

    def shown_name_on(self, made_at: datetime) -> str | None:
        """The shown name beside something made then: an alias never stands beside what was made under another name."""
        made_before = self.visibility == Visibility.ALIAS and made_at < self.appears_since
        return None if made_before else self.shown_name

    def shown_name_since(self, moment: datetime) -> str | None:
        """The shown name, for whoever knew them then: None once they appear otherwise than at that moment."""
        return self.shown_name if self.appears_since <= moment else None

    def appears_anew(self) -> None:
        """From now on: another address, and nothing made so far leads to a new alias."""
        self.public_id, self.appears_since = random_id(), timezone.now()

    @property
    def signature(self) -> str | None:
        """The shown name as it stands beside comments."""
        return self.shown_name[:LONGEST_SIGNATURE] if self.shown_name else None

    @property
    def shown_place(self) -> Unit | None:
        """As much of where they work as they chose to show: open the department, by alias the division only."""
        if self.visibility == Visibility.QUIET or self.unit is None or not self.show_unit:
            return None
        return self.unit if self.visibility == Visibility.OPEN else self.unit.division

    @property
    def shown_role(self) -> str:
        """What they do, for the open who show it. Beside an alias it would say whose that is."""
        return self.role if self.visibility == Visibility.OPEN and self.show_role else ""

    @property
    def shows_portrait(self) -> bool:
        """A face is a name: it stands beside no alias."""
        return self.has_portrait and self.visibility == Visibility.OPEN

    @property
    def own_name(self) -> str:
        """For their own eyes only: how the site greets them."""
        return self.name.partition(" ")[0] or self.alias
