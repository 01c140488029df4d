"""The primer on Today: where the ally is in it, and the next thing. Its one truth is the marks that content keeps."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from content.pages.primer import ChapterPage
from content.progress import exercises
from content.progress.models import ChapterMark, What
from content.progress.services import mark
from content.progress.walk import walk_of
from movement.actions.models import Action
from movement.allies.models import Ally
from movement.invitations.queries import named
from movement.personas.models import PersonaCard
from movement.today import Card, Step, register, register_step


def first_chapter() -> QuerySet[ChapterPage]:
    """The first that everybody may read, or none."""
    return ChapterPage.objects.visible_to(None).order_by("path")[:1]


def first_chapter_address() -> str:
    return next((chapter.get_absolute_url() for chapter in first_chapter()), "/primer/")


def has_read_chapter_one(ally: Ally) -> QuerySet[ChapterMark]:
    first = first_chapter().values("pk")
    return ChapterMark.objects.filter(user=ally.user_id, what=What.READ, chapter__in=first)


def say_chapter_one(ally: Ally) -> None:
    mark(user=ally.user, chapters=first_chapter(), what=What.READ)


def where_i_am(ally: Ally) -> dict[str, Any] | None:
    """From the first chapter read until the whole way is walked; before that, the first step speaks of it."""
    walk = walk_of(ally.user, list(ChapterPage.objects.visible_to(ally.user).order_by("path")))
    return {"walk": walk} if walk.is_begun and walk.to_do else None


def register_primer() -> None:
    """The chapter that begins it all, the row, and what the exercises of the other chapters leave behind."""
    # Only who came openly: a tick on the day that somebody came quietly would tell who brought them of it.
    exercises.register("/invite/", lambda user: named(Ally.objects.filter(invited_by__user=user)))
    exercises.register("/personas/new/", lambda user: PersonaCard.objects.filter(owner__user=user))
    exercises.register("/actions/log/", lambda user: Action.objects.filter(ally__user=user))
    register(Card(name="primer", template="movement/today/primer.html", gather=where_i_am, position=20))
    register_step(
        Step(
            name="chapter-one",
            position=10,
            meta=_("A good place to begin"),
            title=_("Read the first chapter of the primer."),
            text=_("Five minutes. It gives you the words for something that you probably believe already."),
            url=lazy(first_chapter_address, str)(),
            label=_("Read chapter one"),
            done=has_read_chapter_one,
            say=say_chapter_one,
        )
    )
