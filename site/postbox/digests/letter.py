"""The words of a digest, found as it goes out: whatever its reader may read at that moment, and nothing else."""

from django.utils import timezone
from django.utils.translation import ngettext

from postbox import letters, links
from postbox.digests import gathering
from postbox.digests.gathering import Part
from postbox.digests.models import Digest, Rhythm
from postbox.digests.writing import stop_url
from postbox.letters import Letter

CHOICES = "/me/notifications/#digest"


def words(event: str) -> Letter | None:
    """None when its reader has stopped it since, or nothing of it may be read any more."""
    number = int(event.partition(":")[2])
    digest = Digest.objects.filter(pk=number).select_related("reader__user").first()
    if digest is None:
        return None
    reader = digest.reader
    chosen = set(reader.choices.values_list("section", flat=True))
    told = {name: since for name, since in digest.told.items() if name in chosen}
    with timezone.override(reader.zone):
        found = gathering.parts(reader, told=told, until=digest.until)
        return _write(digest, found) if found else None


def _write(digest: Digest, found: list[Part]) -> Letter:
    reader = digest.reader
    context = {
        "parts": [_shown(part) for part in found],
        "subject_line": _subject(found),
        "monthly": reader.rhythm == Rhythm.MONTHLY,
        "morning": digest.morning,
        "manage_url": _manage_url(digest, found),
        "unsubscribe_url": stop_url(reader),
        "user": reader.user,
    }
    return letters.write("digest", context)


def _shown(part: Part) -> dict[str, object]:
    lines = [{"title": item.title, "text": item.text, "url": links.absolute(item.url)} for item in part.items]
    return {"heading": part.section.heading, "lines": lines, "more": part.more}


def _subject(found: list[Part]) -> str:
    """What comes first, and how much there is besides."""
    first = found[0].items[0].title
    others = sum(len(part.items) + part.more for part in found) - 1
    if not others:
        return first
    return ngettext("%(first)s, and one thing more", "%(first)s, and %(n)s things more", others) % {
        "first": first,
        "n": others,
    }


def _manage_url(digest: Digest, found: list[Part]) -> str:
    if digest.reader.user:
        return links.absolute(CHOICES)
    one = gathering.due(digest.reader, since=digest.until, until=digest.until)
    paths = (part.section.manage([one]).get(one.number) for part in found)
    return next((links.absolute(path) for path in paths if path), "")
