"""What could still tell of somebody after their own rows are gone: sessions, counts by address, caches, logs, and what
the site wrote to others about them."""

import html
import re
from collections.abc import Iterable

from allauth.account import app_settings as allauth
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.db.models import Model, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from accounts import limits, sessions
from accounts.models import User
from accounts.personal_data import addresses_of, declarations, mentioning, names_of

#: What is shorter stands in too many words that mean nobody.
SHORTEST_NAME = 3
#: Somebody may call themselves "https" or "class", and the mails of all others have to hold nevertheless.
MARKUP = r"</?[a-zA-Z!][^<>]*>|\b\w+://[^\s<>]+"


def forget(user: User) -> None:
    """To be called before the rows go: they say whom to look for."""
    addresses, names = addresses_of(user), [name for name in names_of(user) if len(name) >= SHORTEST_NAME]
    sessions.forget(user=user, addresses=addresses)
    _forget_log(user)
    for model, fields in mentioning():
        for field in fields:
            _replace(model, field, addresses, flags=re.IGNORECASE)
            _replace(model, field, names, around=MARKUP)
    for address in addresses:
        limits.forget(address)
        _forget_rates(user, address)
    sweep_cache()


def _forget_log(user: User) -> None:
    """Entries about rows of theirs bear their name; what they did to pages stays, by a person who is no more."""
    owned = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    for declared in declarations():
        if declared.model is not User and any(field.name == "user" for field in declared.model._meta.fields):
            keys = [
                str(key) for key in declared.model._default_manager.filter(user=user.pk).values_list("pk", flat=True)
            ]
            owned |= Q(content_type=ContentType.objects.get_for_model(declared.model), object_id__in=keys)
    ModelLogEntry.objects.filter(owned).delete()


def _replace(model: type[Model], field: str, words: Iterable[str], *, around: str = "(?!)", flags: int = 0) -> None:
    """Whole words only, also as they stand in HTML, and not within what matches `around`."""
    for word in dict.fromkeys(form for name in words for form in _as_written(name)):
        pattern = re.compile(rf"(?P<kept>{around})|(?<!\w){re.escape(word)}(?!\w)", flags)
        found = model._default_manager.filter(**{f"{field}__icontains": word})
        for key, text in found.values_list("pk", field).iterator():
            said = pattern.sub(lambda match: match["kept"] or _("Former member"), text)
            model._default_manager.filter(pk=key).update(**{field: said})


def _as_written(name: str) -> tuple[str, str, str]:
    """As it is, as a template escapes it, and as the inliner of styles writes that anew."""
    return name, str(escape(name)), html.escape(name, quote=False)


def _forget_rates(user: User, address: str) -> None:
    """allauth counts by a hash of the address, in the cache."""
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "0.0.0.0"  # nobody's: counts by network stay
    for action in allauth.RATE_LIMITS:
        ratelimit.clear(request, action=action, key=address, user=user)


def sweep_cache() -> None:
    """For the clock: a cache in the database keeps what has passed until it is full; one in Redis does not."""
    backend = caches["default"]
    if isinstance(backend, DatabaseCache):
        table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
        now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])
