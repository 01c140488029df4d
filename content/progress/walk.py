"""The primer as one reader has walked it. Of a visitor nothing is known, and nothing is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from content.progress.exercises import done_by
from content.progress.models import ChapterMark, What


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One chapter of the walk. `did` is whether its exercise is done, `said` whether we have only their word for it."""

    chapter: Any
    number: int
    is_here: bool = False
    read_at: datetime | None = None
    did: bool = False
    said: bool = False

    @property
    def waits(self) -> bool:
        """Whether it has an exercise that is still to do."""
        return bool(self.chapter.exercise_title) and not self.did

    @property
    def state(self) -> str:
        """ "here" is where the reader stands; of the others, those they have read are "done"."""
        if self.is_here:
            return "here"
        return "done" if self.read_at else "ahead"

    @property
    def is_solid(self) -> bool:
        """What has happened is drawn solid, what has not is dashed."""
        return self.state != "ahead"


@dataclass(frozen=True, kw_only=True)
class Walk:
    """`is_kept` is False for a visitor, whose page is the same for everybody."""

    stops: Sequence[Stop]
    is_kept: bool

    @property
    def here(self) -> Stop | None:
        return next((stop for stop in self.stops if stop.is_here), None)

    @property
    def is_begun(self) -> bool:
        return any(stop.read_at for stop in self.stops)

    @property
    def read(self) -> int:
        return sum(stop.read_at is not None for stop in self.stops)

    @property
    def to_do(self) -> Stop | None:
        """The first chapter that is unread or whose exercise waits; None when the whole way is walked."""
        return next((stop for stop in self.stops if not stop.read_at or stop.waits), None)


def walk_of(reader: User | AnonymousUser, chapters: Sequence[Any], *, here: Any = None) -> Walk:
    """Two queries for somebody signed in, none for a visitor. `here` is the chapter being read, if any."""
    if not reader.is_authenticated:
        stops = [Stop(chapter=one, number=place, is_here=one == here) for place, one in enumerate(chapters, 1)]
        return Walk(stops=stops, is_kept=False)
    marks = {(row.chapter_id, row.what): row.at for row in ChapterMark.objects.filter(user=reader)}
    done = done_by(reader, [chapter.exercise_address for chapter in chapters])
    return Walk(
        stops=[
            Stop(
                chapter=chapter,
                number=place,
                is_here=chapter == here,
                read_at=marks.get((chapter.pk, What.READ)),
                did=chapter.exercise_address in done or (chapter.pk, What.EXERCISE) in marks,
                said=chapter.exercise_address not in done and (chapter.pk, What.EXERCISE) in marks,
            )
            for place, chapter in enumerate(chapters, 1)
        ],
        is_kept=True,
    )
