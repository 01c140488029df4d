"""Where allauth asks us: who may sign up, what a mail says about the site, and where its links lead."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from css_inline import CSSInliner
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.message import EmailAlternative
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.policy import SignupPolicy

#: As in the postbox: `@media` rules stay, everything else goes into the elements.
INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
#: What allauth's mails call the site.
SITE = SimpleNamespace(name="Groundswell", domain=urlsplit(settings.SITE_URL).netloc)


def ours(url: str) -> str:
    """The same address under the configured origin: mails never follow the request's Host (design rule 10)."""
    parts = urlsplit(url)
    return settings.SITE_URL + urlunsplit(("", "", parts.path, parts.query, parts.fragment))


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return SignupPolicy.current().admits(request)

    def clean_email(self, email: str) -> str:
        """Refuses an address of a foreign domain at sign-up and when one is added; a forgotten password is let be."""
        policy = SignupPolicy.current()
        if not self._is_password_reset() and not policy.admits_address(email):
            text = _("Please use your address at work (%(domains)s).")
            raise ValidationError(text, params={"domains": ", ".join(policy.domain_list()[:5])})
        return email

    def _is_password_reset(self) -> bool:
        match = getattr(self.request, "resolver_match", None)
        return bool(match and match.url_name == "account_reset_password")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail of allauth passes here, so here every link in one gets the configured origin."""
        urls = {name: ours(url) for name, url in context.items() if name.endswith("_url")}
        about_us = {"site_url": settings.SITE_URL, "current_site": SITE, "email": email}
        message = self.render_mail(template_prefix, email, context | about_us | urls)
        message.alternatives = [  # type: ignore[attr-defined]
            EmailAlternative(INLINER.inline(content), kind)
            for content, kind in message.alternatives  # type: ignore[attr-defined]
        ]
        message.send()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        policy = SignupPolicy.current()
        addresses = [address.email for address in sociallogin.email_addresses] or [sociallogin.user.email]
        return policy.admits(request) and all(policy.admits_address(address) for address in addresses if address)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """The address only: a name is given by its person, at the welcome."""
        return super().populate_user(request, sociallogin, {"email": data.get("email")})
