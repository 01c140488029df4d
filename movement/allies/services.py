"""Becoming an ally, and changing how one appears."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from conversation.changing import rename_writer
from movement.allies.languages import AllyLanguage
from movement.allies.models import Ally, Visibility
from movement.allies.stays import begin, move
from movement.allies.tags import AllyTag, Way

#: What an ally says of themselves; everything else about them is the site's to set.
OWN_FIELDS = ("name", "alias", "visibility", "unit", "show_unit", "role", "show_role", "about", "reach_me")


class AliasTaken(Exception):
    """Somebody else took this alias, or one that looks like it, in the meantime."""


@transaction.atomic
def welcome(*, user: User, timezone: str, **chosen: Any) -> Ally:
    """Make this person an ally, once: a second welcome returns the ally unchanged. Raises AliasTaken.

    `chosen` are OWN_FIELDS.
    """
    existing = Ally.objects.filter(user=user).first()
    if existing:
        return existing
    _set_zone(user, timezone)
    try:
        with transaction.atomic():
            ally = Ally.objects.create(user=user, **_own(chosen))
            begin(ally)
            return ally
    except IntegrityError:
        existing = Ally.objects.filter(user=user).first()
        if existing:
            return existing
        raise AliasTaken from None


@transaction.atomic
def change_profile(
    *,
    ally: Ally,
    timezone: str,
    can_help: Sequence[str],
    want_to_learn: Sequence[str],
    languages: Sequence[str],
    **chosen: Any,
) -> Ally:
    """All that an ally says of themselves, at once. Raises AliasTaken."""
    change_appearance(ally=ally, timezone=timezone, **chosen)
    AllyTag.objects.filter(ally=ally).delete()
    given = {Way.HELP: can_help, Way.LEARN: want_to_learn}
    AllyTag.objects.bulk_create(
        AllyTag(ally=ally, way=way, name=name) for way, names in given.items() for name in names
    )
    AllyLanguage.objects.filter(ally=ally).delete()
    AllyLanguage.objects.bulk_create(AllyLanguage(ally=ally, code=code) for code in languages)
    return ally


@transaction.atomic
def change_appearance(*, ally: Ally, timezone: str, **chosen: Any) -> Ally:
    """Say something else of oneself; a new visibility counts from this moment. Raises AliasTaken."""
    _set_zone(ally.user, timezone)
    before = Ally.objects.get(pk=ally.pk)
    for field, value in _own(chosen).items():
        setattr(ally, field, value)
    if _masked_otherwise(before, ally):
        ally.appears_anew()
    try:
        with transaction.atomic():
            ally.save(update_fields=[*_own(chosen), "name_key", "alias_key", "public_id", "appears_since"])
    except IntegrityError:
        raise AliasTaken from None
    move(ally)
    _sign_again(before, ally)
    return ally


def _sign_again(before: Ally, ally: Ally) -> None:
    """Their comments bear the new name; but no alias comes to stand where their name stood, nor the other way round."""
    if before.signature == ally.signature:
        return
    if ally.visibility == Visibility.QUIET:
        rename_writer(user=ally.user, name=_("An ally"))
    elif before.visibility == ally.visibility and before.signature:
        rename_writer(user=ally.user, name=ally.signature or _("An ally"), formerly=before.signature)
    elif before.visibility == Visibility.OPEN and before.signature:
        rename_writer(user=ally.user, name=_("An ally"), formerly=before.signature)


def _masked_otherwise(before: Ally, ally: Ally) -> bool:
    """Whether they chose another visibility, or another alias to be seen by."""
    other_alias = ally.visibility == Visibility.ALIAS and before.alias != ally.alias
    return before.visibility != ally.visibility or other_alias


def _own(chosen: dict[str, Any]) -> dict[str, Any]:
    unknown = set(chosen) - set(OWN_FIELDS)
    if unknown:
        raise TypeError(f"An ally does not choose {', '.join(sorted(unknown))}.")
    return chosen


def _set_zone(user: User, timezone: str) -> None:
    User.objects.filter(pk=user.pk).update(timezone=timezone)
    user.timezone = timezone
