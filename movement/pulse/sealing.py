"""Sealing what must not be read before its time: AES-GCM, with a key made of the site's own and the pulse's.

Fernet is not used: it writes the time of sealing in front of every message.
"""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.encoding import force_bytes

NONCE = 12
#: A database gives its own view of them.
Bytes = bytes | memoryview


class Unreadable(Exception):
    """Sealed with another key (the site's was changed without SECRET_KEY_FALLBACKS), or not whole."""


def _ciphers(key: bytes) -> list[AESGCM]:
    """The one to seal with, and those of keys that the site had before."""
    ours = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [AESGCM(hmac.new(b"movement.pulse:" + force_bytes(one), key, hashlib.sha256).digest()) for one in ours]


class Seal:
    """Of one pulse; made once for many slips."""

    def __init__(self, key: Bytes) -> None:
        self._ciphers = _ciphers(bytes(key))

    def close(self, plain: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._ciphers[0].encrypt(nonce, plain, None)

    def open(self, sealed: Bytes) -> bytes:
        """Raises Unreadable."""
        whole = bytes(sealed)
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(whole[:NONCE], whole[NONCE:], None)
            except (InvalidTag, ValueError):
                continue
        raise Unreadable
