"""Text that people write in a form, tidied before it is measured: its limit counts what will be kept."""

from typing import Any

from django import forms

from movement.allies.names import refuse_hidden_characters


class Words(forms.CharField):
    """Plain text. `paragraphs` keeps line breaks (never more than one empty line); else it becomes one paragraph."""

    widget = forms.Textarea

    def __init__(self, *, paragraphs: bool = False, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.paragraphs = paragraphs
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        if not self.paragraphs:
            return " ".join(text.split())
        lines = [" ".join(line.split()) for line in text.splitlines()]
        kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
        return "\n".join(kept).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        for line in value.split("\n"):
            refuse_hidden_characters(line)
