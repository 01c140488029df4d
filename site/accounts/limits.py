"""How often something may be done, counted in the database so that every web process counts the same.

A window is fixed: `limit` times in each stretch of `per`. The key (an address, a network) is stored
as a keyed hash only.
"""

import ipaddress
import math
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone as clock
from django.utils.crypto import salted_hmac

from accounts.models import Limit


class TooMany(Exception):
    """The limit is used up; `retry_after` is the number of seconds until it may be tried again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"again in {retry_after} seconds")
        self.retry_after = retry_after


def hit(scope: str, key: str | int, limit: int, per: timedelta) -> None:
    """Count one more, or raise TooMany. The count belongs to the caller's transaction and is undone with it."""
    now = clock.now()
    until = _window_end(now, per)
    if limit < 1 or not _counted(scope, _hashed(scope, key), until, limit):
        raise TooMany(max(1, math.ceil((until - now).total_seconds())))


def _counted(scope: str, hashed: str, until: datetime, limit: int) -> bool:
    """One statement, on SQLite and PostgreSQL alike: two at the same moment cannot both take the last one."""
    table = connection.ops.quote_name(Limit._meta.db_table)
    upsert = (
        f"INSERT INTO {table} (scope, key, until, count) VALUES (%s, %s, %s, 1) "
        f"ON CONFLICT (scope, key, until) DO UPDATE SET count = {table}.count + 1 WHERE {table}.count < %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(upsert, [scope, hashed, connection.ops.adapt_datetimefield_value(until), limit])
        return cursor.rowcount > 0


def sweep() -> int:
    """Remove windows that have passed; returns how many."""
    return Limit.objects.filter(until__lt=clock.now()).delete()[0]


def forget(key: str | int) -> None:
    """No count by this key is left, whatever it was counted for."""
    for scope in Limit.objects.values_list("scope", flat=True).distinct():
        Limit.objects.filter(scope=scope, key=_hashed(scope, key)).delete()


def network_of(request: HttpRequest) -> str:
    """The network a request comes from (/24, or /64 for IPv6), past as many proxies as we trust."""
    try:
        address = ipaddress.ip_address(_client_of(request))
    except ValueError:
        return "unknown"
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))


def _client_of(request: HttpRequest) -> str:
    """Each proxy appends the address it saw, so the first one that we trust wrote the n-th entry from the end."""
    proxies: int = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def _hashed(scope: str, key: str | int) -> str:
    return salted_hmac(f"accounts.limits.{scope}", str(key).casefold(), algorithm="sha256").hexdigest()


def _window_end(now: datetime, per: timedelta) -> datetime:
    length = int(per.total_seconds())
    return datetime.fromtimestamp((int(now.timestamp()) // length + 1) * length, tz=UTC)
