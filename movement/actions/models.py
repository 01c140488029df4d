"""Small actions, and the ideas they come from."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversation.hosts import is_private
from conversation.models import Comment
from movement.actions.audiences import with_circles_of
from movement.actions.origins import Place
from movement.allies.blocks import kept_from
from movement.allies.models import SHOWN, Ally, Unit, Visibility
from movement.allies.names import SkeletonField, skeleton

LONGEST = 500
LONGEST_WENT = 280
LONGEST_WORD = 280


class Kind(models.TextChoices):
    """The three parts of serving."""

    SERVICING = "servicing", _("Servicing: the task, done well")
    RELATIONS = "relations", _("Relations: from person to person")
    DEVELOPMENT = "development", _("Development: what makes people come back and grow")


class Audience(models.TextChoices):
    ALLIES = "allies", _("All allies")
    CIRCLES = "circles", _("My reading groups")
    ONLY_ME = "only_me", _("Only me")


class Role(models.TextChoices):
    """Whose day an idea fits best."""

    ANYONE = "anyone", _("Anyone")
    OFFICE = "office", _("With lists, letters and figures")
    HANDS = "hands", _("With tools, boxes and vans")
    CUSTOMERS = "customers", _("With customers")
    LEADS = "leads", _("Leading others")


class Effort(models.TextChoices):
    EASY = "easy", _("Easy")
    CARE = "care", _("Takes some care")
    NERVE = "nerve", _("Takes some nerve")


class IdeaQuerySet(models.QuerySet["Idea"]):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def waiting(self) -> Self:
        """Proposed, and read by no steward yet."""
        return self.filter(is_published=False, proposed_at__isnull=False, judged_at=None)

    def new_to(self, ally: Ally) -> Self:
        """Those they have not noted yet."""
        return self.exclude(models.Exists(Action.objects.filter(ally=ally, idea=models.OuterRef("pk"))))

    def titled(self, title: str) -> Self:
        """Those whose title reads the same, whatever its capitals, accents and signs; none for nothing but signs."""
        key = skeleton(title)
        return self.filter(title_key=key) if key else self.none()


class Idea(models.Model):
    """Something small that anybody could try. Who proposed it is shown to stewards alone, by the name they show."""

    title = models.CharField(_("title"), max_length=80)
    title_key = SkeletonField(of="title")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    text = models.TextField(_("how"), max_length=LONGEST)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    role = models.CharField(_("for"), max_length=9, choices=Role, default=Role.ANYONE)
    effort = models.CharField(_("effort"), max_length=5, choices=Effort, default=Effort.EASY)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    is_published = models.BooleanField(_("shown"), default=True)
    proposed_by = models.ForeignKey(
        Ally, models.SET_NULL, null=True, blank=True, editable=False, related_name="ideas_proposed"
    )
    proposed_at = models.DateTimeField(null=True, editable=False)
    judged_at = models.DateTimeField(null=True, editable=False)
    word_back = models.CharField(max_length=LONGEST_WORD, blank=True, editable=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("idea"), _("ideas")
        ordering = ["minutes", "title"]
        constraints = [
            models.UniqueConstraint(fields=["title_key"], condition=~models.Q(title_key=""), name="one_idea_of_a_title")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("movement:idea", args=[self.slug])

    def clean(self) -> None:
        if Idea.objects.titled(self.title).exclude(pk=self.pk).exists():
            raise ValidationError({"title": _("There is an idea of this title already.")})


#: What may stand under a department.
PLACED = models.Q(tells_unit=True, is_unnamed=False)


def _doer(what: models.Q) -> models.Exists:
    """What holds of the ally who did it, asked row by row. With a join instead, SQLite's planner begins with the allies
    where each has many actions, and sorts a million of them for one page (12 s)."""
    return models.Exists(Ally.objects.filter(what, pk=models.OuterRef("ally_id")))


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, what others show to allies, and what they show to circles that they share with this person.
        Nothing for somebody who is no ally, and nothing of those they are kept apart from.

        In a small circle a note without a name points at somebody, or tells that an unseen one sits there: it is shown
        to circles only beside a name.
        """
        if not user.is_authenticated:
            return self.none()
        viewer = Ally.objects.filter(user_id=user.pk)
        apart = Ally.objects.filter(kept_from(user.pk)).values("pk")
        named_fellow = _doer(SHOWN & with_circles_of(user, "pk"))
        shown = models.Q(audience=Audience.ALLIES) | (
            models.Q(audience=Audience.CIRCLES, is_unnamed=False) & models.Q(named_fellow)
        )
        return (
            self.filter(models.Exists(viewer))
            .exclude(ally__in=apart)
            .filter(shown | models.Q(ally__in=viewer.values("pk")))
            .filter(_doer(models.Q(user__is_active=True) | models.Q(user_id=user.pk)))
        )

    def placed_in(self, unit: Unit) -> Self:
        """Done in this department or division by those who said so by name as they noted it, and still do. By an alias
        or quiet, whoever came up under a department would be known to be there; what such a one noted is in no
        department, not even for themselves.
        """
        level = "unit" if unit.parent_id else "division"
        still = _doer(models.Q(visibility=Visibility.OPEN, show_unit=True))
        return self.filter(still, tells_unit=True, is_unnamed=False, **{level: unit})

    def newest_first(self) -> Self:
        return self.order_by("-done_on", "-pk")

    def before(self, key: tuple[date, int] | None) -> Self:
        if key is None:
            return self
        day, number = key
        later = models.Q(done_on=day, pk__gte=number)
        return self.filter(done_on__lte=day).exclude(later)  # a range first, so that an index leads to it


