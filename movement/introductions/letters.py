"""What is told of an introduction. No notification bears a name: those rows are somebody else's, and stay with them
when an ally leaves or goes quiet. The mail that gives the contact finds its words as it goes out.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.allies.models import Ally
from movement.introductions.models import Answer, Introduction, Side, State
from postbox import letters, links, unsubscribing
from postbox.kinds import Kind
from postbox.letters import Letter
from postbox.services import PREFERENCES, notify


def tell_asked(introduction: Introduction, ally: Ally) -> None:
    if introduction.is_direct:
        text = _("An ally would like to meet you. Their note is waiting.")
    else:
        text = _("An ally would like to introduce you to somebody. Their note is waiting.")
    _tell(ASKED, introduction, ally, "asked", text)


def tell_again(introduction: Introduction, ally: Ally) -> None:
    text = _("An introduction still waits for you. Yes, not now or nothing: all are fine. This is the only reminder.")
    _tell(ASKED, introduction, ally, "again", text)


def tell_agreed(introduction: Introduction) -> None:
    """The two, and whoever brought them together."""
    for side in introduction.sides.select_related("ally__user"):
        text = _("You have both said yes: here is how to reach each other.")
        _tell(AGREED, introduction, side.ally, "agreed", text)
    if introduction.by and not introduction.is_direct:
        text = _("Two allies whom you introduced have both said yes.")
        _tell(MATCHED, introduction, introduction.by, "matched", text)


def _tell(kind: Kind, introduction: Introduction, ally: Ally, what: str, text: str) -> None:
    notify(
        kind=kind.name,
        user=ally.user,
        event=f"introduction:{introduction.pk}:{what}:{ally.pk}",
        text=text,
        url=reverse("movement:introduction", args=[introduction.pk]),
    )


def _number(event: str) -> int:
    return int(event.split(":")[1])


def still_asked(user: User | None, event: str) -> bool:
    """Right before the mail goes out: it is open, theirs to answer, and they have not yet."""
    if user is None:
        return False
    mine = Introduction.objects.visible_to(user).waiting().filter(pk=_number(event))
    return mine.filter(sides__ally__user=user, sides__answer=Answer.NONE).exists()


def still_agreed(user: User | None, event: str) -> bool:
    return (
        user is not None
        and Introduction.objects.visible_to(user).filter(pk=_number(event), state=State.AGREED).exists()
    )


def contact(event: str) -> Letter | None:
    """The mail to one of the two, with what the other gave; None when it is not theirs to know any more."""
    number, me = _number(event), int(event.split(":")[3])
    side = Side.objects.select_related("introduction", "ally__user").filter(introduction=number, ally=me).first()
    if side is None or not still_agreed(side.ally.user, event):
        return None
    other = Side.objects.select_related("ally").filter(introduction=number).exclude(pk=side.pk).get()
    user, kind = side.ally.user, AGREED.name
    context = {
        "name": other.ally.shown_name,
        "reach": other.reach,
        "words": words_to(side, other),
        "url": links.absolute(side.introduction.get_absolute_url()),
        "manage_url": links.absolute(PREFERENCES),
        "unsubscribe_url": unsubscribing.link("notification", user=user.pk, kind=kind),
        "user": user,
    }
    return letters.write("introduction_agreed", context)


def words_to(side: Side, other: Side) -> str:
    """What the other wrote to this one."""
    return side.introduction.note if side.introduction.by_id == other.ally_id else other.words


ASKED = Kind(
    name="introduction-asked",
    label=gettext_lazy("Somebody would like to meet me"),
    still_wanted=still_asked,
    is_unasked=True,
    digest="notifications",
)
AGREED = Kind(
    name="introduction-agreed",
    label=gettext_lazy("Somebody and I have both said yes"),
    still_wanted=still_agreed,
    words=contact,
    digest="notifications",
)
MATCHED = Kind(
    name="introduction-matched",
    label=gettext_lazy("Two whom I introduced have said yes"),
    still_wanted=still_agreed,
    digest="notifications",
)
KINDS = (ASKED, AGREED, MATCHED)
