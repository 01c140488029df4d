"""What the stewards say of the spread, in the CMS."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="group", order=30)
class SpreadSettings(BaseGenericSetting):
    """One row. Without it four in five are thought to be within reach; `current()` never writes."""

    reachable = models.PositiveSmallIntegerField(
        _("within reach, in %"),
        default=80,
        validators=[MinValueValidator(10), MaxValueValidator(100)],
        help_text=_(
            "How many of a hundred colleagues could ever become allies? What is expected never passes it. Nobody knows "
            "this number; the forecast says which one it was made with."
        ),
    )

    is_open = models.BooleanField(
        _("readers may see the top of the spread page"),
        default=False,
        help_text=_(
            "Without signing in: how many colleagues are allies in all, and which stage that is. No department or "
            "division is named there, and nothing below the stages is shown. Closed, only allies see any of it."
        ),
    )

    panels = [FieldPanel("reachable"), FieldPanel("is_open")]

    class Meta:
        verbose_name = _("how far it can spread")

    @classmethod
    def current(cls) -> "SpreadSettings":
        return cls.objects.first() or cls()
