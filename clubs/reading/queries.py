"""Where a club is in its book, told so that nobody who is quiet can be counted."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Max, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.groups.models import Club, ClubQuerySet, Membership
from clubs.reading.models import Reading, Section, SectionRead


@dataclass(frozen=True)
class Progress:
    """`counts[k]`: how many shown members (and oneself) have read to section k; 0 is the start."""

    sections: list[Section]
    mine: frozenset[int]
    counts: list[int] = field(default_factory=list)
    reached: int = 0

    @property
    def label(self) -> str:
        """What the strip shows, for those who hear the page."""
        places = [_at(place, n) for place, n in enumerate(self.counts) if n]
        you = _("You are at the start.") if not self.reached else _("You are at section %(n)s.") % {"n": self.reached}
        return "; ".join(places) + ". " + you if places else you

    @property
    def said(self) -> str:
        """ "2 of 6 sections read", by oneself."""
        n, total = len(self.mine), len(self.sections)
        return ngettext("%(n)s of %(total)s section read", "%(n)s of %(total)s sections read", total) % {
            "n": n,
            "total": total,
        }


def _at(place: int, n: int) -> str:
    if not place:
        return ngettext("%(n)s at the start", "%(n)s at the start", n) % {"n": n}
    return ngettext("%(n)s has read to section %(place)s", "%(n)s have read to section %(place)s", n) % {
        "n": n,
        "place": place,
    }


def current_reading(club: Club) -> Reading | None:
    return club.readings.current().with_cover().first()


def read_before(club: Club, limit: int) -> list[Reading]:
    """What it has read to the end, the latest first."""
    return list(club.readings.finished().select_related("book").order_by("-started_at", "-pk")[:limit])


def progress(
    *, reading: Reading, membership: Membership, sections: list[Section], read: frozenset[int] | None = None
) -> Progress:
    """Two queries, whatever the number of members; one where it is known already what this member has `read`."""
    if read is None:
        mine = SectionRead.objects.filter(membership=membership, section__reading=reading)
        read = frozenset(mine.values_list("section_id", flat=True))
    own = max((section.position for section in sections if section.pk in read), default=0)
    others = (
        Membership.objects.shown()
        .filter(club=reading.club_id)
        .exclude(pk=membership.pk)
        .values_list("pk")
        .annotate(at=Max("sections_read__section__position", filter=Q(sections_read__section__reading=reading)))
    )
    reached = Counter([own, *((at or 0) for _pk, at in others)])
    return Progress(sections, read, [reached[place] for place in range(len(sections) + 1)], own)


def with_book(clubs: ClubQuerySet) -> list[Club]:
    """The clubs with the book on their table in `on_the_table` (a list of one, or none)."""
    current = Reading.objects.current().with_cover()
    return list(clubs.prefetch_related(Prefetch("readings", current, to_attr="on_the_table")))
