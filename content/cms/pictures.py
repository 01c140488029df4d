"""What the form of a picture asks beyond Wagtail's."""

import struct
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.forms import BaseImageForm

#: What Pillow raises for a file whose head is a picture's and whose rest is not.
DAMAGED = (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError)


class PictureForm(BaseImageForm):
    """Says in place what is wrong with a picture that cannot be read to its end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            field.to_python = whole(field.to_python)  # type: ignore[method-assign]  # Wagtail's field has no other door


def whole(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Wagtail's reading of the field, and then of the whole picture."""

    def read_to_its_end(data: Any) -> Any:
        try:
            file = read(data)
            if file:
                file.seek(0)
                with Image.open(file) as picture:
                    picture.load()
                file.seek(0)
        except DAMAGED:
            raise forms.ValidationError(
                _("This picture is damaged or incomplete. Save it again in a picture program, and try once more."),
                code="damaged",
            ) from None
        return file

    return read_to_its_end
