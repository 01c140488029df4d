"""The organisation this site is for, edited in the CMS by stewards and editors."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="home", order=10)
class OrganisationSettings(BaseGenericSetting):
    """One row. `name_before_demo` is what the demo put aside when it moved in."""

    name = models.CharField(_("organisation"), max_length=80, blank=True, help_text=_("Stands under the site’s name."))
    site_name = models.CharField(_("name of the site"), max_length=40, default="Groundswell")
    footer_sentence = models.CharField(
        _("sentence in the footer"), max_length=140, blank=True, help_text=_("What your movement says in one breath.")
    )
    is_demo = models.BooleanField(default=False, editable=False)
    name_before_demo = models.CharField(max_length=80, blank=True, editable=False)

    panels = [FieldPanel("name"), FieldPanel("site_name"), FieldPanel("footer_sentence")]

    class Meta:
        verbose_name = _("organisation")

    @classmethod
    def current(cls) -> "OrganisationSettings":
        return cls.load()
