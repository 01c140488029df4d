"""Sends the mails that are waiting as rows, one by one.

A mail is claimed by one conditional update that moves its `scheduled_time` to the end of a lease; sent; and marked at
once. So any number of senders share the work, and one killed at any moment leaves at most the mail in its hand: that
one is due again when the lease ends, with the same Message-ID.
"""

import logging
import smtplib
from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from post_office.connections import connections
from post_office.models import STATUS, Email, Log

from postbox import kinds
from postbox.models import Dispatch, How
from postbox.queue import backoff
from postbox.services import preference_of

logger = logging.getLogger(__name__)
#: Longer than the slowest delivery (five answers of a server, each within EMAIL_TIMEOUT).
LEASE = timedelta(minutes=5)
BATCH = 100
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
#: As long as mail servers usually try (RFC 5321, 4.5.4.1).
GIVE_UP_AFTER = timedelta(days=5)
WAITING = Q(status__in=[STATUS.queued, STATUS.requeued])
#: The server itself is in trouble: the other mails had better wait for the next round.
SERVER_TROUBLE = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPNotSupportedError,
)


def send_waiting(*, lease: timedelta = LEASE, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, until nothing is, the server is in trouble or `stopping()`; returns how many went out."""
    sent = 0
    try:
        while batch := _due():
            for number in batch:
                if stopping():
                    return sent
                went_out, trouble = _send_one(number, lease)
                sent += went_out
                if trouble:
                    return sent
    finally:
        connections.close()
    return sent


def _due() -> list[int]:
    now = timezone.now()
    mails = Email.objects.filter(WAITING).filter(Q(scheduled_time=None) | Q(scheduled_time__lte=now))
    return list(mails.order_by("-priority", "pk").values_list("pk", flat=True)[:BATCH])


def _claim(number: int, lease: timedelta) -> Email | None:
    """The mail, if nobody else took it since."""
    now = timezone.now()
    mine = Email.objects.filter(WAITING, pk=number).filter(Q(scheduled_time=None) | Q(scheduled_time__lte=now))
    if not mine.update(scheduled_time=now + lease):
        return None
    return Email.objects.filter(pk=number).first()


def _send_one(number: int, lease: timedelta) -> tuple[bool, bool]:
    """Whether the mail went out, and whether the mail server is in trouble."""
    email = _claim(number, lease)
    if email is None:
        return False, False
    try:
        is_wanted = _still_wanted(email)
    except Exception as error:
        _put_off(email, error, gives_up=False)
        return False, False
    if not is_wanted:
        _withhold(email)
        return False, False
    try:
        email.dispatch(commit=False, disconnect_after_delivery=False, connection=connections["default"])
    except Exception as error:
        connections.close()
        _put_off(email, error, gives_up=_is_hopeless(error))
        return False, _is_server_trouble(error)
    Email.objects.filter(pk=number).update(status=STATUS.sent, last_updated=timezone.now())
    return True, False


def _still_wanted(email: Email) -> bool:
    """Permission is asked again: much can have changed since the mail was written."""
    dispatch = Dispatch.objects.filter(email=email).select_related("user").first()
    kind = kinds.find(dispatch.kind) if dispatch else None
    if dispatch is None or kind is None:
        return True
    user = dispatch.user
    if user is not None and not user.is_active:
        return False
    if user is not None and kind.by_choice and preference_of(user, kind.name) != How.NOW:
        return False
    return kind.still_wanted(user, dispatch.event)


def _withhold(email: Email) -> None:
    now = timezone.now()
    Dispatch.objects.filter(email=email).update(withheld_at=now)
    Email.objects.filter(pk=email.pk).update(status=STATUS.failed, last_updated=now)
    Log.objects.create(email=email, status=STATUS.failed, exception_type="NoLongerWanted", message="")


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


def _is_server_trouble(error: Exception) -> bool:
    return isinstance(error, SERVER_TROUBLE) or (
        isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
    )
