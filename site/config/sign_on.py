"""Signing in with an account from elsewhere, switched on by the environment: the organisation's own OpenID Connect
server (`OIDC_…`), and any of allauth's social providers (`SOCIAL_PROVIDERS`).

Nothing is needed, but what is begun has to be whole: the start refuses and names the variable.
"""

import json
import re
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.env import env

LIBRARY = "allauth.socialaccount.providers"
#: Not in allauth: WordPress.com is a small app of ours.
OURS = {"wordpress": "accounts.wordpress"}
#: The library's own parts, one that lets in anybody, and those that ask for more than a key and a secret.
NOT_OFFERED = {"base", "dummy", "oauth", "oauth2", "openid", "openid_connect", "saml", "telegram"}

Providers = dict[str, dict[str, Any]]


def company() -> Providers:
    """The organisation's own server, as allauth's settings know it; nothing without `OIDC_SERVER_URL`."""
    names = ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_SECRET")
    if not any(_text(name) for name in (*names, "OIDC_NAME")):
        return {}
    url, client, secret = (_needed(name, because="company sign-on") for name in names)
    if not re.match(r"https?://[^/\s]+", url):
        raise ImproperlyConfigured("OIDC_SERVER_URL has to be an address such as https://login.example.org/realms/us.")
    app = {
        "provider_id": "company",
        "name": _text("OIDC_NAME") or "Company account",
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url, "oauth_pkce_enabled": True, "verified_email": _trusted("OIDC")},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def social() -> tuple[list[str], Providers]:
    """The apps to install and allauth's settings for the providers that `SOCIAL_PROVIDERS` names."""
    apps, providers = [], {}
    for name in dict.fromkeys(part.strip().lower() for part in _text("SOCIAL_PROVIDERS").split(",") if part.strip()):
        name = name.removesuffix(".com")
        apps.append(_app_of(name))
        providers[name] = {"APPS": [_keys_of(name)]}
    return apps, providers


def _app_of(name: str) -> str:
    if name in OURS:
        return OURS[name]
    known = re.fullmatch(r"[a-z0-9_]+", name) and name not in NOT_OFFERED
    if not (known and find_spec(f"{LIBRARY}.{name}")):
        raise ImproperlyConfigured(
            f"SOCIAL_PROVIDERS names {name!r}, which is none of the providers of django-allauth."
        )
    return f"{LIBRARY}.{name}"


def _keys_of(name: str) -> dict[str, Any]:
    prefix = name.upper()
    because = f"SOCIAL_PROVIDERS names {name}"
    return {
        "client_id": _needed(f"{prefix}_CLIENT_ID", because=because),
        "secret": _needed(f"{prefix}_SECRET", because=because),
        "key": _text(f"{prefix}_KEY"),
        "settings": {"verified_email": _trusted(prefix)} | _more(f"{prefix}_SETTINGS"),
    }


def _trusted(prefix: str) -> bool:
    """Whether addresses count as confirmed although the provider does not say so of each."""
    return env.bool(f"{prefix}_TRUST_EMAIL", False)


def _more(name: str) -> dict[str, Any]:
    """What a provider needs besides, such as Microsoft's tenant: a JSON object."""
    try:
        found = json.loads(_text(name) or "{}")
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has to be a JSON object.") from error
    if not isinstance(found, dict):
        raise ImproperlyConfigured(f"{name} has to be a JSON object.")
    return found


def _text(name: str) -> str:
    return str(env.str(name, "")).strip()


def _needed(name: str, because: str) -> str:
    if not _text(name):
        raise ImproperlyConfigured(f"Set {name} in the environment ({because}).")
    return _text(name)
