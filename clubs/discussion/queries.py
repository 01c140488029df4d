"""What stands open to a member at a section, and what waits until they have read as far."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from accounts.models import User
from clubs.discussion.models import Highlight, Note, NoteQuerySet, SignedQuerySet, opened_sections
from clubs.groups.models import Membership
from clubs.reading.models import Reading, Section, SectionRead

BY = "membership__ally__user"


@dataclass(frozen=True)
class Gate:
    """Notes that are not in the page: only that they exist."""

    section: Section
    notes: int


def seen_sections(reading: Reading, membership: Membership) -> list[Section]:
    """The sections, each with `is_read` by this member, and `is_open` to them: read, or opened anyway."""
    read = SectionRead.objects.filter(section=OuterRef("pk"), membership=membership)
    open_ones = opened_sections(membership).filter(pk=OuterRef("pk"))
    return list(reading.sections.annotate(is_read=Exists(read), is_open=Exists(open_ones)))


def notes_of(section: Section, user: User) -> NoteQuerySet:
    return Note.objects.visible_to(user).filter(section=section).select_related(BY, "section")


def highlights(membership: Membership, user: User) -> SignedQuerySet[Highlight]:
    """In this club, at sections that are open to this member."""
    within = Highlight.objects.visible_to(user).opened_to(membership).filter(membership__club=membership.club_id)
    return within.select_related(BY, "section__reading__book").order_by("section__position", "page", "created_at")


def latest_notes(*, read: Collection[int], user: User, limit: int) -> list[Note]:
    """The newest notes of the sections that are open to this member."""
    notes = Note.objects.visible_to(user).filter(section__in=read).select_related(BY, "section")
    return list(notes.order_by("-created_at", "-pk")[:limit])


def gates(*, sections: list[Section], read: Collection[int], user: User) -> list[Gate]:
    """The sections not open yet in which something was noted."""
    waiting = [section for section in sections if section.pk not in read]
    counted = Note.objects.visible_to(user).filter(section__in=waiting).order_by().values_list("section")
    numbers = dict(counted.annotate(n=Count("pk")))
    return [Gate(section, numbers[section.pk]) for section in waiting if section.pk in numbers]
