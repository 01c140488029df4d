"""Accounts from elsewhere are switched on by the environment alone; what is half said stops the start."""

import json

import pytest

from tests.config.test_ground import PRODUCTION, run

ASKED = """
import json, django
from django.conf import settings
django.setup()
print(json.dumps(settings.SOCIALACCOUNT_PROVIDERS))
"""
OIDC = {"OIDC_SERVER_URL": "https://login.example.org", "OIDC_CLIENT_ID": "us", "OIDC_SECRET": "s3cret"}


def started(**environment: str):
    return run("-c", ASKED, PYTHONPATH="site:.", DJANGO_SETTINGS_MODULE="config.settings", **PRODUCTION, **environment)


def test_everything_at_once():
    social = {"SOCIAL_PROVIDERS": "google, Microsoft,WordPress.com,github", "MICROSOFT_SETTINGS": '{"tenant": "us"}'}
    keys = {
        f"{name}_{part}": part.lower()
        for name in ("GOOGLE", "MICROSOFT", "WORDPRESS", "GITHUB")
        for part in ("CLIENT_ID", "SECRET")
    }
    done = started(**OIDC, OIDC_NAME="Larkfield", OIDC_TRUST_EMAIL="1", **social, **keys)
    found = json.loads(done.stdout)
    assert sorted(found) == ["github", "google", "microsoft", "openid_connect", "wordpress"]
    assert found["openid_connect"]["APPS"] == [
        {
            "provider_id": "company",
            "name": "Larkfield",
            "client_id": "us",
            "secret": "s3cret",
            "settings": {
                "server_url": "https://login.example.org",
                "oauth_pkce_enabled": True,
                "verified_email": True,
            },
        }
    ]
    assert found["microsoft"]["APPS"] == [
        {"client_id": "client_id", "secret": "secret", "key": "", "settings": {"verified_email": False, "tenant": "us"}}
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"OIDC_SERVER_URL": "https://login.example.org"}, "Set OIDC_CLIENT_ID"),
        (OIDC | {"OIDC_SECRET": " "}, "Set OIDC_SECRET"),
        ({"OIDC_NAME": "Larkfield"}, "Set OIDC_SERVER_URL"),
        (OIDC | {"OIDC_SERVER_URL": "login.example.org"}, "OIDC_SERVER_URL has to be an address"),
        ({"SOCIAL_PROVIDERS": "google"}, "Set GOOGLE_CLIENT_ID"),
        ({"SOCIAL_PROVIDERS": "google", "GOOGLE_CLIENT_ID": "us"}, "Set GOOGLE_SECRET"),
        ({"SOCIAL_PROVIDERS": "carrier_pigeon"}, "SOCIAL_PROVIDERS names 'carrier_pigeon'"),
        ({"SOCIAL_PROVIDERS": "dummy"}, "SOCIAL_PROVIDERS names 'dummy'"),  # it lets in anybody
        ({"SOCIAL_PROVIDERS": "../google"}, "SOCIAL_PROVIDERS names '../google'"),
        (
            {"SOCIAL_PROVIDERS": "google", "GOOGLE_CLIENT_ID": "a", "GOOGLE_SECRET": "b", "GOOGLE_SETTINGS": "[1]"},
            "GOOGLE_SETTINGS has to be a JSON object",
        ),
    ],
)
def test_what_is_half_said_stops_the_start_and_names_the_variable(given, sentence):
    done = started(**given)
    assert done.returncode != 0
    assert sentence in done.stderr
