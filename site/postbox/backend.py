"""Mails of libraries (django-allauth, Wagtail) take the same way as ours: rows, sent by the worker."""

from collections.abc import Sequence
from email.utils import make_msgid

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from post_office.models import PRIORITY, STATUS, Email

from postbox import letters, links


class QueueBackend(BaseEmailBackend):
    """Writes rows in the caller's transaction.

    Not post-office's own backend: that one renders the finished text once more as a template, so a page's title
    with `{%` in it would break the mail, or run.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            _queue(message)
        return len(email_messages)


def _queue(message: EmailMessage) -> None:
    alternatives = getattr(message, "alternatives", [])
    headers = {"Auto-Submitted": "auto-generated", **message.extra_headers}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(message.reply_to)
    Email(
        from_email=message.from_email,
        to=list(message.to),
        cc=list(message.cc),
        bcc=list(message.bcc),
        subject=letters.one_line(str(message.subject)),
        message=str(message.body),
        html_message=next((str(part[0]) for part in alternatives if part[1] == "text/html"), ""),
        headers={letters.one_line(name): letters.one_line(str(value)) for name, value in headers.items()},
        message_id=make_msgid(domain=links.host()),
        priority=PRIORITY.high,
        status=STATUS.queued,
    ).save()
