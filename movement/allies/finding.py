"""How search finds allies: through `visible_to`, by the name and the facts that each of them chose to show."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content.search.marking import excerpt, marked
from content.search.rows import matching, taken
from content.search.sources import Found, Hit, Source, Wanted, register
from content.search.words import Asked
from movement.allies.models import Ally, AllyQuerySet, Visibility


def search(user: User | AnonymousUser, asked: Asked, wanted: Wanted) -> Iterator[Found]:
    if not user.is_authenticated:
        return
    shown = as_shown(Ally.objects.visible_to(user)).select_related("unit__parent")
    found = matching(shown, asked, name=["called"], rest=["does", "works_in", "about"])
    allies, total, strength = taken(found, asked, wanted.of("allies"))
    yield Found(kind="allies", hits=[hit(ally, asked) for ally in allies], total=total, strength=strength)


def as_shown(allies: AllyQuerySet) -> AllyQuerySet:
    """With what others read of each: by alias neither the real name, nor what they do, nor their department."""
    hidden, is_open = Value(""), {"visibility": Visibility.OPEN}
    return allies.annotate(
        called=Case(When(**is_open, then=F("name")), default=F("alias")),
        does=Case(When(**is_open, show_role=True, then=F("role")), default=hidden),
        works_in=Case(When(**is_open, show_unit=True, then=F("unit__name")), default=hidden),
    )


def hit(ally: Ally, asked: Asked) -> Hit:
    return Hit(
        title=marked(ally.shown_name or "", asked),
        url=ally.get_absolute_url(),
        text=excerpt(ally.about, asked),
        note=marked(facts(ally), asked),
    )


def facts(ally: Ally) -> str:
    place = ally.shown_place
    if ally.visibility == Visibility.ALIAS:
        return gettext("somewhere in %(division)s") % {"division": place.name} if place else ""
    return " · ".join(part for part in (ally.shown_role, place.name if place else "") if part)


def register_search() -> None:
    register(Source(position=20, kinds={"allies": _("Allies")}, search=search))
