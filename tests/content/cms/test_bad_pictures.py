"""What is no good picture is refused where it was chosen; what is loses its position. Never a 500."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from content.images import Picture
from tests.cast import client_of

pytestmark = pytest.mark.django_db
POSITION = 0x8825


def drawn(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **extra) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **extra)
    return out.getvalue()


def located() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(POSITION)[1] = "N"
    return drawn("JPEG", exif=exif)


def moving() -> bytes:
    return drawn("GIF", save_all=True, append_images=[Image.new("RGB", (60, 40), "#fff")])


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 60,000 × 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(head))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + drawn("PNG")[33:]
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>'
BAD = {
    "of 40 megapixels": ("big.png", lambda: drawn("PNG", "1", (8000, 5000))),
    "that says it is enormous": ("bomb.png", bomb),
    "with a script": ("drawing.svg", lambda: SVG),
    "with a script, renamed": ("drawing.png", lambda: SVG),
    "that is a page": ("page.png", lambda: b"<html><script>steal()</script></html>"),
    "that breaks off": ("half.jpg", lambda: drawn("JPEG", size=(900, 600))[:2500]),
    "that breaks off early": ("half.png", lambda: drawn("PNG", size=(900, 600))[:60]),
    "of nothing": ("empty.png", lambda: b""),
}
GOOD = {
    "that moves": (
        "moves.gif",
        moving,
    ),
    "with a position": ("located.jpg", located),
    "in CMYK": ("print.jpg", lambda: drawn("JPEG", "CMYK")),
    "with 16 bits": ("deep.png", lambda: drawn("PNG", "I;16")),
    "with a palette": ("few.png", lambda: drawn("PNG", "P", transparency=0)),
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def by_form(client, file) -> str:
    answer = client.post(reverse("wagtailimages:add"), {"title": "Kept title", "file": file, "collection": 1})
    assert answer.status_code in (200, 302)
    if answer.status_code == 200:
        assert 'value="Kept title"' in answer.text
        return str(answer.context["form"].errors.get("file", ""))
    return ""


def by_many(client, file) -> str:
    path = reverse("wagtailimages:add_multiple")
    data = {"title": "Kept title", "files[]": file, "collection": 1}
    answer = client.post(path, data, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code in (200, 400)
    return "" if answer.status_code == 200 and answer.json()["success"] else str(answer.content)


def by_chooser(client, file) -> str:
    path = reverse("wagtailimages_chooser:create")
    fields = {"title": "Kept title", "file": file, "collection": 1}
    answer = client.post(path, {f"image-chooser-upload-{name}": value for name, value in fields.items()})
    assert answer.status_code == 200
    said = answer.json()
    if said["step"] == "chosen":
        return ""
    assert "Kept title" in said["html" if "html" in said else "htmlFragment"]
    return str(said)


@pytest.fixture
def client(site_pages, author):
    return client_of(author)


WAYS = [by_form, by_many, by_chooser]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", BAD)
def test_a_bad_picture_is_refused_in_words(client, what, way):
    name, content = BAD[what]
    said = way(client, upload(name, content()))
    assert any(word in said for word in ("picture", "image", "pixels", "empty")), said
    assert not Picture.objects.exists()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", GOOD)
def test_a_good_picture_is_taken_without_its_position(client, what, way):
    name, content = GOOD[what]
    assert way(client, upload(name, content())) == ""
    picture = Picture.objects.get()
    with Image.open(picture.file) as kept:
        assert (kept.size, dict(kept.getexif())) == ((60, 40), {})
        kept.load()
    assert picture.get_rendition("width-30").width == 30
