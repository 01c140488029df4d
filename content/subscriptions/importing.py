"""Addresses from a CSV file, each with the proof that it agreed. None gets a letter by that: each is asked to confirm.

Columns: email, consent (where and to which words they agreed), date (YYYY-MM-DD), in any order, with a heading line.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from content.subscriptions import services
from content.subscriptions.models import Consent, Subscriber
from postbox.addresses import hashed
from postbox.fates import was_written

KIND = "subscription-invitation"
LARGEST_FILE = 2_000_000
MOST_ROWS = 20_000
COLUMNS = ("email", "consent", "date")
LONGEST_WORDS = 500
A_BATCH = 500
#: Letters written in one transaction: each takes some milliseconds, and on SQLite nobody else writes meanwhile.
LETTERS_AT_ONCE = 50
#: Nobody agreed to e-mail before.
EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True)
class Refused:
    """`line` is the line in the file (0: the file as a whole)."""

    line: int
    why: str


@dataclass(frozen=True)
class Agreed:
    email: str
    words: str
    on: date


@dataclass
class Reading:
    """What a file holds: whom to ask, who is known already, and what was refused."""

    new: list[Agreed] = field(default_factory=list)
    known: int = 0
    refused: list[Refused] = field(default_factory=list)


def read(data: bytes) -> Reading:
    """Each row for itself: one that is bad does not keep the others out."""
    reading = Reading()
    if len(data) > LARGEST_FILE:
        reading.refused.append(Refused(0, _("The file is larger than 2 MB. Please split it.")))
        return reading
    seen: dict[str, int] = {}
    for line, cells in _rows(data, reading):
        try:
            agreed = _agreed(cells)
            first = seen.setdefault(agreed.email.lower(), line)
            if first != line:
                raise ValidationError(_("This address stands in line %(line)s already.") % {"line": first})
        except ValidationError as error:
            reading.refused.append(Refused(line, error.messages[0]))
        else:
            reading.new.append(agreed)
    _set_known_aside(reading)
    return reading


def text_of(data: bytes) -> str:
    """As a spreadsheet saves it: in UTF-8, or in the older way of Windows."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\0", "")


def _rows(data: bytes, reading: Reading) -> Iterator[tuple[int, dict[str, str]]]:
    text = text_of(data)
    sign = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=sign)
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    if missing := [column for column in COLUMNS if column not in names]:
        why = _("The first line has to name the columns; these are missing: %(names)s.")
        reading.refused.append(Refused(0, why % {"names": ", ".join(missing)}))
        return
    try:
        for number, row in enumerate(reader):
            if number >= MOST_ROWS:
                reading.refused.append(
                    Refused(reader.line_num, _("The file has more than 20,000 rows. Please split it."))
                )
                return
            cells = {column: (row.get(names[column]) or "").strip() for column in COLUMNS}
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error:
        why = _("From here on this is not a CSV file: look for a stray quote.")
        reading.refused.append(Refused(reader.line_num, why))


def _agreed(cells: dict[str, str]) -> Agreed:
    """Raises ValidationError for a row that proves nothing."""
    try:
        validate_email(cells["email"])
    except ValidationError:
        raise ValidationError(_("This is not an e-mail address.")) from None
    if len(cells["email"]) > 254:
        raise ValidationError(_("This address is too long."))
    if not cells["consent"]:
        raise ValidationError(_("It does not say where, and to what, this person agreed."))
    if len(cells["consent"]) > LONGEST_WORDS:
        raise ValidationError(_("The words of consent are longer than 500 letters."))
    try:
        day = date.fromisoformat(cells["date"])
    except ValueError:
        raise ValidationError(_("The day they agreed is missing, or is not written like 2026-04-30.")) from None
    if not EARLIEST <= day <= timezone.localdate():
        raise ValidationError(_("Nobody can have agreed on that day."))
    return Agreed(cells["email"], cells["consent"], day)


def _set_known_aside(reading: Reading) -> None:
    """Who subscribes, or was asked and has not answered yet, is not asked again."""
    hashes = {hashed(agreed.email): agreed for agreed in reading.new}
    names = list(hashes)
    known: set[str] = set()
    for start in range(0, len(names), A_BATCH):
        some = Subscriber.objects.filter(recipient__in=names[start : start + A_BATCH])
        known |= set(some.values_list("recipient", flat=True))
    reading.known = len(known)
    reading.new = [agreed for name, agreed in hashes.items() if name not in known]


@transaction.atomic
def bring_in(*, data: bytes) -> Reading:
    """Write whom to ask, with what they agreed to; `invite` then writes to them."""
    reading = read(data)
    for start in range(0, len(reading.new), A_BATCH):
        some = reading.new[start : start + A_BATCH]
        made = Subscriber.objects.bulk_create(Subscriber(email=agreed.email) for agreed in some)
        Consent.objects.bulk_create(
            Consent(
                subscriber=subscriber,
                at=datetime.combine(agreed.on, time(12), UTC),
                how=Consent.How.IMPORT,
                words=agreed.words,
            )
            for subscriber, agreed in zip(made, some, strict=True)
        )
    return reading


def invite() -> int:
    """One letter to each who was brought in and has not answered; run again it goes on where it stopped."""
    asked, last = 0, 0
    waiting = Subscriber.objects.filter(confirmed_at=None, consents__how=Consent.How.IMPORT).order_by("pk").distinct()
    while some := list(waiting.filter(pk__gt=last)[:LETTERS_AT_ONCE]):
        with transaction.atomic():
            asked += sum(_invite(subscriber) for subscriber in some)
        last = some[-1].pk
    return asked


def _invite(subscriber: Subscriber) -> bool:
    event = f"invitation:{subscriber.pk}"
    if was_written(kind=KIND, to=subscriber.email, event=event):
        return False
    words = subscriber.consents.filter(how=Consent.How.IMPORT).values_list("words", flat=True).first()
    services.ask_to_confirm(subscriber, template="subscription_invitation", kind=KIND, event=event, agreed=words or "")
    return True


def still_wanted(_user: User | None, event: str) -> bool:
    """Not once they have confirmed in another way, or were taken off again."""
    return Subscriber.objects.filter(pk=int(event.partition(":")[2]), confirmed_at=None).exists()
