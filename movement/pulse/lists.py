"""A pulse by mail: a list of addresses goes in sealed, tickets go out, and then the list is destroyed.

No row leads from an address to a ticket. While a mail waits to be sent it has to hold both; it is deleted as soon as it
has gone (`postbox.fates.forget_sent`), and with the close also the keyed hash that kept anybody from being written to
twice. Nobody is reminded: by then nobody knows whom to remind. Whether an address belongs to an ally is not asked: the
number of tickets would tell it.
"""

import secrets
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import tokens
from accounts.policy import SignupPolicy
from movement.pulse.answering import hash_of
from movement.pulse.closing import call_off_empty
from movement.pulse.models import Pulse
from movement.pulse.papers import AddressList, ListCount, NoTicket, Ticket, Urn
from movement.pulse.sealing import Seal, Unreadable
from postbox import bulk, fates, links, unsubscribing
from postbox.addresses import hashed, masked
from postbox.bulk import Addressed
from postbox.models import Mould

KIND, LINK, STOP = "pulse_ticket", "pulse-ticket", "pulse-no-tickets"
LARGEST_LIST = 16_000_000
A_BATCH = 500
#: So many words of a list are looked at while somebody waits for the form.
LOOKED_AT = 10_000
SHOWN_LINES = 100
LONGEST_ADDRESS = 254
#: Mails of one pulse are told apart by the first signs of the hash they go to: a question for a batch stays small.
SHARD = 3
SIGNS_BETWEEN = str.maketrans(dict.fromkeys(",;\t", " "))


@transaction.atomic
def keep_list(*, pulse: Pulse, text: str) -> None:
    """Sealed; the worker looks through it (`look_through`), and writes the tickets once the pulse has opened."""
    seal = Seal(Urn.objects.get(pulse=pulse).key)
    AddressList.objects.update_or_create(pulse=pulse, defaults={"sealed": seal.close(text.encode())})
    ListCount.objects.filter(pulse=pulse).delete()


def has_address(text: str) -> bool:
    """Whether one word of it at least could get a ticket. Where the first ten thousand are none the worker will tell
    (`look_through`): a form does not wait for so long."""
    policy = SignupPolicy.current()
    words = list(islice(lines_of(text), LOOKED_AT))
    return len(words) == LOOKED_AT or any(is_address(word) and policy.admits_address(word) for _line, word in words)


