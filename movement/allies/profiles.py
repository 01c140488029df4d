"""One ally's page, put together for whoever looks: the same for the true page and for the preview of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Value

from accounts.models import User
from movement.allies.languages import AllyLanguage, name_of
from movement.allies.models import Ally
from movement.allies.tags import AllyTag, Tags

SPEAKS = "speaks"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An ally with what stands beside their name. Only for allies who were read through `visible_to`."""

    ally: Ally
    tags: Tags
    languages: list[str]


def dressed(allies: Sequence[Ally]) -> list[Shown]:
    """One query for the tags and languages of all of them."""
    tags = AllyTag.objects.filter(ally__in=allies).order_by().values_list("pk", "ally_id", "way", "name", "key")
    spoken = AllyLanguage.objects.filter(ally__in=allies).order_by().annotate(way=Value(SPEAKS), key=Value(""))
    found = {ally.pk: Shown(ally=ally, tags=Tags(), languages=[]) for ally in allies}
    for number, ally, way, name, key in sorted(
        tags.union(spoken.values_list("pk", "ally_id", "way", "code", "key"), all=True)
    ):
        if way == SPEAKS:
            found[ally].languages.append(name_of(name))
        else:
            getattr(found[ally].tags, way).append(AllyTag(pk=number, ally_id=ally, way=way, name=name, key=key))
    for shown in found.values():
        shown.languages.sort()
    return list(found.values())


def profile_seen_by(viewer: User | AnonymousUser, *, public_id: int) -> Shown | None:
    """The page of that number as this viewer may see it; None where for them there is none."""
    ally = Ally.objects.visible_to(viewer).select_related("unit__parent").filter(public_id=public_id).first()
    return dressed([ally])[0] if ally else None
