"""Every link of the site that works by its token, one of each for an owner: what the walk in test_links.py takes."""

from collections.abc import Callable
from types import SimpleNamespace

from django.utils import timezone

from accounts import leaving, packing, tokens
from clubs.groups.invitations import make_token
from clubs.groups.models import Membership
from clubs.meetings import by_mail
from clubs.meetings.calendars import feed_address
from content.models import PartWish, Subscriber
from content.subscriptions import services as subscriptions
from content.wishes import services as wishes
from conversation import judging, mails, remembering, stamps, views
from conversation import services as talk
from conversation.hosts import target_of
from conversation.models import Decision
from conversation.services import Words
from movement.invitations.letters import stop_url, write_to
from movement.pulse.lists import LINK
from movement.pulse.lists import stop_url as ticket_stop_url
from movement.resolve.nudging import want_nudges
from postbox import unsubscribing
from postbox.digests import services as digests
from postbox.digests import writing
from tests import cast
from tests.clubs.worlds import a_member
from tests.movement.pulses import a_ticket

#: Where each kind of link leads: the name of the address.
PLACES = {
    "comment-confirm": "conversation:confirm",
    "comment-waiting": "conversation:waiting",
    "comment-answer": "conversation:answer",
    "comment-mute": "conversation:mute",
    "subscription-confirm": "content:confirm_subscription",
    "subscription-manage": "content:manage_subscription",
    "part-confirm": "content:confirm_wish",
    "stop:subscription": "postbox:unsubscribe",
    "stop:digest": "postbox:unsubscribe",
    "stop:part": "postbox:unsubscribe",
    "stop:notification": "postbox:unsubscribe",
    "stop:monday-nudge": "postbox:unsubscribe",
    "stop:invitation-never-again": "postbox:unsubscribe",
    "stop:pulse-no-tickets": "postbox:unsubscribe",
    "pulse-ticket": "movement:pulse_ticket",
    "club-invitation": "clubs:invited",
    "calendar": "clubs:feed",
    "meeting-answer": "clubs:answer_by_mail",
    "parcel": "accounts:download",
    "way-back": "accounts:stay",
}
#: Whoever wants out always gets out, and a calendar program keeps its address: these never grow too old.
AGELESS = {"comment-mute", "calendar"} | {kind for kind in PLACES if kind.startswith("stop:")}
#: A workshop's code opens its door, and nothing at all to who is not signed in.
WORKSHOPS = {
    f"movement:{name}"
    for name in ("workshop", "join_workshop", "workshop_table", "print_workshop", "close_workshop",
                 "take_workshop_card")
}  # fmt: skip
#: An invitation's code is no token, but stands in an address as one does.
WITH_A_CODE = {"movement:join"} | WORKSHOPS


def links_of(world: SimpleNamespace, owner: str) -> dict[str, Callable[[], str]]:
    """By kind, a way to make the token. `owner` is a role; what is not a login's is at their address elsewhere."""
    person, email = getattr(world, owner), f"{owner}@elsewhere.example"
    mine = comments_of(world, email) | letters_of(world, email, person) | clubs_of(world, person)
    mine |= pulses_of(world, email)
    return mine | accounts_of(person, owner)


def comments_of(world: SimpleNamespace, email: str) -> dict[str, Callable[[], str]]:
    page, words = target_of(world.article), {"name": "Hester Vane", "text": "Words."}
    followed = talk.place(target=page, email=email, words=Words(**words, press="", followup=True))
    down = talk.place(target=page, email=email, words=Words(**words, press=""))
    judging.take_down(comments=[down], editor=world.editor.user, why="Names a customer")
    decision = Decision.objects.get(comment=down)
    pending = talk.ask(target=page, email=email, words=Words(**words, press=email), network="10.0.0.0/24")
    return {
        "comment-confirm": lambda: tokens.make(mails.CONFIRM, pending.pk),
        "comment-waiting": lambda: tokens.make(views.WAITING, pending.pk),
        "comment-answer": lambda: tokens.make(mails.ANSWER, decision.pk),
        "comment-mute": lambda: tokens.make(mails.MUTE, followed.pk),
    }


def letters_of(world: SimpleNamespace, email: str, person: object) -> dict[str, Callable[[], str]]:
    asked = Subscriber.objects.create(email=f"asked.{email}")
    mine = Subscriber.objects.create(email=email, pace="weekly", confirmed_at=timezone.now())
    reader = digests.join(email=email, section=subscriptions.ARTICLES, rhythm="weekly")
    wish = PartWish.objects.create(part=world.part, email=email)
    user = person.user.pk  # type: ignore[attr-defined]
    nudged = want_nudges(ally=person).ally_id  # type: ignore[arg-type]
    invited = write_to(owner=person, email=f"invited.{email}", words="")  # type: ignore[arg-type]
    return {
        "subscription-confirm": lambda: tokens.make(subscriptions.CONFIRM, asked.pk),
        "subscription-manage": lambda: tokens.make(subscriptions.MANAGE, mine.pk),
        "part-confirm": lambda: tokens.make(wishes.CONFIRM, wish.pk),
        "stop:subscription": lambda: token_in(subscriptions.stop_url(mine)),
        "stop:digest": lambda: token_in(writing.stop_url(reader)),
        "stop:part": lambda: token_in(wishes.stop_url(wish)),
        "stop:invitation-never-again": lambda: token_in(stop_url(invited)),
        "stop:monday-nudge": lambda: token_in(unsubscribing.link("monday-nudge", ally=nudged)),
        "stop:notification": lambda: token_in(unsubscribing.link("notification", user=user, kind=mails.REPLY)),
    }


def pulses_of(world: SimpleNamespace, email: str) -> dict[str, Callable[[], str]]:
    number, key = tokens.read(LINK, a_ticket(world.pulse_by_mail))
    return {
        "pulse-ticket": lambda: tokens.make(LINK, [number, key]),
        "stop:pulse-no-tickets": lambda: token_in(ticket_stop_url(f"asked.{email}")),
    }


def clubs_of(world: SimpleNamespace, person: object) -> dict[str, Callable[[], str]]:
    organiser = Membership.objects.organisers().get(club=world.club)
    member = Membership.objects.filter(club=world.club, ally=person).first() or a_member(world.club, person)
    return {
        "meeting-answer": lambda: token_in(by_mail.link(world.meeting, member)),
        "club-invitation": lambda: make_token(organiser=organiser),
        "calendar": lambda: token_in(feed_address(person)).removesuffix(".ics"),  # type: ignore[arg-type]
    }


def accounts_of(person: object, owner: str) -> dict[str, Callable[[], str]]:
    """What this person had packed, and the way back of somebody who is about to leave."""
    parcel = packing.pack(packing.ask(user=person.user).pk)  # type: ignore[attr-defined]
    leaver = leaving.leave(user=cast.make_ally(f"Leaver beside {owner}").user)
    return {"parcel": lambda: packing.token_of(parcel), "way-back": lambda: leaving.token_of(leaver)}


def homeless(world: SimpleNamespace) -> dict[str, str]:
    """Tokens of ours that stand in no address: in a form, and in a cookie."""
    return {
        "comment-form": stamps.make(target_of(world.article)),
        "comment-remembered": tokens.make(remembering.PURPOSE, ["ally@elsewhere.example", "Ada"]),
    }


def token_in(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
