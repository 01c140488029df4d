"""About, guidelines, privacy, who sees what, how we count: a title and a text."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from content.pages.editing import titled
from content.pages.public import BodyPage


class StandardPage(BodyPage):
    template = "content/standard.html"
    page_description = _("A title and a text, like About or Privacy. It stands at /its-address/.")
    subpage_types = ["content.StandardPage"]
    content_panels = titled(_("What the page is about"), FieldPanel("summary"), FieldPanel("body"))
    search_fields = [*BodyPage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
