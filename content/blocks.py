"""What an article or chapter is made of: few blocks, named as an author would name them."""

from typing import Any

from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content.addresses import safe_address

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "link", "ol", "ul", "hr"]


MOST_BLOCKS = 500


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who said it, and where"), max_length=160)

    class Meta:
        icon, label, template = "openquote", _("Quotation"), "content/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"),
        max_length=250,
        help_text=_("For those who cannot see it. A sentence, without “picture of”."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon, label, template = "image", _("Picture"), "content/blocks/picture.html"


class ResourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    address = blocks.CharBlock(
        label=_("Address"),
        required=False,
        max_length=500,
        validators=[safe_address],
        help_text=_("A page of this site (/…) or a full https:// address."),
    )
    good_for = blocks.CharBlock(label=_("What it is good for"), max_length=250)

    class Meta:
        icon, label = "link", _("Resource")


class ActBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What to do"), max_length=80)
    text = blocks.CharBlock(label=_("Why, or how long it takes"), required=False, max_length=200)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=40)
    address = blocks.CharBlock(
        label=_("Where it leads"), max_length=200, validators=[safe_address], default="/personas/new/"
    )

    class Meta:
        icon, label, template = "pick", _("Call to action"), "content/blocks/act.html"


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=TEXT_FEATURES)
    pull = blocks.CharBlock(
        label=_("Pull quote"),
        icon="title",
        max_length=250,
        template="content/blocks/pull.html",
        help_text=_("One sentence of the text, drawn large. One or two an article."),
    )
    quote = QuoteBlock()
    picture = PictureBlock()
    resources = blocks.ListBlock(
        ResourceBlock(), label=_("To go further"), icon="list-ul", template="content/blocks/resources.html"
    )
    act = ActBlock()

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """A form that no editor of ours has written is a bad request, not a fault."""
        try:
            if int(data[f"{prefix}-count"]) > MOST_BLOCKS:
                raise ValueError
            return super().value_from_datadict(data, files, prefix)
        except (KeyError, ValueError, TypeError):
            raise BadRequest("A body that cannot be read.") from None


#: These stand below the column of text, whatever their place in the body.
AFTER_THE_TEXT = ("resources", "act")
