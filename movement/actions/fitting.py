"""Which idea fits an ally best: by what they do, what they noted lately, and what people in their circles tried."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from urllib.parse import urlencode
from zlib import crc32

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.actions.audiences import with_circles_of
from movement.actions.models import Action, Idea, Role
from movement.allies.models import Ally
from movement.resolve.suggesting import Suggestion

#: So many of their own entries are looked at.
LATELY = 12
#: Words in what somebody says of their work that speak for one kind of day; parts of words will do.
WORDS = {
    Role.OFFICE: gettext_lazy("account, analyst, assistant, clerk, control, data, finance, invoic, payroll, planner"),
    Role.HANDS: gettext_lazy("build, driver, fitter, forklift, foreman, mechanic, pack, picker, technician, warehouse"),
    Role.CUSTOMERS: gettext_lazy("advis, complaint, customer, desk, reception, sales, service, shop, support"),
    Role.LEADS: gettext_lazy("chief, director, foreman, head, lead, manage, supervis"),
}
THEIR_DAY, SAME_AS_LATELY, FOR_ANYONE, MISSING_KIND, IN_CIRCLES = 4, 2, 1, 2, 2


def roles_of(ally: Ally) -> set[str]:
    """What kind of day they have, by their own words for it; nothing where they say nothing."""
    said = ally.role.casefold()
    return {role for role, words in WORDS.items() if any(word in said for word in str(words).split(", "))}


def suggest(ally: Ally, day: date, but: Collection[str]) -> Suggestion | None:
    """The best of those they have not done and that were not suggested lately: the same all day long."""
    ideas = list(Idea.objects.published().new_to(ally).exclude(slug__in=but))
    if not ideas:
        return None
    lately = list(ally.actions.order_by("-done_on", "-pk").values_list("kind", "idea__role")[:LATELY])
    kinds, roles = Counter(kind for kind, _role in lately), {role for _kind, role in lately if role}
    mine, circles = roles_of(ally), _tried_in_circles(ally)

    def fit(idea: Idea) -> tuple[int, int]:
        points = THEIR_DAY * (idea.role in mine) + FOR_ANYONE * (idea.role == Role.ANYONE)
        points += SAME_AS_LATELY * (idea.role in roles) + MISSING_KIND * bool(lately and not kinds[idea.kind])
        points += IN_CIRCLES * (idea.pk in circles)
        return points, -crc32(f"{ally.pk}-{day.isoformat()}-{idea.pk}".encode())

    best = max(ideas, key=fit)
    return _as_suggestion(best, _why(best, mine, is_missing=bool(lately and not kinds[best.kind]), circles=circles))


def _tried_in_circles(ally: Ally) -> set[int | None]:
    """Ideas that somebody tried who shares a circle with them, as far as they may see it anyway."""
    seen = Action.objects.visible_to(ally.user).filter(with_circles_of(ally.user, "ally")).exclude(ally=ally)
    return set(seen.filter(is_unnamed=False, idea__isnull=False).values_list("idea", flat=True).distinct())


def _why(idea: Idea, mine: set[str], *, is_missing: bool, circles: set[int | None]) -> str:
    if idea.pk in circles:
        return _("Somebody in a reading group of yours tried it.")
    if idea.role in mine:
        return _("It fits the kind of day you have.")
    return _("A change from what you noted lately.") if is_missing else ""


def find(ally: Ally, name: str) -> Suggestion | None:
    idea = Idea.objects.published().filter(slug=name).first()
    return _as_suggestion(idea) if idea else None


def _as_suggestion(idea: Idea, why: str = "") -> Suggestion:
    return Suggestion(name=idea.slug, title=idea.title, text=idea.text, why=why)


def note_url(name: str) -> str:
    return f"{reverse('movement:log_action')}?{urlencode({'idea': name})}"
