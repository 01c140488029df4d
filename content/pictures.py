"""Pictures that come into the library: by code, checked and cleaned as uploads are, taken back on failure."""

from collections.abc import Sequence
from hashlib import sha1
from types import TracebackType

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.fields import WagtailImageField
from wagtail.images.rect import Rect

from content.images import Picture
from content.tasks import make_sizes


def picture_saved(instance: Picture, **_kwargs: object) -> None:
    """Django's signal, which uploads, imports and a new focus have in common."""
    make_sizes.enqueue(instance.pk)


class Added:
    """Files stored since this was entered. A transaction takes back rows, not files: this takes those."""

    def __init__(self) -> None:
        self.files: list[tuple[Storage, str]] = []
        self.keep = True

    def __enter__(self) -> "Added":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None or not self.keep:
            for storage, name in self.files:
                storage.delete(name)


def checked(name: str, content: bytes) -> None:
    """The limits of an upload: kind of file, bytes, pixels. Raises ValidationError."""
    WagtailImageField().clean(SimpleUploadedFile(name, content))


def add_picture(
    added: Added,
    *,
    name: str,
    content: bytes,
    title: str,
    description: str = "",
    kept: str = "",
    tags: Sequence[str] = (),
    focus: Sequence[int] | None = None,
) -> Picture:
    """A picture of the library; one with the same bytes and title is used again. Raises ValidationError.

    `kept` is the hash under which this site (or one like it) exported the picture: bytes that still have it were
    cleaned when they first came and stay as they are. All others are cleaned as an upload is.
    """
    known = sha1(content, usedforsecurity=False).hexdigest()
    picture = Picture.objects.filter(file_hash=known, title=title[:255]).first()
    if picture is None:
        checked(name, content)
        picture = Picture(title=title[:255])
        if kept == known:
            picture.file.save(name, ContentFile(content), save=False)
            picture.file_size, picture.file_hash = len(content), known
            picture.width, picture.height = picture.file.width, picture.file.height
        else:
            picture.file = ContentFile(content, name=name)
    picture.description = description[:255]
    picture.set_focal_point(Rect.from_point(*focus) if focus else None)
    is_new = picture.pk is None
    picture.save()
    if is_new:
        added.files.append((picture.file.storage, picture.file.name))
    picture.tags.set(tags)
    return picture
