"""A table that compares: the first column names what is compared, the others say how it does."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError


class ComparisonTableBlock(TypedTableBlock):
    text = blocks.RichTextBlock(label=_("Words"), features=["bold", "italic", "link"], required=False, max_length=2_000)
    number = blocks.CharBlock(label=_("Numbers"), required=False, max_length=40)

    class Meta:
        icon, label, template = "table", _("Comparison table"), "content/blocks/table.html"
        help_text = _("The first column names what is compared. Give each column a heading.")

    def clean(self, value: TypedTable) -> Any:
        if not self.is_deferred_validation:
            refuse_what_nobody_can_read(value)
        return super().clean(value)


def refuse_what_nobody_can_read(table: TypedTable) -> None:
    missing = []
    if not (table.caption or "").strip():
        missing.append(ValidationError(_("Give the table a caption: what does it compare?")))
    if not table.row_data or len(table.columns) < 2:
        missing.append(ValidationError(_("A comparison needs two columns and a row at least.")))
    if not all((column["heading"] or "").strip() for column in table.columns):
        missing.append(ValidationError(_("Give each column a heading.")))
    if missing:
        raise TypedTableBlockValidationError(non_block_errors=missing)
