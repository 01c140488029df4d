"""Sends the mails that are waiting as rows, one by one.

A mail is claimed by one conditional update that moves its `scheduled_time` to the end of a lease; sent; and marked at
once. So any number of senders share the work, and one killed at any moment leaves at most the mail in its hand: that
one is due again when the lease ends, with the same Message-ID.
"""

import logging
import smtplib
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from post_office.connections import connections
from post_office.models import PRIORITY, STATUS, Email, Log

from postbox import budget, bulk, discretion, kinds, letters, pace, telling
from postbox.bounces import services as bounces
from postbox.bounces.refusals import refusal_of
from postbox.kinds import Kind
from postbox.letters import Enclosed
from postbox.models import Discretion, Dispatch, How, Pause
from postbox.queue import backoff
from postbox.services import preference_of

logger = logging.getLogger(__name__)
#: Longer than the slowest delivery (five answers of a server, each within EMAIL_TIMEOUT).
LEASE = timedelta(minutes=5)
BATCH = 100
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
#: As long as mail servers usually try (RFC 5321, 4.5.4.1).
GIVE_UP_AFTER = timedelta(days=5)
WAITING = bulk.WAITING
#: Somebody may be waiting for a code while a letter goes to thousands: so often (in seconds) it is looked for.
LOOK_AGAIN = 1.0
#: How the log names a mail that was one too many (`postbox.budget`).
OVER_BUDGET = "OverBudget"
#: The server itself is in trouble: the other mails had better wait for the next round.
SERVER_TROUBLE = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPNotSupportedError,
)


class RoundOver(Exception):
    """Nothing more can go out for the moment."""


