"""One's own account in the CMS: the name that fellow authors see. Address and password are changed with allauth."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import account

from accounts.models import User


class NameForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["name"]
        help_texts = {"name": _("Shown to those who work in the CMS. Allies see what you chose on your own page.")}


class NamePanel(account.NameEmailSettingsPanel):
    form_class = NameForm

    @property
    def title(self) -> str:
        return str(_("Name"))


class AccountView(account.AccountView):
    """Wagtail's, with our name in the place of its first name, last name and e-mail address."""

    def get_panels(self) -> list[Any]:
        ours = [panel for panel in super().get_panels() if not isinstance(panel, account.NameEmailSettingsPanel)]
        return [NamePanel(self.request, self.request.user, None), *ours]


account_page = require_admin_access(AccountView.as_view())
