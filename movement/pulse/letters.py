"""What people are told of a pulse: that it is open, once more if they have not taken part, and what came of it.

A reminder tells who had not taken part by then: it is kept from everybody else, and forgotten with the close.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from movement.allies.models import Ally
from movement.pulse import lists
from movement.pulse.lists import STOP
from movement.pulse.models import Audience, Pulse
from movement.pulse.papers import NoTicket, Ticket
from postbox import bulk, fates, links, unsubscribing
from postbox.bulk import Addressed
from postbox.kinds import Kind
from postbox.models import How, Mould, Notification, Preference
from postbox.services import PREFERENCES
from postbox.unsubscribing import Stoppable, Subject

KIND = "pulse"
OPEN, SOON, RESULTS = "open", "soon", "results"
#: A reminder goes out so long before the end, and not within so long of the opening.
BEFORE_THE_END, AFTER_THE_OPENING = timedelta(days=2), timedelta(days=3)
A_BATCH = 500


def event_of(pulse: Pulse, stage: str) -> str:
    return f"pulse:{pulse.pk}:{stage}"


def text_of(stage: str) -> str:
    return {
        OPEN: _("A pulse is open: a few questions, answered without a name."),
        SOON: _("The pulse closes soon. If you want to take part, there are two days left."),
        RESULTS: _("The results of the pulse are there."),
    }[stage]


def url_of(pulse: Pulse, stage: str) -> str:
    return f"/pulse/{pulse.pk}/results/" if stage == RESULTS else f"/pulse/{pulse.pk}/"


def due(stage: str) -> QuerySet[Pulse]:
    """Of which everybody is to be told this now, and has not been. What a clock that stood still has missed is left
    out: nobody is told of what is over."""
    now, allies = timezone.now(), Pulse.objects.open().filter(audience=Audience.ALLIES)
    if stage == OPEN:
        return Pulse.objects.open().filter(announced_at=None)
    if stage == SOON:
        soon = now + BEFORE_THE_END
        return allies.filter(reminded_at=None, closes_at__lte=soon, opens_at__lte=now - AFTER_THE_OPENING)
    return Pulse.objects.closed().filter(told_at=None)


MARKS = {OPEN: "announced_at", SOON: "reminded_at", RESULTS: "told_at"}


def take_up(pulse: Pulse, stage: str) -> bool:
    """Whether it falls to the caller to have it told; once for each pulse and stage."""
    mark = MARKS[stage]
    return bool(Pulse.objects.filter(pk=pulse.pk, **{mark: None}).update(**{mark: timezone.now()}))


def receivers(pulse: Pulse, stage: str) -> QuerySet[Ally]:
    allies = Ally.objects.active()
    if stage == SOON:
        allies = allies.exclude(Exists(Ticket.objects.filter(pulse=pulse, ally=OuterRef("pk"), is_used=True)))
    return allies.select_related("user").order_by("pk")


def tell(pulse_id: int, stage: str) -> int:
    """Notifications, and mails for those who like them; returns how many allies. Run again, it tells nobody twice."""
    pulses = Pulse.objects.closed() if stage == RESULTS else Pulse.objects.open()
    pulse = pulses.filter(pk=pulse_id).first()
    if pulse is None or (stage != RESULTS and not pulse.is_for_allies):
        return 0
    mould, last, told = _cast(pulse, stage), 0, 0
    while pulses.filter(pk=pulse_id).exists() and (
        batch := list(receivers(pulse, stage).filter(pk__gt=last)[:A_BATCH])
    ):
        _tell(pulse, stage, mould, [ally.user for ally in batch])
        last, told = batch[-1].pk, told + len(batch)
    return told


def _cast(pulse: Pulse, stage: str) -> Mould:
    questions = pulse.questions.count()
    context = {
        "pulse": pulse,
        "stage": stage,
        "questions": questions,
        "minutes": pulse.minutes(questions),
        "url": links.absolute(url_of(pulse, stage)),
        "manage_url": links.absolute(PREFERENCES),
    }
    return bulk.cast(kind=KIND, template="pulse", context=context, fills=["unsubscribe_url"])


@transaction.atomic
def _tell(pulse: Pulse, stage: str, mould: Mould, users: Sequence[User]) -> None:
    event, text, url = event_of(pulse, stage), text_of(stage), url_of(pulse, stage)
    Notification.objects.bulk_create(
        (Notification(user=user, kind=KIND, event=event, text=text, url=url) for user in users), ignore_conflicts=True
    )
    others = Preference.objects.filter(kind=KIND, user__in=users).exclude(how=How.NOW).values_list("user", flat=True)
    otherwise = set(others)
    bulk.write(mould=mould, addressed=[_addressed(event, user) for user in users if user.pk not in otherwise])


def _addressed(event: str, user: User) -> Addressed:
    # One event for each: whether it was written is asked batch by batch, of these people only.
    stop = unsubscribing.link("notification", user=user.pk, kind=KIND)
    return Addressed(to=user.email, event=f"{event}:{user.pk}", user=user, fills={"unsubscribe_url": stop})


def shown(user: User, events: Collection[str]) -> Collection[str]:
    """The invitation holds while the pulse is open and this person has not taken part; the results once they stand."""
    numbers = {event: (int(event.split(":")[1]), event.split(":")[2]) for event in events}
    asked = {number for number, _stage in numbers.values()}
    used = Ticket.objects.filter(pulse=OuterRef("pk"), ally__user=user, is_used=True)
    rows = Pulse.objects.filter(pk__in=asked).annotate(is_done=Exists(used))
    found = {pulse.pk: pulse for pulse in rows}

    def holds(number: int, stage: str) -> bool:
        pulse = found.get(number)
        if pulse is None:
            return False
        return pulse.results_at is not None if stage == RESULTS else pulse.is_open and not pulse.is_done

    return [event for event, (number, stage) in numbers.items() if holds(number, stage)]


def forget(pulse: Pulse) -> None:
    """After the close: whom it went to by mail, and who was reminded."""
    for stage in (OPEN, SOON):
        event = event_of(pulse, stage)
        Notification.objects.filter(kind=KIND, event=event).delete()
        fates.forget_all(kind=KIND, prefix=f"{event}:")
    fates.forget_all(kind=lists.KIND, prefix=lists.prefix_of(pulse))


def describe(subject: Subject) -> Stoppable | None:
    if NoTicket.objects.filter(recipient=subject["to"]).exists():
        return None
    return Stoppable(what=_("tickets for a pulse by mail"), address=subject["shown"])


def no_more(subject: Subject) -> None:
    NoTicket.objects.get_or_create(recipient=subject["to"])


PULSE = Kind(
    name=KIND,
    label=gettext_lazy("A pulse opens, or its results are there"),
    is_unasked=True,
    digest="notifications",
    shown=shown,
)
TICKET = Kind(
    name=lists.KIND,
    label=gettext_lazy("A ticket for a pulse"),
    in_preferences=False,
    still_wanted=lists.still_wanted,
)


def register_letters() -> None:
    unsubscribing.register(STOP, describe=describe, act=no_more)
