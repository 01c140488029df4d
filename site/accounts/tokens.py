"""Signed tokens for links: one purpose each, with an age limit, readable by nobody else's purpose (design rule 3).

A token carries JSON, never a pickle. It proves where it came from; whether it was used already is a question for the
database, not for the token.
"""

from datetime import timedelta
from typing import Any, Literal

from django.core import signing

#: Longer than any token made here; what is longer is refused before any work is done on it.
LONGEST = 2_000
Reason = Literal["wrong", "expired"]


class BadToken(Exception):
    """The token is not one of ours for this purpose (`reason` "wrong") or is too old ("expired")."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def make(purpose: str, subject: Any) -> str:
    """A token for `subject` (anything JSON can hold), safe inside an address."""
    return signing.dumps(subject, salt=_salt(purpose))


def make_lasting(purpose: str, subject: Any) -> str:
    """The same token for the same subject, for an address that is shown again and again; it has no age."""
    return signing.Signer(salt=_salt(purpose)).sign_object(subject)


def read_lasting(purpose: str, token: str) -> Any:
    """The subject that `make_lasting` was given. Raises BadToken for everything else."""
    if len(token) > LONGEST:
        raise BadToken("wrong")
    try:
        return signing.Signer(salt=_salt(purpose)).unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken("wrong") from error


def read(purpose: str, token: str, max_age: timedelta | None = None) -> Any:
    """The subject that `make` was given. Raises BadToken for everything else, however odd the text is."""
    if len(token) > LONGEST:
        raise BadToken("wrong")
    try:
        return signing.loads(token, salt=_salt(purpose), max_age=max_age)
    except signing.SignatureExpired as error:
        raise BadToken("expired") from error
    except (signing.BadSignature, ValueError) as error:
        raise BadToken("wrong") from error


def _salt(purpose: str) -> str:
    return f"groundswell.{purpose}"
