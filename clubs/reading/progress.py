"""How far a member is, by page or percent; what that opens, and what the others may see of it."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.groups.models import Membership
from clubs.reading.models import Place, Reading, Section, SectionRead


@transaction.atomic
def take_place(
    *,
    reading: Reading,
    membership: Membership,
    page: int | None = None,
    percent: int | None = None,
    is_named: bool = False,
) -> None:
    """Keep where they are, and mark read what lies before it. Nothing is unmarked: who leafs back has read it still."""
    place = {"page": page, "percent": percent, "is_named": is_named, "at": timezone.now()}
    Place.objects.update_or_create(reading=reading, membership=membership, defaults=place)
    behind = _behind(reading, page, percent)
    known = set(SectionRead.objects.filter(membership=membership, section__in=behind).values_list("section", flat=True))
    SectionRead.objects.bulk_create(
        [SectionRead(section=section, membership=membership) for section in behind if section.pk not in known],
        ignore_conflicts=True,
    )


def _behind(reading: Reading, page: int | None, percent: int | None) -> list[Section]:
    """The sections that end at or before there; by percent, of the book's pages, else of the sections."""
    sections = list(reading.sections.all())
    pages = reading.book.pages or max((section.last_page or 0 for section in sections), default=0)
    if page is None and percent is not None and pages and all(section.last_page for section in sections):
        page = pages * percent // 100
    if page is not None:
        return [section for section in sections if section.last_page and section.last_page <= page]
    return sections[: len(sections) * (percent or 0) // 100]


@dataclass(frozen=True)
class NamedPlace:
    name: str
    where: str


def said(place: Place) -> str:
    if place.page is not None:
        return _("page %(n)s") % {"n": place.page}
    return _("%(n)s %% of it") % {"n": place.percent}


@dataclass(frozen=True)
class Places:
    own: Place | None
    named: list[NamedPlace]


def places_of(reading: Reading, membership: Membership) -> Places:
    """One's own, and of the others those who wished to be seen with how far they are; only under a name shown here."""
    shown = Membership.objects.shown().filter(club=reading.club_id).order_by().values("pk")
    seen = reading.places.filter(Q(membership=membership) | Q(is_named=True, membership__in=shown))
    places = list(seen.select_related("membership__ally__user").order_by("-at"))
    named = [
        NamedPlace(name, said(place))
        for place in places
        if place.membership_id != membership.pk and (name := place.membership.shown_name_on(place.at))
    ]
    return Places(next((place for place in places if place.membership_id == membership.pk), None), named)
