"""In an article's form: how it goes out, to whom, and to how many that is."""

from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

MAIL_PANEL = MultiFieldPanel(
    [
        FieldPanel("goes_out", widget=RadioSelect),
        FieldPanel("mail_to", widget=RadioSelect),
        FieldPanel("mail_topic"),
        HelpPanel(template="content/cms/mailings/receivers.html"),
    ],
    _("How it goes out"),
)
