"""Which languages an ally speaks: ISO 639 codes, of those that Django knows a name for."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Self

from django.conf.locale import LANG_INFO
from django.db import models
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from movement.allies.models import Ally

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST_LANGUAGES = 8


@cache
def codes() -> tuple[str, ...]:
    """`pt` once, and not as Brazil writes it."""
    return tuple(sorted(code for code, about in LANG_INFO.items() if "-" not in code and "name" in about))


def name_of(code: str) -> str:
    """In the reader's language."""
    return gettext(get_language_info(code)["name"])


def choices() -> list[tuple[str, str]]:
    return sorted(((code, name_of(code)) for code in codes()), key=lambda choice: choice[1])


class AllyLanguageQuerySet(models.QuerySet["AllyLanguage"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(ally__in=Ally.objects.visible_to(user))


class AllyLanguage(models.Model):
    ally = models.ForeignKey(Ally, models.CASCADE, related_name="languages")
    code = models.CharField(max_length=8)

    objects = AllyLanguageQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("language of an ally"), _("languages of allies")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["ally", "code"], name="one_row_per_ally_and_language")]
        indexes = [models.Index(fields=["code", "ally"], name="allies_by_language")]

    def __str__(self) -> str:
        return self.code


def languages_of(allies: Iterable[Ally]) -> dict[int, list[str]]:
    """Codes by the ally's primary key, one query for all of them. Whoever asks has asked `visible_to` before."""
    found: dict[int, list[str]] = {ally.pk: [] for ally in allies}
    for row in AllyLanguage.objects.filter(ally__in=found):
        found[row.ally_id].append(row.code)
    return found
