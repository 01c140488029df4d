"""What allies can help with, and what they want to learn: a few words each, the same word for all who mean the same.

A word is kept as its ally wrote it, and compared by its key: without capitals, accents and signs. There is no list of
words beside it that a quiet ally's word could get into.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.search.words import WORD, fold
from movement.allies.models import Ally

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

LONGEST_TAG, MOST_TAGS = 40, 8
LONGEST_KEY = 120


def key_of(name: str) -> str:
    """`E-Mail`, `e mail` → `e mail`; empty for one without a letter or number."""
    return " ".join(fold(word) for word in WORD.findall(name) if fold(word))[:LONGEST_KEY]


class TagKeyField(models.CharField):
    """Follows `name` whichever way a row is written. `key__begins="inv"` is answered from an index, which SQLite's LIKE
    never is."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = key_of(getattr(model_instance, "name", ""))
        setattr(model_instance, self.attname, key)
        return key


@TagKeyField.register_lookup
class Begins(models.lookups.StartsWith):
    lookup_name = "begins"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return str(connection.operators["startswith"] % rhs)

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """By its place in the order of bytes: there, nothing that begins so comes after it with the highest sign."""
        key, params = self.process_lhs(compiler, connection)
        return f"({key} >= %s AND {key} < %s)", [*params, self.rhs, *params, f"{self.rhs}\U0010ffff"]


class Way(models.TextChoices):
    HELP = "help", _("can help with")
    LEARN = "learn", _("wants to learn")


class AllyTagQuerySet(models.QuerySet["AllyTag"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(ally__in=Ally.objects.visible_to(user))

    def help(self) -> Self:
        return self.filter(way=Way.HELP)

    def learn(self) -> Self:
        return self.filter(way=Way.LEARN)


class AllyTag(models.Model):
    """One word of one ally, in one of the two ways."""

    ally = models.ForeignKey(Ally, models.CASCADE, related_name="tags")
    way = models.CharField(max_length=5, choices=Way)
    name = models.CharField(max_length=LONGEST_TAG)
    key = TagKeyField(max_length=LONGEST_KEY, editable=False)

    objects = AllyTagQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("tag of an ally"), _("tags of allies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ally", "way", "key"], name="one_tag_of_a_key_per_ally_and_way"),
            models.CheckConstraint(condition=~models.Q(key=""), name="a_tag_has_a_key"),
        ]
        indexes = [
            models.Index(fields=["key", "way", "ally"], name="allies_by_tag"),
            # PostgreSQL's LIKE finds a beginning only in an index of this class; other databases know no classes.
            models.Index(fields=["key"], opclasses=["varchar_pattern_ops"], name="tags_by_beginning"),
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(kw_only=True)
class Tags:
    """One ally's, in the order in which they gave them."""

    help: list[AllyTag] = field(default_factory=list)
    learn: list[AllyTag] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        return {tag.key for tag in (*self.help, *self.learn)}


def tags_of(allies: Iterable[Ally]) -> dict[int, Tags]:
    """By the ally's primary key, one query for all of them. Whoever asks has asked `visible_to` before."""
    found = {ally.pk: Tags() for ally in allies}
    for tag in AllyTag.objects.filter(ally__in=found):
        getattr(found[tag.ally_id], tag.way).append(tag)
    return found


SUGGESTED, SHORTEST_BEGINNING = 6, 2


def known(user: "User | AnonymousUser", *, beginning: str) -> list[str]:
    """Words of visible allies that begin like this, the most used first. A quiet ally's is suggested to nobody."""
    key = key_of(beginning)
    if len(key) < SHORTEST_BEGINNING:
        return []
    alike = AllyTag.objects.visible_to(user).filter(key__begins=key).values("key").order_by()
    used = alike.annotate(n=models.Count("pk"), as_written=models.Min("name")).order_by("-n", "key")
    return [row["as_written"] for row in used[:SUGGESTED]]
