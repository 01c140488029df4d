"""Pictures of the old site, from a folder that was copied from it. Nothing is fetched."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from content.images import Picture
from content.pictures import Added, add_picture
from content.wordpress.models import Imported
from content.wordpress.survey import SMALLER, Attachment, Survey, upload_of

LARGEST = 100 * 1024 * 1024
#: Where the uploads lie in what people copy: the folder itself, wp-content, or the whole site.
BELOW = ("", "uploads", "wp-content/uploads")


@dataclass
class Media:
    survey: Survey
    folder: Path | None
    added: Added

    def picture(self, number: int, address: str, note: Callable[[str], None]) -> tuple[int, str, str] | None:
        """Our picture for an attachment's number or an address on the old site, with its alt text and caption."""
        attachment = self.survey.attachments.get(number) or self.survey.attachment_at(address)
        file = attachment.file if attachment else upload_of(address)
        if not file:
            return None
        key = (f"picture:{attachment.number}" if attachment else f"file:{SMALLER.sub('', file)}")[:255]
        known = Imported.objects.of(self.survey.source, [key]).get(key)
        if known and Picture.objects.filter(pk=known.target).exists():
            return self.said(known.target, attachment)
        picture = self.taken(file, attachment, note)
        if picture is None:
            return None
        Imported.objects.update_or_create(source=self.survey.source, key=key, defaults={"target": picture.pk})
        return self.said(picture.pk, attachment)

    def said(self, picture: int, attachment: Attachment | None) -> tuple[int, str, str]:
        return picture, attachment.alt if attachment else "", attachment.caption if attachment else ""

    def taken(self, file: str, attachment: Attachment | None, note: Callable[[str], None]) -> Picture | None:
        path = self.find(file) or self.find(SMALLER.sub("", file))
        if path is None:
            return None
        if path.stat().st_size > LARGEST:
            note(f"the picture {file} is too large")
            return None
        title = (attachment.title if attachment else "") or path.stem
        try:
            return add_picture(
                self.added,
                name=path.name,
                content=path.read_bytes(),
                title=title,
                description=attachment.alt if attachment else "",
            )
        except (ValidationError, OSError, ValueError, SyntaxError) as error:
            said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            note(f"the picture {file} was refused: {said}")
            return None

    def find(self, file: str) -> Path | None:
        """The file, if it lies in the folder: neither `..` nor a link leads out of it."""
        if self.folder is None or "\x00" in file:
            return None
        root = self.folder.resolve()
        for below in BELOW:
            try:
                path = (root / below / file).resolve()
                if path.is_relative_to(root) and path.is_file():
                    return path
            except (OSError, ValueError):
                continue
        return None
