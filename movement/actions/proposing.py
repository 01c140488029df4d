"""Allies propose ideas, stewards publish them, and whoever proposed hears what became of it."""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.actions.models import Idea
from movement.actions.models import Kind as Part
from movement.allies.models import Ally
from postbox.kinds import Kind
from postbox.services import notify

KIND = "idea-judged"
ATTEMPTS = 3
#: Stand in addresses where an idea's own would stand.
NO_SLUG = {"propose"}
JUDGED = Kind(name=KIND, label=gettext_lazy("An answer to an idea I proposed"), digest="notifications")


class TitleTaken(Exception):
    """There is an idea of this title: the form asks first, and of two at the same moment one gets this."""


@transaction.atomic
def propose(*, ally: Ally | None, **said: Any) -> Idea:
    """Raises TitleTaken. Where another idea takes the address meanwhile, the next one is taken."""
    for _attempt in range(ATTEMPTS):
        idea = Idea(**said, slug=free_slug(said["title"]), proposed_by=ally)
        idea.is_published, idea.proposed_at = False, timezone.now()
        try:
            with transaction.atomic():
                idea.save(force_insert=True)
            return idea
        except IntegrityError:
            if Idea.objects.titled(idea.title).exists():
                raise TitleTaken from None
    raise TitleTaken


@transaction.atomic
def propose_unsigned(*, text: str) -> None:
    """What somebody said elsewhere and wants looked at as an idea: nobody's name stands beside it, and nobody is
    answered. What is there already, by its words or its title, is not proposed again.
    """
    title = Truncator(text).chars(80)
    if Idea.objects.filter(text=text).exists() or Idea.objects.titled(title).exists():
        return
    with suppress(TitleTaken):
        propose(ally=None, title=title, text=text, kind=Part.SERVICING)


def free_slug(title: str) -> str:
    """An address that no idea has yet."""
    stem = slugify(title)[:70] or "idea"
    taken = NO_SLUG | set(Idea.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)


@transaction.atomic
def judge(*, idea: Idea, publish: bool, word: str) -> None:
    """Once: of two stewards the first decides."""
    judged = {"is_published": publish, "judged_at": timezone.now(), "word_back": word}
    if not Idea.objects.waiting().filter(pk=idea.pk).update(**judged) or idea.proposed_by is None:
        return
    title = {"title": idea.title}
    said = (
        _("Your idea “%(title)s” is published.") % title if publish else _("Your idea “%(title)s” stays out.") % title
    )
    notify(
        kind=KIND,
        user=idea.proposed_by.user,
        event=f"idea:{idea.pk}",
        text=f"{said} {word}".strip(),
        url=idea.get_absolute_url() if publish else reverse("movement:ideas"),
    )


@transaction.atomic
def erase_proposals(user: User) -> None:
    """What is published belongs to all by now, without a name; the rest goes."""
    Idea.objects.filter(proposed_by__user=user, is_published=False).delete()
    Idea.objects.filter(proposed_by__user=user).update(proposed_by=None)
