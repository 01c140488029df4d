"""Who is where: the organisation's units, and the allies in them with the visibility they chose."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from movement.allies.names import AliasKeyField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: More people than any organisation has; keeps sums inside the database's integers.
MOST_PEOPLE = 10_000_000
#: A comment has this much room for its writer's name.
LONGEST_SIGNATURE = 50


def random_id() -> int:
    """A number for addresses that tells nothing, least of all who joined when."""
    return secrets.randbelow(10**17) + 1


class UnitQuerySet(models.QuerySet["Unit"]):
    def divisions(self) -> Self:
        return self.filter(parent=None)

    def departments(self) -> Self:
        """Departments with their division at hand, in the organisation's order."""
        return self.filter(parent__isnull=False).in_order()

    def choosable(self) -> Self:
        """Where somebody can work: departments, and divisions that have none."""
        inside = Unit.objects.filter(parent=models.OuterRef("pk"))
        return self.filter(models.Q(parent__isnull=False) | ~models.Exists(inside)).in_order()

    def in_order(self) -> Self:
        """The organisation's own order: divisions by position, each followed by its departments."""
        division = {part: Coalesce(f"parent__{part}", part) for part in ("position", "name")}
        return self.select_related("parent").order_by(
            division["position"], division["name"], models.F("parent").asc(nulls_first=True), "position", "name"
        )


class Unit(models.Model):
    """A division (no parent) or a department (its parent is a division). `headcount` is people, allies or not.

    A division's own headcount is only used when it has no departments; otherwise theirs are summed.
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
        limit_choices_to={"parent": None},
        help_text=_("Leave empty if this is a division itself."),
    )
    headcount = models.PositiveIntegerField(
        _("headcount"), default=0, help_text=_("How many people work there, allies or not. A rough number will do.")
    )
    position = models.PositiveIntegerField(_("position in lists"), default=0)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("unit"), _("units")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="one_department_of_a_name_per_division"),
            models.UniqueConstraint(fields=["name"], condition=models.Q(parent=None), name="one_division_of_a_name"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="a_unit_is_not_its_own_division"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Two levels only, and a headcount that can be true."""
        if self.parent and (self.parent.parent_id or self.parent_id == self.pk):
            raise ValidationError({"parent": _("Choose a division: a department cannot hold departments.")})
        if self.parent and self.pk and self.departments.exists():
            raise ValidationError({"parent": _("This division has departments. Move them first.")})
        if self.headcount is not None and self.headcount > MOST_PEOPLE:
            raise ValidationError({"headcount": _("That is more people than any organisation has.")})

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
        """Whom this user may see listed: allies see open and alias ones, nobody sees quiet ones."""
        if not user.is_authenticated:
            return self.none()
        viewer = Ally.objects.filter(user_id=user.pk)
        return self.active().filter(models.Exists(viewer)).filter(SHOWN)

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
    alias_key = AliasKeyField(max_length=200, blank=True, editable=False)
    visibility = models.CharField(_("visibility"), max_length=8, choices=Visibility, default=Visibility.QUIET)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="allies", verbose_name=_("department")
    )
    role = models.CharField(_("role"), max_length=80, blank=True)
    about = models.CharField(_("about"), max_length=280, blank=True)
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
            models.CheckConstraint(condition=~models.Q(invited_by=models.F("id")), name="nobody_invites_themselves"),
        ]
        indexes = [models.Index(fields=["visibility", "unit", "name", "public_id"], name="directory_order")]

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
        if self.visibility == Visibility.QUIET or self.unit is None:
            return None
        return self.unit if self.visibility == Visibility.OPEN else self.unit.division

    @property
    def own_name(self) -> str:
        """For their own eyes only: how the site greets them."""
        return self.name.partition(" ")[0] or self.alias
