"""Which notes stand open to a member, and which wait until they have read as far."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from clubs.discussion.models import Note, NoteQuerySet
from clubs.reading.models import Section


@dataclass(frozen=True)
class Gate:
    """Notes that are not in the page: only that they exist."""

    section: Section
    notes: int


def notes_of(section: Section, user: User) -> NoteQuerySet:
    return Note.objects.visible_to(user).filter(section=section).select_related("membership__ally__user", "section")


def latest_notes(*, read: Collection[int], user: User, limit: int) -> list[Note]:
    """The newest notes of the sections that this member has read."""
    notes = Note.objects.visible_to(user).filter(section__in=read).select_related("membership__ally__user", "section")
    return list(notes.order_by("-created_at", "-pk")[:limit])


def gates(*, sections: list[Section], read: Collection[int], user: User) -> list[Gate]:
    """The sections not read yet in which something was noted."""
    waiting = [section for section in sections if section.pk not in read]
    counted = Note.objects.visible_to(user).filter(section__in=waiting).order_by().values_list("section")
    numbers = dict(counted.annotate(n=Count("pk")))
    return [Gate(section, numbers[section.pk]) for section in waiting if section.pk in numbers]
