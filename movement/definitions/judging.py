"""What an ally and an editor can do about words that should not stand there. The writer is told why they were taken."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from movement.allies.models import Ally
from movement.definitions.models import Definition, DefinitionFlag
from postbox.kinds import Kind
from postbox.services import notify

TAKEN_DOWN = Kind(name="definition-taken-down", label=gettext_lazy("My definition was taken down"), by_choice=False)


def flag(*, definition: Definition, by: Ally) -> None:
    """Once for each ally; saying it again changes nothing."""
    DefinitionFlag.objects.bulk_create([DefinitionFlag(definition=definition, ally=by)], ignore_conflicts=True)


def let_stand(*, definition: Definition) -> None:
    DefinitionFlag.objects.filter(definition=definition).delete()


@transaction.atomic
def take_down(*, definition: Definition, why: str) -> None:
    """Only the writer sees it from now on; they may show other words."""
    definition.shown_at, definition.taken_down_why = None, why
    definition.save(update_fields=["shown_at", "taken_down_why"])
    let_stand(definition=definition)
    notify(
        kind=TAKEN_DOWN.name,
        user=definition.ally.user,
        event=f"definition:{definition.pk}:{definition.written_at.isoformat()}",
        text=_("An editor took down the definition you showed. The reason: %(why)s") % {"why": why},
        url=reverse("movement:definition"),
    )
