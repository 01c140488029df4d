"""What this floor remembers. The models live with their features."""

from clubs.choosing.models import Ballot, Nomination, Option, Poll
from clubs.discussion.models import Highlight, Note, Peek, Question
from clubs.groups.keeping_out import KeptOut
from clubs.groups.models import Access, Club, ClubPicture, JoinRequest, Membership, Waiting
from clubs.meetings.afterwards import Attendance, Minutes
from clubs.meetings.dates import DatePoll, PollTime, TimeAnswer
from clubs.meetings.models import CalendarKey, Coming, Meeting, ReminderWish, Rsvp, Series
from clubs.reading.models import Book, BookCover, Copy, Place, Reading, Section, SectionRead, Status, Verdict

__all__ = [
    "Access",
    "Attendance",
    "Ballot",
    "Book",
    "BookCover",
    "CalendarKey",
    "Club",
    "ClubPicture",
    "Coming",
    "Copy",
    "DatePoll",
    "Highlight",
    "JoinRequest",
    "KeptOut",
    "Meeting",
    "Membership",
    "Minutes",
    "Nomination",
    "Note",
    "Option",
    "Peek",
    "Place",
    "Poll",
    "PollTime",
    "Question",
    "Reading",
    "ReminderWish",
    "Rsvp",
    "Section",
    "SectionRead",
    "Series",
    "Status",
    "TimeAnswer",
    "Verdict",
    "Waiting",
]
