"""Pictures lose what a camera adds, and keep how they look."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from content.images import Picture, without_metadata

POSITION, ORIENTATION = 0x8825, 0x0112


def photo(kind: str, *, pictures: int = 1) -> bytes:
    """A lying picture that says it should stand, with a position and a colour profile."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(POSITION)[1] = "N"
    out, first = BytesIO(), Image.new("RGB", (40, 20), "#1a40b4")
    more = [Image.new("RGB", (40, 20), "#f7f1e4")] * (pictures - 1)
    extra = {"save_all": True, "append_images": more} if more else {}
    first.save(out, kind, exif=exif, icc_profile=b"profile", **extra)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "pictures"), [("JPEG", 1), ("MPO", 2), ("WEBP", 1), ("WEBP", 2), ("PNG", 1)])
def test_a_picture_loses_its_position_and_stands_upright(kind, pictures):
    with Image.open(BytesIO(without_metadata(photo(kind, pictures=pictures)))) as clean:
        assert (dict(clean.getexif()), clean.size, clean.info.get("icc_profile")) == ({}, (20, 40), b"profile")


@pytest.mark.parametrize(
    ("mode", "kind", "clear"), [("P", "PNG", 0), ("P", "GIF", 0), ("RGB", "PNG", (0, 0, 0)), ("RGBA", "WEBP", None)]
)
def test_a_ground_that_shines_through_still_does(mode, kind, clear):
    out, extra = BytesIO(), {} if clear is None else {"transparency": clear}
    Image.new(mode, (8, 8)).save(out, kind, **extra)
    with Image.open(BytesIO(without_metadata(out.getvalue()))) as clean:
        assert clean.convert("RGBA").getpixel((0, 0))[3] == 0


def test_each_picture_has_a_hash_of_its_own_so_that_none_is_offered_for_deletion_as_another(db):
    red, again, blue = (saved(colour) for colour in ("#b41a1a", "#b41a1a", "#1a40b4"))
    assert red.file_hash
    assert (red.file_hash == again.file_hash, red.file_hash == blue.file_hash) == (True, False)


def saved(colour: str) -> Picture:
    out = BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    picture = Picture(title="A square", file=ContentFile(out.getvalue(), name="square.png"))
    picture.save()
    return picture
