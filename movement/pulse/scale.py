"""The words of the scale from 1 to 5."""

from django.utils.translation import gettext_lazy as _

WORDS = {1: _("Never"), 2: _("Rarely"), 3: _("Sometimes"), 4: _("Often"), 5: _("Nearly always")}
LOWEST, HIGHEST = min(WORDS), max(WORDS)
