"""Text from the editor, or from whoever posts in its place: what the features allow, and nothing else."""

import json
import re
from typing import Any

import nh3
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea

#: No database keeps these: NUL, and halves of a pair of UTF-16.
UNKEPT = {0: None} | dict.fromkeys(range(0xD800, 0xE000), None)


#: What may come as HTML; the features of the field say what of it stays. nh3 also closes what was left open.
TAGS = {"p", "h2", "h3", "b", "strong", "i", "em", "a", "ol", "ul", "li", "code", "hr", "br"}
#: The converter waits for the end of a tag that is not closed in itself.
ALONE = re.compile("<(br|hr)>")
BROKEN = (ValueError, TypeError, LookupError, AttributeError, RecursionError, ExporterException)


class TextArea(DraftailRichTextArea):
    """Draftail's, which believes whatever it is sent. What is not its own format is read as HTML and cleaned."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        sent = data.get(name)
        if sent is None:
            return None
        try:
            kept = json.dumps(_cleaned(json.loads(sent)))
            html = self.converter.to_database_format(kept)
        except BROKEN:
            clean = nh3.clean(sent.translate(UNKEPT), tags=TAGS, attributes={"a": {"href"}}, link_rel=None)
            tidy = ALONE.sub(r"<\1/>", clean)
            html = self.converter.to_database_format(self.converter.from_database_format(tidy))
        return str(html).translate(UNKEPT)


def _cleaned(state: dict[str, Any]) -> dict[str, Any]:
    """Draftail's own shape with text that can be kept; KeyError or TypeError for another."""
    for block in state["blocks"]:
        block["text"] = block["text"].translate(UNKEPT)
    return state
