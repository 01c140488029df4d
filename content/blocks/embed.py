"""A film from elsewhere. The page loads nothing from there until the reader asks for it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.pictures import LibraryPictureBlock
from content.players import Player, on_the_list, player_of


class EmbedValue(blocks.StructValue):
    @property
    def player(self) -> Player | None:
        """None for an address that has left the list since; it is a link then."""
        return player_of(self.get("address") or "")


class EmbedBlock(blocks.StructBlock):
    address = blocks.CharBlock(
        label=_("Address of the film"),
        max_length=300,
        validators=[on_the_list],
        help_text=_("YouTube, Vimeo, or a PeerTube site that your stewards allow."),
    )
    shows = blocks.CharBlock(
        label=_("What it shows"),
        max_length=200,
        help_text=_("A title and a length: “Dawn at gate two, 3 min”."),
    )
    still = LibraryPictureBlock(
        label=_("Still picture"), required=False, help_text=_("From your own library; none is fetched from there.")
    )

    class Meta:
        icon, label, template = "media", _("Film from elsewhere"), "content/blocks/embed.html"
        value_class: Any = EmbedValue
        help_text = _("It plays on this page, and only after a reader presses the button.")
