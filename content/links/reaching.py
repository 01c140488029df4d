"""Whether an address elsewhere still answers, asked without ever reaching into networks that are not public.

Authors write these addresses, so nothing about them is trusted: only http and https on their own ports, every name
resolved once and each of its addresses looked at before connecting to just that one, again after each redirect, a few
kilobytes read at most.
"""

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS, MOST_BYTES = 5, 4096
TIMEOUT = urllib3.Timeout(connect=5, read=8)
#: Somebody answers, and only wants to know who asks, or not so often.
ALIVE_ALL_THE_SAME = {401, 403, 405, 406, 429}
#: Written into an IPv6 address, an IPv4 address of any network (RFC 6052).
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")

urllib3.disable_warnings()


class Unreachable(Exception):
    """Why, in words for an editor."""


def is_public(address: str) -> bool:
    """Not of this machine, a private network, a neighbour or a group; whatever notation hides it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if inner:
            return is_public(str(inner))
        if ip in TRANSLATED:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Where a check may go. Tests open them for a server of their own; nothing else does."""

    may_connect: Callable[[str], bool] = field(default=is_public, repr=False)
    ports: Collection[int] = tuple(PORTS.values())


def reach(address: str, bounds: Bounds | None = None) -> None:
    """Returns when something answers there; raises Unreachable."""
    within = bounds or Bounds()
    for method in ("HEAD", "GET"):
        status = follow(method, address, within)
        if status < 400 or status in ALIVE_ALL_THE_SAME:
            return
    raise Unreachable(f"answers {status}")


def follow(method: str, address: str, bounds: Bounds) -> int:
    """The status at the end of the redirects."""
    for _hop in range(MOST_REDIRECTS + 1):
        status, location = ask(method, address, bounds)
        if status not in (301, 302, 303, 307, 308) or not location:
            return status
        address = urljoin(address, location)
    raise Unreachable("redirects without end")


def ask(method: str, address: str, bounds: Bounds) -> tuple[int, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise Unreachable("is no address") from error
    if parts.scheme not in PORTS or not host or port not in bounds.ports or parts.username is not None:
        raise Unreachable("is not an ordinary address of the web")
    pool = pool_to(parts, host, port, resolve(host, port, bounds))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": parts.netloc, "User-Agent": "Groundswell link check", "Accept": "*/*"}
    try:
        answer = pool.request(method, path, headers=headers, redirect=False, retries=False, preload_content=False)
        answer.read(MOST_BYTES, decode_content=False)
        answer.close()
    except (HTTPError, OSError, ValueError) as error:
        raise Unreachable(f"does not answer ({type(error).__name__})") from error
    finally:
        pool.close()
    return answer.status, answer.headers.get("Location", "")


def resolve(host: str, port: int, bounds: Bounds) -> str:
    """One address of this name. All of them have to be allowed: a name with a foot in our network is refused."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise Unreachable("there is no such name") from error
    if not found or not all(bounds.may_connect(one) for one in found):
        raise Unreachable("is not on the public internet")
    return sorted(found, key=lambda one: (":" in one, one))[0]


def pool_to(parts: SplitResult, host: str, port: int, ip: str) -> urllib3.HTTPConnectionPool:
    """Connected to the address that was looked at, not to what the name says a moment later."""
    if parts.scheme == "https":
        return urllib3.HTTPSConnectionPool(ip, port, timeout=TIMEOUT, server_hostname=host, assert_hostname=host)
    return urllib3.HTTPConnectionPool(ip, port, timeout=TIMEOUT)
