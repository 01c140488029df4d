"""What the forms of all pages have in common: a title to write, an address, and tabs with plain names."""

from collections.abc import Sequence
from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface, TitleFieldPanel


def titled(placeholder: str | Promise, *panels: Any) -> list[Any]:
    """The panels of the first tab, below a title that says what to write."""
    return [TitleFieldPanel("title", placeholder=placeholder), *panels]


def group(heading: str | Promise, *fields: str, help_text: str | Promise = "") -> MultiFieldPanel:
    """Fields that stand together on the page."""
    return MultiFieldPanel([FieldPanel(name) for name in fields], heading, help_text=help_text)


def boxes(name: str) -> FieldPanel:
    """Several of a list, one box each: nobody has to know which key to hold."""
    return FieldPanel(name, widget=CheckboxSelectMultiple)


#: The second tab. A page of ours is in no menu and has one title: of Wagtail's fields only these two do anything.
ADDRESS_AND_SEARCH: Sequence[Any] = [
    MultiFieldPanel(
        [
            FieldPanel(
                "slug",
                heading=_("Address"),
                help_text=_("The last part of the page’s address. Links to it from elsewhere break when it changes."),
            ),
            FieldPanel(
                "search_description",
                heading=_("In search engines and previews"),
                help_text=_("A sentence or two. Left empty, the introduction of the page itself is used."),
            ),
        ],
        _("How it is found"),
    )
]


def tabs_of(page_type: Any) -> TabbedInterface:
    tabs = (
        (page_type.content_panels, _("Text")),
        (page_type.promote_panels, _("Address and search")),
        (page_type.settings_panels, _("Times and talk")),
    )
    return TabbedInterface(
        [ObjectList(panels, heading=heading) for panels, heading in tabs if panels],
        base_form_class=page_type.base_form_class,
    )
