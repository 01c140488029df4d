"""What each reader has not heard of yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from postbox.digests import sections
from postbox.digests.models import DigestChoice, DigestReader
from postbox.digests.sections import Due, Item, Section

#: Lines of one section; the rest is counted.
MOST = 12


class Part(NamedTuple):
    """A section of one digest as it is written out."""

    section: Section
    items: list[Item]
    more: int


def told(readers: Sequence[DigestReader], *, until: datetime) -> dict[int, dict[str, str]]:
    """By reader who has something to hear: the sections, each with the moment from which it tells. One query for the
    choices, then those of each section: their number does not grow with the readers."""
    dues: dict[str, list[Due]] = defaultdict(list)
    by_number = {reader.pk: reader for reader in readers}
    for choice in DigestChoice.objects.filter(reader__in=readers):
        dues[choice.section].append(due(by_number[choice.reader_id], since=choice.told_until, until=until))
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for section in sections.in_order():
        asked = dues.get(section.name, [])
        items = section.gather(asked) if asked else {}
        for one in asked:
            if items.get(one.number):
                found[one.number][section.name] = one.since.isoformat()
    return dict(found)


def parts(reader: DigestReader, *, told: Mapping[str, str], until: datetime) -> list[Part]:
    """What these sections give this reader now."""
    found = []
    for section in sections.in_order():
        if section.name not in told:
            continue
        one = due(reader, since=datetime.fromisoformat(told[section.name]), until=until)
        if items := list(section.gather([one]).get(reader.pk, ())):
            found.append(Part(section, items[:MOST], max(len(items) - MOST, 0)))
    return found


def due(reader: DigestReader, *, since: datetime, until: datetime) -> Due:
    return Due(number=reader.pk, email=reader.email, user=reader.user, since=since, until=until)
