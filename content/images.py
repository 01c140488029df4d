"""Pictures without what a camera adds: the position where they were taken."""

from hashlib import sha1
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.models import AbstractImage, AbstractRendition


def without_metadata(content: bytes) -> bytes:
    """The same picture, upright, without EXIF, XMP or comments. A GIF that moves is left alone: it has no position."""
    with Pillow.open(BytesIO(content)) as picture:
        if picture.format == "GIF" and getattr(picture, "is_animated", False):
            return content
        # A phone's JPEG may hold several pictures (Pillow says MPO) and still bear the position: the first one is kept.
        kind = "JPEG" if picture.format == "MPO" else picture.format
        # What belongs to the picture itself: its colours, and which of them is the ground that shines through.
        kept = {name: picture.info[name] for name in ("icc_profile", "transparency") if name in picture.info}
        upright = ImageOps.exif_transpose(picture)
        clean = Pillow.new(upright.mode, upright.size)
        if upright.mode == "P":
            clean.putpalette(upright.getpalette() or [])
        clean.paste(upright)
        out = BytesIO()
        clean.save(out, kind, quality=92, **kept)
    return out.getvalue()


class Picture(AbstractImage):
    """A picture of the library; `description` (Wagtail's) is its alternative text."""

    file: Any  # the field is Wagtail's
    is_demo = models.BooleanField(default=False, editable=False)

    admin_form_fields = ("title", "description", "file", "collection", "tags")

    def save(self, *args: object, **kwargs: object) -> None:
        if self.file and not self.file._committed:
            content = without_metadata(self.file.read())
            self.file = ContentFile(content, name=self.file.name)
            # By the hash Wagtail tells pictures apart, and offers to delete what was uploaded twice.
            self.file_size, self.file_hash = len(content), sha1(content, usedforsecurity=False).hexdigest()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