def send_waiting(*, lease: timedelta = LEASE, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, until nothing is, the pace is reached, the server is in trouble or `stopping()`.

    Returns how many went out.
    """
    sent = 0
    try:
        while batch := _due():
            looked = time.monotonic()
            for number, priority in batch:
                if stopping():
                    return sent
                sent += _send_one(number, lease)
                if not _is_urgent(priority) and time.monotonic() - looked > LOOK_AGAIN:
                    break
    except RoundOver:
        pass
    finally:
        connections.close()
    return sent


def _is_urgent(priority: int | None) -> bool:
    return (priority or 0) >= PRIORITY.high


def _due() -> list[tuple[int, int | None]]:
    """What to send next, each with its priority."""
    now = timezone.now()
    mails = Email.objects.filter(WAITING).filter(Q(scheduled_time=None) | Q(scheduled_time__lte=now))
    return list(mails.order_by("-priority", "pk").values_list("pk", "priority")[:BATCH])


def _claim(number: int, lease: timedelta) -> Email | None:
    """The mail, if nobody else took it since."""
    now = timezone.now()
    mine = Email.objects.filter(WAITING, pk=number).filter(Q(scheduled_time=None) | Q(scheduled_time__lte=now))
    if not mine.update(scheduled_time=now + lease):
        return None
    return Email.objects.filter(pk=number).first()


def _send_one(number: int, lease: timedelta) -> bool:
    """Whether the mail went out. Raises RoundOver."""
    email = _claim(number, lease)
    if email is None:
        return False
    enclosed: list[Enclosed] = []
    try:
        is_going = _is_going(email, enclosed)
    except Exception as error:
        _put_off(email, error, gives_up=False)
        return False
    if not is_going:
        return False
    if not pace.may_go(urgent=_is_urgent(email.priority)):
        Email.objects.filter(WAITING, pk=number).update(scheduled_time=None)
        raise RoundOver
    letters.return_to(email, settings.BOUNCE_ADDRESS)
    try:
        letters.enclose(email, enclosed)
        email.dispatch(commit=False, disconnect_after_delivery=False, connection=connections["default"])
    except Exception as error:
        connections.close()
        _put_off(email, error, gives_up=_is_hopeless(error))
        if isinstance(error, smtplib.SMTPRecipientsRefused) and _is_hopeless(error) and email.message_id:
            bounces.came_back(message_id=email.message_id, refusal=refusal_of(said=_words_of(error)))
        if _is_server_trouble(error):
            raise RoundOver
        return False
    Email.objects.filter(pk=number).update(status=STATUS.sent, last_updated=timezone.now())
    return True


def _is_going(email: Email, enclosed: list[Enclosed]) -> bool:
    """Whether the mail, now in its final words and with what goes along, is to go out; what is not is put where it
    belongs."""
    dispatch = Dispatch.objects.filter(email=email).select_related("user", "mould").first()
    kind = kinds.find(dispatch.kind) if dispatch else None
    if dispatch is None or kind is None:
        return True
    if kind.by_choice and not kind.digest and (until := _pause_of(dispatch)):
        Email.objects.filter(WAITING, pk=email.pk).update(scheduled_time=until)
        return False
    if not (_still_wanted(dispatch, kind) and _is_worded(email, dispatch, kind, enclosed)):
        _withhold(email)
        return False
    if dispatch.mould and dispatch.mould.is_held and bulk.keep_back(email, dispatch.mould):
        return False
    if kind.is_unasked and not budget.may_go(dispatch):
        _withhold(email, why=OVER_BUDGET)
        return False
    return True


def _pause_of(dispatch: Dispatch) -> datetime | None:
    """Until when this mail waits; what a digest can tell of is left to that."""
    return Pause.objects.on().filter(recipient=dispatch.recipient).values_list("ends_at", flat=True).first()


def _still_wanted(dispatch: Dispatch, kind: Kind) -> bool:
    """Permission is asked again: much can have changed since the mail was written."""
    user = dispatch.user
    if user is not None and not user.is_active:
        return False
    if kind.by_choice and bounces.is_suppressed(dispatch.recipient):
        return False
    if user is not None and kind.by_choice and preference_of(user, kind.name) != How.NOW:
        return False
    if user is not None and not telling.is_still_shown(user, kind, dispatch.event):
        return False
    return kind.still_wanted(user, dispatch.event)


def _is_worded(email: Email, dispatch: Dispatch, kind: Kind, enclosed: list[Enclosed]) -> bool:
    """Give the mail (in memory only) its last words; False when there is nothing to say any more."""
    if dispatch.mould:
        bulk.fill(email, dispatch.mould)
    if kind.words is not None:
        letter = kind.words(dispatch.event)
        if letter is None:
            return False
        email.subject, email.message, email.html_message = letter.subject, letter.text, letter.html
        enclosed.extend(letter.enclosed)
    if kind.enclosed is not None and (file := kind.enclosed(dispatch.user, dispatch.event)):
        enclosed.append(file)
    if kind.is_covered and Discretion.objects.filter(recipient=dispatch.recipient).exists():
        discretion.cover(email)
    return True


def _withhold(email: Email, *, why: str = "NoLongerWanted") -> None:
    now = timezone.now()
    Dispatch.objects.filter(email=email).update(withheld_at=now)
    Email.objects.filter(pk=email.pk).update(status=STATUS.failed, last_updated=now)
    Log.objects.create(email=email, status=STATUS.failed, exception_type=why, message="")


def _put_off(email: Email, error: Exception, *, gives_up: bool) -> None:
    """Try again after a growing pause, but not for longer than some days."""
    now = timezone.now()
    failures = (email.number_of_retries or 0) + 1
    gives_up = gives_up or email.created < now - GIVE_UP_AFTER
    Email.objects.filter(pk=email.pk).update(
        status=STATUS.failed if gives_up else STATUS.requeued,
        number_of_retries=failures,
        scheduled_time=now + backoff(base=FIRST_PAUSE, failures=failures, longest=LONGEST_PAUSE),
        last_updated=now,
    )
    if gives_up:
        Log.objects.create(
            email=email, status=STATUS.failed, exception_type=type(error).__name__, message=str(error)[:2_000]
        )
    logger.warning("Mail %s %s after %s attempts: %r", email.pk, "given up" if gives_up else "put off", failures, error)


def _is_hopeless(error: Exception) -> bool:
    """Refused for good by the recipient's server, or a mail that cannot even be composed."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def _words_of(refusal: smtplib.SMTPRecipientsRefused) -> str:
    return " ".join(f"{code} {said.decode(errors='replace')}" for code, said in refusal.recipients.values())


def _is_server_trouble(error: Exception) -> bool:
    return isinstance(error, SERVER_TROUBLE) or (
        isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
    )
