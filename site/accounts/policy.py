"""Who may sign up: a setting of the site, kept in the database and changed by the stewards in the CMS."""

import re
from collections.abc import Callable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

DOMAIN = re.compile(r"(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")

InvitationCheck = Callable[[HttpRequest], bool]
_invitation_checks: list[InvitationCheck] = []


def register_invitation_check(check: InvitationCheck) -> None:
    """A higher floor says here which requests carry a valid invitation (from `AppConfig.ready()`)."""
    _invitation_checks.append(check)


AddressCheck = Callable[[HttpRequest, str | None], bool]
_address_checks: list[AddressCheck] = []


def register_address_check(check: AddressCheck) -> None:
    """A higher floor says here when a request proves an address: it came by a link that only that inbox has shown.
    Without an address it is asked whether there is such a one."""
    _address_checks.append(check)


def is_proved(request: HttpRequest, email: str | None = None) -> bool:
    return any(check(request, email) for check in _address_checks)


def domain_of(email: str) -> str:
    """The part after the last @, comparable: lower case, in the ASCII form of international names."""
    domain = email.rpartition("@")[2].strip().lower().rstrip(".")
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain


class Mode(models.TextChoices):
    OPEN = "open", _("Anybody who reaches the site")
    DOMAINS = "domains", _("People with an address of our domains")
    INVITATION = "invitation", _("People whom an ally has invited")


@register_setting(icon="key", order=20)
class SignupPolicy(BaseGenericSetting):
    """One row. Without it the site is open; `current()` never writes."""

    mode = models.CharField(_("who may sign up"), max_length=12, choices=Mode, default=Mode.OPEN)
    domains = models.TextField(
        _("our domains"),
        blank=True,
        max_length=4_000,
        help_text=_(
            "One a line, such as example.org. Subdomains are domains of their own. Used by the second choice only."
        ),
    )

    decided = models.BooleanField(default=False, editable=False)

    panels = [FieldPanel("mode"), FieldPanel("domains")]

    class Meta:
        verbose_name = _("who may sign up")

    @classmethod
    def current(cls) -> Self:
        return cls.objects.first() or cls()

    def clean(self) -> None:
        """Only a form cleans: somebody has looked at the policy and said so."""
        self.decided = True
        self.domains = "\n".join(self.domain_list())
        wrong = [domain for domain in self.domain_list() if not DOMAIN.fullmatch(domain)]
        if wrong:
            raise ValidationError({"domains": _("This is not a domain: %(domain)s") % {"domain": wrong[0][:80]}})
        if self.mode == Mode.DOMAINS and not self.domain_list():
            raise ValidationError({"domains": _("Name at least one domain, or nobody could sign up.")})

    def domain_list(self) -> list[str]:
        """The domains as entered, comparable, without repeats; a leading @ or *. is forgiven."""
        words = re.split(r"[\s,;]+", self.domains)
        return list(dict.fromkeys(domain_of(word.removeprefix("*.").removeprefix("@")) for word in words if word))

    def admits(self, request: HttpRequest) -> bool:
        """Whether this visitor may begin to sign up (their address is looked at by `admits_address`)."""
        return self.mode != Mode.INVITATION or any(check(request) for check in _invitation_checks)

    @property
    def by_domain(self) -> bool:
        return self.mode == Mode.DOMAINS

    def admits_address(self, email: str) -> bool:
        return not self.by_domain or domain_of(email) in self.domain_list()
