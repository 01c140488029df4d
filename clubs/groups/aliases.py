"""A quiet ally's name for one club: nobody outside learns of it, and in no other club is it the same by itself."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.groups.models import Membership
from conversation.changing import rename_writer
from movement.allies.models import Ally
from movement.allies.names import alias_tells, refuse_odd_alias, skeleton


def refuse_alias(membership: Membership, alias: str) -> None:
    """Raises ValidationError for one that gives its bearer away, or that somebody goes by already."""
    refuse_odd_alias(alias)
    ally = membership.ally
    if alias_tells(alias, name=ally.name, email=ally.user.email):
        raise ValidationError(_("This alias tells who you are. Choose one without any part of your name or address."))
    if ally.alias and skeleton(ally.alias) == skeleton(alias):
        raise ValidationError(
            _("You had this alias elsewhere. Choose another, so that nobody can put the two together.")
        )
    others = Membership.objects.shown().filter(club=membership.club_id).exclude(pk=membership.pk)
    if skeleton(alias) in {skeleton(other.shown_name or "") for other in others} or _is_known(alias, ally):
        raise ValidationError(_("Somebody goes by this name, or by one that looks like it. Choose another."))


def _is_known(alias: str, ally: Ally) -> bool:
    return Ally.objects.by_alias().filter(alias_key=skeleton(alias)).exclude(pk=ally.pk).exists()


@transaction.atomic
def take_alias(*, membership: Membership, alias: str) -> None:
    """Known by it in this club from now on; the empty one is unseen again. Raises ValidationError.

    Comments keep standing, but none by the alias that was laid down: somebody else may take it up.
    """
    former = membership.alias
    if alias:
        refuse_alias(membership, alias)
    membership.alias = alias
    membership.alias_since = timezone.now() if alias else None
    try:
        with transaction.atomic():
            membership.save(update_fields=["alias", "alias_key", "alias_since"])
    except IntegrityError:
        raise ValidationError(_("Somebody goes by this name, or by one that looks like it. Choose another.")) from None
    if former and former != alias:
        rename_writer(user=membership.ally.user, name=_("A member"), formerly=former)
