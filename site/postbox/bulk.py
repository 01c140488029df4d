"""One letter to very many: its words are rendered and inlined once, and each mail is a small row.

    mould = bulk.cast(kind="article", template="article", context={…}, fills=["manage_url", "unsubscribe_url"])
    bulk.write(mould=mould, addressed=[Addressed(to=…, event=…, fills={"manage_url": …, "unsubscribe_url": …}), …])

What differs from one to the next is filled in as each goes out. Such mails are the least urgent of all.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.html import escape
from post_office.models import PRIORITY, STATUS, Email

from accounts.models import User
from postbox import addresses, kinds, letters
from postbox.models import Dispatch, Mould

#: When a mail that is held back is due: its mould has to be let go first.
HELD_BACK = datetime(9999, 1, 1, tzinfo=UTC)
WAITING = Q(status__in=[STATUS.queued, STATUS.requeued])
#: Names that fit into one question to SQLite.
AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """One mail of many; `fills` are what the letter holds for this person only."""

    to: str
    event: str
    fills: Mapping[str, str] = field(default_factory=dict)
    user: User | None = None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What became of the mails of one letter. `waiting` counts those held back as well."""

    written: int = 0
    sent: int = 0
    waiting: int = 0
    withheld: int = 0
    failed: int = 0


def cast(*, kind: str, template: str, context: Mapping[str, Any], fills: Sequence[str]) -> Mould:
    """Write the letter; `fills` name the words of its context that differ from one person to the next."""
    kinds.get(kind)
    sign = secrets.token_hex(16)
    marks = {name: f"{sign}-{number}" for number, name in enumerate(fills)}
    letter = letters.write(template, {**context, **marks})
    return Mould.objects.create(kind=kind, subject=letter.subject, text=letter.text, html=letter.html, marks=marks)


@transaction.atomic
def write(*, mould: Mould, addressed: Sequence[Addressed]) -> int:
    """Write the mails that were not written before, all or none; returns how many."""
    new = [one for start in range(0, len(addressed), AT_ONCE) for one in _unwritten(mould, addressed[start:][:AT_ONCE])]
    emails = Email.objects.bulk_create([_email(mould, one) for one in new], batch_size=AT_ONCE)
    dispatches = [
        Dispatch(
            event=one.event,
            kind=mould.kind,
            recipient=addresses.hashed(one.to),
            user=one.user,
            email=email,
            mould=mould,
        )
        for one, email in zip(new, emails, strict=True)
    ]
    Dispatch.objects.bulk_create(dispatches, batch_size=AT_ONCE)
    return len(new)


def _unwritten(mould: Mould, addressed: Sequence[Addressed]) -> list[Addressed]:
    written = set(
        Dispatch.objects.filter(kind=mould.kind, event__in=[one.event for one in addressed]).values_list(
            "event", "recipient"
        )
    )
    return [one for one in addressed if (one.event, addresses.hashed(one.to)) not in written]


def _email(mould: Mould, one: Addressed) -> Email:
    return Email(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[one.to],
        subject=mould.subject,
        context={"fills": dict(one.fills)},
        headers=letters.headers_for(
            kind=mould.kind,
            label=str(kinds.get(mould.kind).label),
            unsubscribe_url=one.fills.get("unsubscribe_url"),
            more={},
        ),
        message_id=letters.message_id(kind=mould.kind, event=one.event, recipient=addresses.hashed(one.to)),
        priority=PRIORITY.low,
        status=STATUS.queued,
        scheduled_time=HELD_BACK if mould.is_held else None,
    )


def fill(email: Email, mould: Mould) -> None:
    """Give the mail (in memory only) its words."""
    fills = (email.context or {}).get("fills", {})
    email.message, email.html_message = mould.text, mould.html
    for name, mark in mould.marks.items():
        email.message = email.message.replace(mark, fills.get(name, ""))
        email.html_message = email.html_message.replace(mark, escape(fills.get(name, "")))


@transaction.atomic
def hold(mould: Mould) -> int:
    """From now on none of its mails goes out, but for those in a sender's hand; returns how many are held back.

    A mail under a lease keeps it (whoever touched it could send it twice): when that ends, its sender finds `is_held`.
    """
    Mould.objects.filter(pk=mould.pk).update(is_held=True)
    is_due = Q(scheduled_time=None) | Q(scheduled_time__lte=timezone.now())
    return _waiting(mould).filter(is_due).update(scheduled_time=HELD_BACK)


@transaction.atomic
def let_go(mould: Mould) -> None:
    Mould.objects.filter(pk=mould.pk).update(is_held=False)
    _waiting(mould).filter(scheduled_time=HELD_BACK).update(scheduled_time=None)


@transaction.atomic
def give_up(mould: Mould) -> int:
    """What still waits will never go out."""
    now, waiting = timezone.now(), _waiting(mould)
    Dispatch.objects.filter(mould=mould, email__in=waiting.values("pk")).update(withheld_at=now)
    return waiting.update(status=STATUS.failed, last_updated=now)


@transaction.atomic
def keep_back(email: Email, mould: Mould) -> bool:
    """Put back a mail that a sender took before its letter was held; False when it has been let go since."""
    if not Mould.objects.select_for_update().filter(pk=mould.pk, is_held=True).exists():
        return False
    Email.objects.filter(pk=email.pk).update(scheduled_time=HELD_BACK)
    return True


def _waiting(mould: Mould) -> Any:
    written = Dispatch.objects.filter(mould=mould).exclude(email=None)
    return Email.objects.filter(WAITING, pk__in=written.values("email"))


def progress(mould: Mould) -> Progress:
    """As the rows say now: what was sent long ago is forgotten, and counted as sent."""
    status = "email__status"
    counts = Dispatch.objects.filter(mould=mould).aggregate(
        written=Count("pk"),
        waiting=Count("pk", filter=Q(**{f"{status}__in": [STATUS.queued, STATUS.requeued]})),
        withheld=Count("pk", filter=Q(withheld_at__isnull=False)),
        failed=Count("pk", filter=Q(**{status: STATUS.failed}, withheld_at=None)),
    )
    sent = counts["written"] - counts["waiting"] - counts["withheld"] - counts["failed"]
    return Progress(**counts, sent=sent)