class Action(models.Model):
    """What somebody did for somebody. Who did it is told only as far as they chose to be seen."""

    ally = models.ForeignKey(Ally, models.CASCADE, related_name="actions")
    text = models.CharField(_("what you did"), max_length=LONGEST)
    done_on = models.DateField(_("when"), default=timezone.localdate)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=80, blank=True)
    went = models.CharField(_("how it went"), max_length=LONGEST_WENT, blank=True)
    audience = models.CharField(_("who may see it"), max_length=8, choices=Audience, default=Audience.ALLIES)
    is_unnamed = models.BooleanField(_("without my name"), default=False)
    idea = models.ForeignKey(Idea, models.SET_NULL, null=True, blank=True, related_name="actions")
    comment = models.ForeignKey(Comment, models.SET_NULL, null=True, blank=True, editable=False, related_name="actions")
    #: Where it came from besides (`movement.actions.origins`): the name of the origin, and its number there.
    origin = models.CharField(max_length=10, blank=True, editable=False)
    origin_number = models.BigIntegerField(null=True, editable=False)
    #: Whom it was for, where "for whom" names something of the site: kept by its number there instead of in words.
    whom = models.CharField(max_length=10, blank=True, editable=False)
    whom_number = models.BigIntegerField(null=True, editable=False)
    #: Where its ally worked as they noted it (`movement.actions.services.where`): who moves leaves it behind.
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, editable=False, related_name="actions")
    division = models.ForeignKey(Unit, models.SET_NULL, null=True, editable=False, related_name="+")
    #: They showed name and department then; only such ones ever stand under a department.
    tells_unit = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    #: Where it came from, as far as whoever looks may know; found for a whole page by `movement.actions.entries`.
    place: Place | None = None
    #: Whom it was for, likewise.
    for_place: Place | None = None
    #: How many said thank you, and whether whoever looks did; found there as well.
    thanked: int = 0
    i_thanked: bool = False

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("action"), _("actions")
        indexes = [
            models.Index(fields=["-done_on", "-id"], name="action_wall"),
            models.Index(fields=["kind", "-done_on", "-id"], name="action_wall_by_kind"),
            models.Index(fields=["idea", "-done_on", "-id"], name="action_wall_by_idea"),
            models.Index(fields=["unit", "-done_on", "-id"], name="action_wall_by_unit", condition=PLACED),
            models.Index(fields=["division", "-done_on", "-id"], name="action_wall_by_division", condition=PLACED),
            models.Index(fields=["ally", "-done_on"], name="action_of_ally"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ally", "comment"], name="a_comment_is_tried_once"),
            models.CheckConstraint(
                condition=models.Q(origin="", origin_number=None)
                | (~models.Q(origin="") & models.Q(origin_number__isnull=False)),
                name="an_origin_has_its_number",
            ),
            models.CheckConstraint(
                condition=models.Q(whom="", whom_number=None)
                | (~models.Q(whom="") & models.Q(whom_number__isnull=False)),
                name="whom_it_was_for_has_its_number",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def shown_name(self) -> str | None:
        """The name its ally chose for then; None for a quiet one, and for what was noted without a name. It is not a
        way to an alias chosen later.
        """
        return None if self.is_unnamed else self.ally.shown_name_on(self.created_at)

    @property
    def came_from(self) -> int | None:
        """The number of the comment that led to it; not of a talk that only some may see, nor of one that is gone."""
        comment = self.comment
        if comment is None or comment.is_removed or not comment.is_public or is_private(comment.talk):
            return None
        return comment.pk

    @property
    def by(self) -> str:
        """The chosen name, or that it was an ally: nobody's unit stands here."""
        return self.shown_name or str(_("An ally"))
