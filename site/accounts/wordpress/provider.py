"""Signing in with an account of WordPress.com (https://developer.wordpress.com/docs/oauth2/), which allauth lacks."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider

from accounts.wordpress.views import WordPressAdapter


class WordPressProvider(OAuth2Provider):
    id = "wordpress"
    name = "WordPress.com"
    account_class = ProviderAccount
    oauth2_adapter_class = WordPressAdapter

    def get_default_scope(self) -> list[str]:
        return ["auth"]

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["ID"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": data.get("email"), "username": data.get("username")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        if not data.get("email"):
            return []
        confirmed = data.get("email_verified") is True
        return [EmailAddress(email=data["email"], verified=confirmed, primary=True)]


provider_classes = [WordPressProvider]
