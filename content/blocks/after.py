"""What stands after the text: where it comes from, where to go further, what to do."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.addresses import safe_address

ADDRESS_HELP = _("A page of this site (/…) or a full https:// address.")


class SourceBlock(blocks.StructBlock):
    text = blocks.CharBlock(
        label=_("Source"), max_length=400, help_text=_("Who, what, when: enough to find it without the address.")
    )
    address = blocks.CharBlock(
        label=_("Address"), required=False, max_length=500, validators=[safe_address], help_text=ADDRESS_HELP
    )

    class Meta:
        icon, label = "list-ol", _("Source")


class ResourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    address = blocks.CharBlock(
        label=_("Address"), required=False, max_length=500, validators=[safe_address], help_text=ADDRESS_HELP
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
        help_text = _("The one thing a reader can do now. One a page.")
