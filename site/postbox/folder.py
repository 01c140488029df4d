"""Mails as files, for a trial on one machine: one `.eml` each, readable at /mails/."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FolderBackend(BaseEmailBackend):
    """Writes each mail to a file of its own in MAIL_FOLDER; a reader never sees half of one."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}.eml"
            unfinished = folder / f".{name}"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / name)
        return len(email_messages)


@dataclass(frozen=True, kw_only=True)
class KeptMail:
    name: str
    subject: str
    to: str
    sent_at: datetime | None
    text: str
    html: str


def newest_first(limit: int = 200) -> Iterator[KeptMail]:
    for path in sorted(_folder().glob("*.eml"), reverse=True)[:limit]:
        yield _open(path)


def find(name: str) -> KeptMail | None:
    """The mail of that file name. Only names that stand in the folder are opened, so no path leads out of it."""
    return next((_open(path) for path in _folder().glob("*.eml") if path.name == name), None)


def _folder() -> Path:
    return Path(settings.MAIL_FOLDER or "")


def _open(path: Path) -> KeptMail:
    mail: Parsed = message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[assignment]
    date = mail.get("Date")
    return KeptMail(
        name=path.name,
        subject=str(mail.get("Subject", "")),
        to=str(mail.get("To", "")),
        sent_at=date.datetime if date is not None else None,
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
    )


def _part(mail: Parsed, subtype: str) -> str:
    body = mail.get_body(preferencelist=(subtype,))
    return body.get_content() if body is not None else ""
