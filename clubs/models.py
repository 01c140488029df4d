"""What this floor remembers. The models live with their features."""

from clubs.discussion.models import Note
from clubs.groups.models import Access, Club, JoinRequest, Membership
from clubs.meetings.models import CalendarKey, Coming, Meeting, Rsvp
from clubs.reading.models import Book, Reading, Section, SectionRead, Status

__all__ = [
    "Access",
    "Book",
    "CalendarKey",
    "Club",
    "Coming",
    "JoinRequest",
    "Meeting",
    "Membership",
    "Note",
    "Reading",
    "Rsvp",
    "Section",
    "SectionRead",
    "Status",
]
