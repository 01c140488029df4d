"""How an article goes out, and to whom its mail goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GoesOut(models.TextChoices):
    PAGE = "page", _("As a page only")
    BOTH = "both", _("As a page, and by mail")
    LETTER = "letter", _("By mail only: a letter, with no page")


class Audience(models.TextChoices):
    ALL = "all", _("Everybody who wants articles like this one")
    TOPIC = "topic", _("Of these, only who chose one topic")
    ALLIES = "allies", _("Of these, only allies")
    OTHERS = "others", _("Of these, only who is no ally")
