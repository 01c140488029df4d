"""A club's picture: made small and clean once, kept in the database, answered to whoever may see the club."""

from io import BytesIO
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from clubs.groups.models import Club, ClubPicture

MOST_BYTES, MOST_PIXELS = 10 * 2**20, 25_000_000
#: Wide enough for the head of the page on a fine screen.
LARGEST = (1280, 960)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
KIND = "image/webp"


def re_encoded(file: IO[bytes], largest: tuple[int, int] = LARGEST) -> tuple[bytes, int, int]:
    """The picture anew: upright, small, its pixels alone. No position, no comment, nothing else that was in the file.

    Raises ValidationError in words for whoever chose it.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValidationError(_("This file is larger than 10 MB. Choose a smaller picture."))
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("This picture has more than 25 megapixels. Choose a smaller one."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is no picture we can read. Choose a JPEG, PNG or WebP file.")) from error
    upright.thumbnail(largest)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = BytesIO()
    clean.save(out, "WEBP", quality=82)
    return out.getvalue(), clean.width, clean.height


@transaction.atomic
def hang_up(*, club: Club, file: IO[bytes]) -> ClubPicture:
    """The club's picture from now on. Raises ValidationError."""
    content, width, height = re_encoded(file)
    about: dict[str, Any] = {"content": content, "width": width, "height": height, "changed_at": timezone.now()}
    return ClubPicture.objects.update_or_create(club=club, defaults=about)[0]


def take_down(*, club: Club) -> None:
    ClubPicture.objects.filter(club=club).delete()
