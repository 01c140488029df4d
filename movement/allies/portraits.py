"""Portraits: small, re-encoded, without whatever else the file said (place, camera, time).

They are kept in the database and not among the media: those are everybody's to fetch. A portrait goes with its ally,
and comes back with a backup, like every other row.
"""

from collections.abc import Iterable
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from accounts.models import User
from movement.allies.models import Ally

SIDE = 256
MOST_PIXELS, MOST_BYTES = 25_000_000, 10_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
TYPE = "image/webp"


class Portrait(models.Model):
    """`Ally.has_portrait` says that there is one. The picture is a square of SIDE pixels, of TYPE."""

    ally = models.OneToOneField(Ally, models.CASCADE, primary_key=True, related_name="portrait")
    picture = models.BinaryField()

    class Meta:
        verbose_name, verbose_name_plural = _("portrait"), _("portraits")

    def __str__(self) -> str:
        return str(_("a portrait"))


def redrawn(content: bytes) -> bytes:
    """The middle of a picture as a small square, upright, of its pixels alone. Raises ValidationError."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("This file is larger than 10 MB. Please choose a smaller one."))
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("This picture has more than 25 megapixels. Please make it smaller."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except ValidationError:
        raise
    except Exception as bad:  # whatever a decoder says of a broken or forged file
        raise ValidationError(_("This is no picture that we can read. A JPEG, PNG or WebP file will do.")) from bad
    out = BytesIO()
    ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS).save(out, "WEBP", quality=82)
    return out.getvalue()


@transaction.atomic
def keep_portrait(*, ally: Ally, picture: bytes) -> None:
    """`picture` as `redrawn` gives it."""
    Portrait.objects.update_or_create(ally=ally, defaults={"picture": picture})
    _note(ally, has_one=True)


@transaction.atomic
def remove_portrait(*, ally: Ally) -> None:
    Portrait.objects.filter(ally=ally).delete()
    _note(ally, has_one=False)


def _note(ally: Ally, *, has_one: bool) -> None:
    ally.has_portrait = has_one
    Ally.objects.filter(pk=ally.pk).update(has_portrait=has_one)


def portraits_of(user: User) -> Iterable[tuple[str, File]]:
    for picture in Portrait.objects.filter(ally__user=user).values_list("picture", flat=True):
        yield "portrait.webp", ContentFile(bytes(picture))


def erase_portrait(user: User) -> None:
    for ally in Ally.objects.filter(user=user):
        remove_portrait(ally=ally)
