"""Where allauth asks us: who may sign up, what a mail says about the site, and where its links lead."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from css_inline import CSSInliner
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.message import EmailAlternative
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.notices import NOTICES
from accounts.policy import SignupPolicy, is_proved

#: As in the postbox: `@media` rules stay, everything else goes into the elements.
INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
#: What allauth's mails call the site.
SITE = SimpleNamespace(name="Groundswell", domain=urlsplit(settings.SITE_URL).netloc)


def ours(url: str) -> str:
    """The same address under the configured origin: mails never follow the request's Host (design rule 10)."""
    parts = urlsplit(url)
    return settings.SITE_URL + urlunsplit(("", "", parts.path, parts.query, parts.fragment))


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not go together."),
        "too_many_login_attempts": _("That was tried too often. Please wait five minutes, or have a code sent to you."),
        "cannot_remove_primary_email": _("We write to this address. Choose another one for that first."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return SignupPolicy.current().admits(request)

    def clean_email(self, email: str) -> str:
        """Signing up proves that somebody belongs here, so it takes an address of our domains. A second address may be
        any: whoever adds one has proved the first. An account from elsewhere is judged in `sign_on`."""
        policy = SignupPolicy.current()
        if self._is_signing_up() and not policy.admits_address(email):
            text = _("Please use your address at work (%(domains)s).")
            raise ValidationError(text, params={"domains": ", ".join(policy.domain_list()[:5])})
        return email

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Asked at sign-up: whether the code by mail would only prove what is proved already."""
        return is_proved(request, email) or super().is_email_verified(request, email)

    def _is_signing_up(self) -> bool:
        match = getattr(self.request, "resolver_match", None)
        name = (match and match.url_name) or ""
        return name not in ("account_reset_password", "account_email") and not name.endswith("_callback")

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """While only our domains may sign up, the last address that proves it stays; it need not be written to."""
        return super().can_delete_email(email_address) and not self.is_proof(email_address)

    def is_proof(self, email_address: EmailAddress) -> bool:
        policy = SignupPolicy.current()
        if not policy.by_domain or not policy.admits_address(email_address.email):
            return False
        others = EmailAddress.objects.filter(user=email_address.user_id, verified=True).exclude(pk=email_address.pk)
        return not any(policy.admits_address(other.email) for other in others)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail of allauth passes here, so here every link in one gets the configured origin. What merely tells
        of a change (`NOTICES`) has one letter with different words."""
        urls = {name: ours(url) for name, url in context.items() if name.endswith("_url")}
        about_us = {"site_url": settings.SITE_URL, "current_site": SITE, "email": email}
        if template_prefix in NOTICES:
            about_us["said"] = NOTICES[template_prefix].format_map(context)
            template_prefix = "account/email/notice"
        message = self.render_mail(template_prefix, email, context | about_us | urls)
        message.alternatives = [  # type: ignore[attr-defined]
            EmailAlternative(INLINER.inline(content), kind)
            for content, kind in message.alternatives  # type: ignore[attr-defined]
        ]
        message.send()
