"""What the two ends of a card are told. No notification bears a name, or a word of the card: those stay with its page,
where whoever became quiet or was kept apart since is not shown."""

from collections.abc import Callable, Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.personas.models import PersonaCard
from movement.personas.ties import Answer, Tie, TieQuerySet
from postbox.kinds import Kind
from postbox.services import notify


def tell_asked(card: PersonaCard, tie: Tie) -> None:
    if card.is_by_server:
        text = _("An ally has written a card about what they do for you. Is it right? One look is enough.")
    else:
        text = _("An ally has written down what they rely on you for. Is it right? One look is enough.")
    _tell(ASKED, card, tie.ally.user, f"asked:{tie.ally_id}", text)


def tell_answered(card: PersonaCard, *, corrected: bool) -> None:
    right = _("The other end of one of your cards says: it is right.")
    changed = _("The other end of one of your cards has corrected a line.")
    _tell(ANSWERED, card, card.owner.user, f"answered:{card.edition}", changed if corrected else right)


def tell_changed(card: PersonaCard, tie: Tie) -> None:
    """Once a day at most, however many lines are changed one by one."""
    text = _("A card that you had agreed to says something else now.")
    _tell(CHANGED, card, tie.ally.user, f"changed:{timezone.localdate().isoformat()}", text)


def _tell(kind: Kind, card: PersonaCard, user: User, what: str, text: str) -> None:
    url = reverse("movement:persona", args=[card.pk])
    notify(kind=kind.name, user=user, event=f"card:{card.pk}:{what}", text=text, url=url)


def _number(event: str) -> int:
    return int(event.split(":")[1])


def _shown(ties: Callable[[User], TieQuerySet]) -> Callable[[User, Collection[str]], Collection[str]]:
    """Those of cards that still stand between this person and the other end."""

    def shown(user: User, events: Collection[str]) -> Collection[str]:
        cards = {event: _number(event) for event in events}
        found = set(ties(user).filter(card__in=cards.values()).values_list("card", flat=True))
        return [event for event, card in cards.items() if card in found]

    return shown


def _still(ties: Callable[[User], TieQuerySet]) -> Callable[[User | None, str], bool]:
    def still(user: User | None, event: str) -> bool:
        return user is not None and ties(user).filter(card=_number(event)).exists()

    return still


def _offered(user: User) -> TieQuerySet:
    return Tie.objects.offered_to(user)


def _waiting(user: User) -> TieQuerySet:
    return Tie.objects.offered_to(user).filter(answer=Answer.WAITING)


def _agreed(user: User) -> TieQuerySet:
    return Tie.objects.agreed().visible_to(user)


ASKED = Kind(
    name="card-asked",
    label=gettext_lazy("Somebody asks whether their card about us is right"),
    still_wanted=_still(_waiting),
    shown=_shown(_offered),
    is_unasked=True,
    digest="notifications",
)
ANSWERED = Kind(
    name="card-answered",
    label=gettext_lazy("The other end confirms or corrects my card"),
    still_wanted=_still(_agreed),
    shown=_shown(_agreed),
    digest="notifications",
)
CHANGED = Kind(
    name="card-changed",
    label=gettext_lazy("A card that I agreed to is changed"),
    still_wanted=_still(_agreed),
    shown=_shown(_agreed),
    digest="notifications",
)
KINDS = (ASKED, ANSWERED, CHANGED)
