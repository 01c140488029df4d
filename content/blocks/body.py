"""The body of a page: few blocks, named as an author would name them, in the order they are reached for."""

from typing import Any

from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.after import ActBlock, ResourceBlock, SourceBlock
from content.blocks.embed import EmbedBlock
from content.blocks.pictures import PictureBlock
from content.blocks.table import ComparisonTableBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "code", "link", "ol", "ul", "hr"]
MOST_BLOCKS = 500
#: Characters of one block of text: an hour and a half of reading.
LONGEST_TEXT, LONGEST_QUOTATION = 100_000, 5_000
SAID, SHOWN, AFTER = _("What somebody said"), _("To look at"), _("After the text")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), max_length=LONGEST_QUOTATION)
    source = blocks.CharBlock(label=_("Who said it, and where"), max_length=160)

    class Meta:
        icon, label, template = "openquote", _("Quotation"), "content/blocks/quote.html"
        help_text = _("Somebody else’s words, with their name.")


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=TEXT_FEATURES,
        max_length=LONGEST_TEXT,
        help_text=_("Write [1] where a source belongs, and list it under Sources."),
    )
    pull = blocks.CharBlock(
        label=_("Pull quote"),
        icon="title",
        group=SAID,
        max_length=250,
        template="content/blocks/pull.html",
        help_text=_("One sentence of the text, drawn large. One or two an article."),
    )
    quote = QuoteBlock(group=SAID)
    picture = PictureBlock(group=SHOWN)
    table = ComparisonTableBlock(group=SHOWN)
    embed = EmbedBlock(group=SHOWN)
    sources = blocks.ListBlock(
        SourceBlock(),
        label=_("Sources"),
        icon="list-ol",
        group=AFTER,
        template="content/blocks/sources.html",
        help_text=_("In the order of their numbers: the first is [1]."),
    )
    resources = blocks.ListBlock(
        ResourceBlock(),
        label=_("To go further"),
        icon="list-ul",
        group=AFTER,
        template="content/blocks/resources.html",
        help_text=_("What is worth reading or taking along, and what for."),
    )
    act = ActBlock(group=AFTER)

    class Meta:
        block_counts = {"sources": {"max_num": 1}}

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """A form that no editor of ours has written is a bad request, not a fault."""
        try:
            if int(data[f"{prefix}-count"]) > MOST_BLOCKS:
                raise ValueError
            return super().value_from_datadict(data, files, prefix)
        except (KeyError, ValueError, TypeError):
            raise BadRequest("A body that cannot be read.") from None


#: These stand below the column of text, whatever their place in the body.
AFTER_THE_TEXT = ("sources", "resources", "act")
