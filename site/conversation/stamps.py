"""The form's stamp: which page it was made for, and when. It stops scripts that post without having seen a form."""

import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta

from accounts import tokens
from conversation.hosts import Target

PURPOSE = "comment-form"
SHORTEST = timedelta(seconds=2)
LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class Stamp:
    nonce: str
    age: timedelta

    @property
    def too_quick(self) -> bool:
        return self.age < SHORTEST

    def press(self, *parts: str) -> str:
        """One press of the button: the same form with the same contents, however often it arrives."""
        return hashlib.sha256("\0".join([self.nonce, *parts]).encode()).hexdigest()


def make(target: Target, *, opened: float | None = None) -> str:
    """For a form that is opened now, or at `opened` (seconds since 1970)."""
    subject = [target.kind, target.thing.pk, int((opened or time.time()) * 1000), secrets.token_hex(8)]
    return tokens.make(purpose=PURPOSE, subject=subject)


def read(text: str, target: Target) -> Stamp:
    """Raises BadToken when it is not ours, too old or was made for another page."""
    kind, number, opened, nonce = tokens.read(purpose=PURPOSE, token=text)
    if (kind, number) != (target.kind, target.thing.pk):
        raise tokens.BadToken("wrong")
    age = timedelta(milliseconds=time.time() * 1000 - opened)
    if age > LONGEST:
        raise tokens.BadToken("expired")
    return Stamp(nonce, age)
