"""The mailbox at BOUNCE_ADDRESS: a folder (Maildir or mbox) or one on a server (IMAP, POP3), over TLS."""

import imaplib
import mailbox
import poplib
import ssl
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

#: Says of a mail that it is dealt with; what raises is left for the next time.
Handle = Callable[[bytes], object]
TIMEOUT = 30
IMAPS = 993
AT_ONCE = 500


def empty(address: str, handle: Handle) -> int:
    """Hand over each mail and take it away; returns how many. Raises OSError or the library's own error."""
    place = urlsplit(address)
    return WAYS[place.scheme](place, handle)


def _maildir(place: SplitResult, handle: Handle) -> int:
    return _folder(mailbox.Maildir(_path(place), create=False), handle)


def _mbox(place: SplitResult, handle: Handle) -> int:
    return _folder(mailbox.mbox(_path(place), create=False), handle)


def _folder(box: mailbox.Mailbox, handle: Handle) -> int:
    box.lock()
    try:
        keys = box.keys()[:AT_ONCE]
        for key in keys:
            handle(box.get_bytes(key))
            box.remove(key)
        box.flush()
        return len(keys)
    finally:
        box.unlock()


def _imaps(place: SplitResult, handle: Handle) -> int:
    port, folder = place.port or IMAPS, place.path.strip("/") or "INBOX"
    with imaplib.IMAP4_SSL(
        place.hostname or "", port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT
    ) as server:
        server.login(*_login(place))
        server.select(folder)
        numbers = server.search(None, "UNDELETED")[1][0].split()[:AT_ONCE]
        for number in numbers:
            found = server.fetch(number, "(RFC822)")[1][0]
            if isinstance(found, tuple):
                handle(found[1])
            server.store(number, "+FLAGS", "\\Deleted")
        server.expunge()
        return len(numbers)


def _pop3s(place: SplitResult, handle: Handle) -> int:
    port = place.port or poplib.POP3_SSL_PORT
    server = poplib.POP3_SSL(place.hostname or "", port, timeout=TIMEOUT, context=ssl.create_default_context())
    try:
        user, password = _login(place)
        server.user(user)
        server.pass_(password)
        count = min(server.stat()[0], AT_ONCE)
        for number in range(1, count + 1):
            handle(b"\r\n".join(server.retr(number)[1]))
            server.dele(number)
        return count
    finally:
        server.quit()


def _login(place: SplitResult) -> tuple[str, str]:
    return unquote(place.username or ""), unquote(place.password or "")


def _path(place: SplitResult) -> Path:
    return Path(unquote(place.path))


WAYS: dict[str, Callable[[SplitResult, Handle], int]] = {
    "maildir": _maildir,
    "mbox": _mbox,
    "imaps": _imaps,
    "pop3s": _pop3s,
}
