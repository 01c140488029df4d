"""Writing one's definition, showing it or not, throwing it away."""

from django.db import transaction
from django.utils import timezone

from movement.allies.models import Ally
from movement.definitions.models import Definition, DefinitionFlag


class NobodyToShow(Exception):
    """A quiet ally appears under no name, and shows nothing."""


class TakenDown(Exception):
    """An editor has taken these words down; other words may be shown."""


class WordsTell(Exception):
    """The same words were read under another name: shown now, they would lead from the alias to its person."""


@transaction.atomic
def define(*, ally: Ally, text: str, show: bool) -> Definition:
    """Keep these words as theirs. Raises NobodyToShow, WordsTell and TakenDown, and then changes nothing."""
    found = Definition.objects.select_for_update().filter(ally=ally).first() or Definition(ally=ally)
    found.ally = ally
    if show and ally.shown_name is None:
        raise NobodyToShow
    if show and found.tells(text):
        raise WordsTell
    if show and found.taken_down_why and text == found.text:
        raise TakenDown
    now = timezone.now()
    if text != found.text:
        found.text, found.written_at, found.read_since, found.taken_down_why = text, now, None, ""
        DefinitionFlag.objects.filter(definition=found.pk).delete()
    if show and not (found.is_shown and found.read_since):
        found.shown_at, found.read_since = now, found.read_since or now
    elif not show:
        found.shown_at = None
    found.save()
    return found


@transaction.atomic
def forget_definition(*, ally: Ally) -> None:
    Definition.objects.filter(ally=ally).delete()
