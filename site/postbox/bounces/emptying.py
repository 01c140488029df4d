"""Reads the bounce mailbox, by the clock and by `manage.py read_bounces`."""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError

from accounts.tokens import BadToken
from postbox import unsubscribing
from postbox.bounces import mailbox, reading, services

logger = logging.getLogger(__name__)


def read_mailbox() -> int:
    """How many mails were read; none without a BOUNCE_MAILBOX."""
    return mailbox.empty(settings.BOUNCE_MAILBOX, take_or_log) if settings.BOUNCE_MAILBOX else 0


def take_or_log(raw: bytes) -> None:
    """One mail that breaks us must not stand before all the others, time after time. A database in trouble raises."""
    try:
        take(raw)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("A mail in the bounce mailbox could not be dealt with, and is taken away")


def take(raw: bytes) -> bool:
    """Whether this mail changed anything."""
    said = reading.read(raw)
    if isinstance(said, reading.NoMore):
        return _stop(said.token)
    if said is None:
        return False
    told = [services.came_back(message_id=message_id, refusal=said.refusal) for message_id in said.message_ids]
    return any(told)


def _stop(token: str) -> bool:
    """The token is the proof: whoever writes it got our mail."""
    try:
        stoppable, act = unsubscribing.read(token)
    except BadToken:
        return False
    if stoppable is not None:
        act()
    return stoppable is not None
