"""A picture with its caption."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content.at_hand import at_hand


class LibraryPictureBlock(ImageChooserBlock):
    """A picture of the library; one that was fetched together with others is not fetched again."""

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        ready = at_hand.get()
        if all(value is None or value in ready for value in values):
            return [ready.get(value) for value in values]
        return super().bulk_to_python(values)  # type: ignore[no-any-return]


class PictureBlock(blocks.StructBlock):
    image = LibraryPictureBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"),
        max_length=250,
        help_text=_("For those who cannot see it. A sentence, without “picture of”."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon, label, template = "image", _("Picture"), "content/blocks/picture.html"
        help_text = _("With a caption if it needs one.")
