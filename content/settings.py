"""The organisation this site is for, edited in the CMS by stewards and editors."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from content.addresses import safe_address
from content.pagecache import remembered

MOST_IN_NAVIGATION, MOST_IN_FOOTER = 4, 8


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Words of the link"), max_length=24, help_text=_("Two words do: “Our intranet”."))
    address = blocks.CharBlock(
        label=_("Where it leads"),
        max_length=300,
        validators=[safe_address],
        help_text=_("A page of this site (/…), a full https:// address, or mailto: and an e-mail address."),
    )

    class Meta:
        icon, label, label_format = "link", _("Link"), "{label}"


class LinksBlock(blocks.StreamBlock):
    link = LinkBlock()

    class Meta:
        required = False


@dataclass(frozen=True)
class ExtraLink:
    label: str
    url: str


@register_setting(icon="home", order=10)
class OrganisationSettings(BaseGenericSetting):
    """One row. `name_before_demo` is what the demo put aside when it moved in."""

    name = models.CharField(
        _("organisation"), max_length=80, blank=True, help_text=_("Stands under the site’s name on every page.")
    )
    site_name = models.CharField(
        _("name of the site"),
        max_length=40,
        default="Groundswell",
        help_text=_("At the top of every page, in the title of the browser’s tab, and in every mail."),
    )
    mark = models.ForeignKey(
        "content.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("your mark"),
        help_text=_("In place of the circles. On a transparent or plain ground, no wider than three times its height."),
    )
    mark_alt = models.CharField(
        _("what the mark says"),
        max_length=80,
        blank=True,
        help_text=_(
            "Only if it holds words that do not stand beside it. Empty otherwise: the name is read out anyway."
        ),
    )
    navigation = StreamField(
        LinksBlock(max_num=MOST_IN_NAVIGATION),
        blank=True,
        verbose_name=_("more links"),
        help_text=_("At most four, after the fixed ones, under “More”. For visitors and allies alike."),
    )
    footer_sentence = models.CharField(
        _("sentence"), max_length=140, blank=True, help_text=_("What your movement says in one breath.")
    )
    footer_links = StreamField(
        LinksBlock(max_num=MOST_IN_FOOTER),
        blank=True,
        verbose_name=_("links"),
        help_text=_("For example your imprint, the works council, the help desk. At most eight."),
    )
    small_print = models.CharField(
        _("small print"),
        max_length=250,
        blank=True,
        help_text=_("One line at the very bottom: who is responsible, where you are registered."),
    )
    talk_days = models.PositiveSmallIntegerField(
        _("days until a talk closes"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(3_650)],
        help_text=_("Counted from a page’s first publication. Empty: never. Each page can say otherwise."),
    )
    is_demo = models.BooleanField(default=False, editable=False)
    name_before_demo = models.CharField(max_length=80, blank=True, editable=False)

    select_related = ["mark"]  # the same query
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("site_name")], _("Names")),
        MultiFieldPanel([FieldPanel("mark"), FieldPanel("mark_alt")], _("Your mark, in the header")),
        MultiFieldPanel([FieldPanel("navigation")], _("Navigation")),
        MultiFieldPanel([FieldPanel("talk_days")], _("Comments under articles and chapters")),
        MultiFieldPanel(
            [FieldPanel("footer_sentence"), FieldPanel("footer_links"), FieldPanel("small_print")], _("Footer")
        ),
    ]

    class Meta:
        verbose_name = _("organisation")

    @classmethod
    def current(cls) -> "OrganisationSettings":
        return cls.load()

    @property
    def in_navigation(self) -> list[ExtraLink]:
        return list(links_of(self.navigation))

    @property
    def in_footer(self) -> list[ExtraLink]:
        return list(links_of(self.footer_links))


def organisation() -> OrganisationSettings:
    """The one row, asked for once a process and again after a change; not to be written to."""
    return remembered("organisation", OrganisationSettings.current)


def links_of(stream: Any) -> Iterator[ExtraLink]:
    return (ExtraLink(block.value["label"], block.value["address"]) for block in stream)
