"""What a mail in the bounce mailbox says: that a mail of ours came back, or that somebody wants no more of them.

Standard reports (RFC 3464) are read with Python's own parser. Which mail it is about is known by its Message-ID alone,
so whatever else a server writes into its report need not be understood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

from postbox.bounces.refusals import Refusal, refusal_of

#: A report is short; what is longer carries the whole mail, whose head stands far before this.
MOST_BYTES = 1_000_000
MESSAGE_ID = re.compile(r"^(?:Original-)?Message-ID:\s*(<[^<>\s\x00-\x1f\x7f]{3,250}>)", re.IGNORECASE | re.MULTILINE)
STATUS = re.compile(r"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
SAID = re.compile(r"^Diagnostic-Code:\s*(.{1,400})", re.IGNORECASE | re.MULTILINE)
UNSUBSCRIBE = re.compile(r"^\s*unsubscribe\s+(\S.*)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Returned:
    """`message_ids` are those that the report names: one of them may be ours."""

    message_ids: tuple[str, ...]
    refusal: Refusal


@dataclass(frozen=True, kw_only=True)
class NoMore:
    token: str


def read(raw: bytes) -> Returned | NoMore | None:
    """None for what is neither. Never raises, however odd the mail is."""
    raw = raw[:MOST_BYTES].replace(b"\x00", b"")
    try:
        mail = message_from_bytes(raw, policy=policy.compat32)
        subject = str(mail.get("Subject", ""))
        parts = list(_parts(mail))
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return None
    if asked := UNSUBSCRIBE.match(subject):
        return NoMore(token="".join(asked[1].split()))
    own, whole = str(mail.get("Message-ID", "")).strip(), raw.decode("latin-1").replace("\r\n", "\n")
    named = tuple(dict.fromkeys(one for one in MESSAGE_ID.findall(whole) if one != own))[:5]
    if not named or not ("message/delivery-status" in parts or _is_from_a_server(mail)):
        return None
    status, said = STATUS.search(whole), SAID.search(whole)
    if status and status[1].startswith("2"):
        return None  # it says that the mail arrived
    return Returned(
        message_ids=named, refusal=refusal_of(status=status[1] if status else "", said=said[1] if said else "")
    )


def _parts(mail: Message) -> Iterator[str]:
    for part in mail.walk():
        yield part.get_content_type()


def _is_from_a_server(mail: Message) -> bool:
    """Reports have no sender to answer to (RFC 3834), and come from the mail system itself."""
    sender = str(mail.get("From", "")).lower()
    return str(mail.get("Return-Path", "")).strip() == "<>" or "mailer-daemon" in sender or "postmaster" in sender
