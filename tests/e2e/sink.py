"""A real SMTP server that keeps what it is given."""

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Accepts every mail; `wait_for` gives the newest one to an address whose subject holds some words."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        mail["X-Given-To"] = ", ".join(envelope.rcpt_tos)
        self.mails.append(mail)
        return "250 kept"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()

    def wait_for(self, address: str, words: str = "", within: float = 60) -> EmailMessage:
        until = time.monotonic() + within
        while time.monotonic() < until:
            for mail in reversed(self.mails):
                if address in mail["X-Given-To"] and words.lower() in str(mail["Subject"]).lower():
                    return mail
            time.sleep(0.1)
        known = [(mail["X-Given-To"], mail["Subject"]) for mail in self.mails]
        raise AssertionError(f"no mail to {address} about {words!r} within {within} s; there were {known}")


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return part.get_content() if part else ""


def link_in(mail: EmailMessage, holding: str) -> str:
    """The first address in the mail's text that holds these words."""
    for found in re.findall(r"https?://\S+", text_of(mail)):
        if holding in found:
            return found.rstrip(").,>")
    raise AssertionError(f"no link with {holding!r} in:\n{text_of(mail)}")
