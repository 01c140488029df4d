"""What the form of a picture asks beyond Wagtail's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """Refuses a file whose head is a picture's and whose rest is not."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            try:
                file.seek(0)
                with Image.open(file) as picture:
                    picture.load()
            except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
                raise forms.ValidationError(
                    _("This picture is damaged or not complete. Open it in a picture program, save it again, and retry."),
                    code="damaged",
                ) from None
            finally:
                file.seek(0)
        return file