def text_of(kept: AddressList) -> str:
    try:
        return Seal(Urn.objects.get(pulse=kept.pulse_id).key).open(kept.sealed).decode()
    except Unreadable:
        return ""


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Each word with an @, or that stands alone, with the number of its line; one after the other."""
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.translate(SIGNS_BETWEEN).split()
        for word in [word for word in words if "@" in word] or words[:1]:
            yield number, word.strip("<>\"'()").lower()


def addresses_in(kept: AddressList, wrong: list[int] | None = None) -> Iterator[str]:
    """Those that a ticket may go to, each once: addresses, and of our domains where sign-up is limited to them.

    `ada+two@…` is `ada@…`: nobody gets two tickets for one inbox. Lines of others are put into `wrong`.
    """
    policy, seen = SignupPolicy.current(), set()
    for number, word in lines_of(text_of(kept)):
        name, _at, domain = word.partition("@")
        inbox = hash(f"{name.partition('+')[0]}@{domain}")
        if not is_address(word) or not policy.admits_address(word):
            if wrong is not None:
                wrong.append(number)
        elif inbox not in seen:
            seen.add(inbox)
            yield word


def is_address(word: str) -> bool:
    if len(word) > LONGEST_ADDRESS:
        return False
    try:
        validate_email(word)
    except ValidationError:
        return False
    return True


def look_through(pulse_id: int) -> None:
    """Count what is good and what is not, for the steward; nothing is sent yet. With nothing good it is called off."""
    kept = AddressList.objects.filter(pulse=pulse_id).first()
    if kept is None:
        return
    wrong: list[int] = []
    found = sum(1 for _address in addresses_in(kept, wrong))
    # Meanwhile another worker may have written the tickets, with a count of its own.
    ListCount.objects.get_or_create(pulse_id=pulse_id, defaults=_counted(found, wrong))
    if not found:
        call_off_empty(pulse_id)


def _counted(found: int, wrong: list[int]) -> dict[str, Any]:
    return {"found": found, "wrong": len(wrong), "wrong_lines": wrong[:SHOWN_LINES]}


def write_tickets(pulse_id: int) -> int:
    """Tickets and their mails, batch by batch; then the list is gone, and its count stays. Killed and run again, it
    goes on where it was: nobody is written to twice. Returns how many were written now."""
    pulse = Pulse.objects.open().filter(pk=pulse_id).first()
    kept = AddressList.objects.filter(pulse=pulse_id).first() if pulse else None
    if pulse is None or kept is None:
        return 0
    wrong: list[int] = []
    mould, found, written, addresses = _cast(pulse), 0, 0, addresses_in(kept, wrong)
    while batch := list(islice(addresses, A_BATCH)):
        found, written = found + len(batch), written + _write(pulse, mould, batch)
    _destroy(kept, _counted(found, wrong))
    if not found:
        call_off_empty(pulse_id)
    return written


@transaction.atomic
def _destroy(kept: AddressList, counted: dict[str, Any]) -> None:
    ListCount.objects.update_or_create(pulse_id=kept.pk, defaults={**counted, "is_written": True})
    AddressList.objects.filter(pk=kept.pk).delete()


def _cast(pulse: Pulse) -> Mould:
    questions = pulse.questions.count()
    context = {"pulse": pulse, "questions": questions, "minutes": pulse.minutes(questions)}
    return bulk.cast(kind=KIND, template="pulse_ticket", context=context, fills=["ticket_url", "unsubscribe_url"])


@transaction.atomic
def _write(pulse: Pulse, mould: Mould, batch: list[str]) -> int:
    """Whoever has a mail of this pulse, or wants none, gets neither mail nor ticket. Rows of mails and of tickets are
    written in orders that have nothing to do with each other."""
    by_hash = {hashed(address): address for address in batch}
    refused = set(NoTicket.objects.filter(recipient__in=by_hash).values_list("recipient", flat=True))
    events = {address: event_of(pulse, recipient) for recipient, address in by_hash.items() if recipient not in refused}
    there = fates.written_to(kind=KIND, events=set(events.values()))
    wanted = [address for address in events if hashed(address) not in there]
    keys = [secrets.token_urlsafe(18) for _address in wanted]
    Ticket.objects.bulk_create(Ticket(pulse=pulse, secret=secret) for secret in sorted(map(hash_of, keys)))
    addressed = [
        Addressed(
            to=address,
            event=events[address],
            fills={"ticket_url": ticket_url(pulse, key), "unsubscribe_url": stop_url(address)},
        )
        for address, key in zip(wanted, keys, strict=True)
    ]
    return bulk.write(mould=mould, addressed=addressed)


def event_of(pulse: Pulse, recipient: str) -> str:
    return f"{prefix_of(pulse)}{recipient[:SHARD]}"


def prefix_of(pulse: Pulse) -> str:
    return f"pulse-ticket:{pulse.pk}:"


def ticket_url(pulse: Pulse, key: str) -> str:
    token = tokens.make(LINK, [pulse.pk, key])
    return links.absolute(reverse("movement:pulse_ticket", args=[token]))


def stop_url(address: str) -> str:
    return unsubscribing.link(STOP, to=hashed(address), shown=masked(address)[:80])


def still_wanted(user: object, event: str) -> bool:
    """A ticket of a pulse that has closed meanwhile is not sent any more."""
    now = timezone.now()
    return Pulse.objects.filter(pk=int(event.split(":")[1]), closed_at=None, closes_at__gt=now).exists()
