"""What a poll shows: the options with their books, one's own ballot, and after the close how it was counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clubs.choosing.models import Ballot, Closing, Nomination, NominationQuerySet, Option, Poll
from clubs.groups.models import Club, Membership
from clubs.reading.models import Book


def nominations_of(club: Club) -> NominationQuerySet:
    return club.nominations.waiting().select_related("book", "membership__ally__user")  # type: ignore[no-any-return, attr-defined]


def passed_on(club: Club, limit: int = 6) -> list[Nomination]:
    """What others propose elsewhere and let travel; each book once, the newest first. Neither club nor name is told."""
    found: dict[int, Nomination] = {}
    for one in Nomination.objects.passed_on_to(club).select_related("book").order_by("-made_at")[: limit * 4]:
        found.setdefault(one.book_id, one)
    return list(found.values())[:limit]


def offered(club: Club) -> list[Book]:
    return [one.book for one in nominations_of(club)]


def running_poll(club: Club) -> Poll | None:
    return club.polls.running().first()  # type: ignore[no-any-return, attr-defined]


def marks_of(poll: Poll, membership: Membership) -> list[int] | None:
    """One's own ballot while the poll runs, or after an open one; None without one."""
    return Ballot.objects.filter(poll=poll, membership=membership).values_list("marks", flat=True).first()


@dataclass(frozen=True)
class Line:
    """One option in one round; `share` of the most points in it, in hundredths, for the bar."""

    book: int
    title: str
    points: str
    share: int
    is_out: bool


@dataclass(frozen=True)
class Told:
    """A round in words and lines."""

    number: int
    lines: list[Line]
    out: str
    spent: int


@dataclass(frozen=True)
class ToldDuel:
    better: str
    worse: str
    n: int
    m: int


def rounds(poll: Poll, options: Sequence[Option]) -> list[Told]:
    titles = {option.book_id: option.book.title for option in options}
    told = []
    for number, one in enumerate(poll.count.rounds, start=1):
        most = max(one.points.values(), default=0)
        ranked = sorted(one.points.items(), key=lambda pair: (-pair[1], poll.lot.index(pair[0])))
        lines = [
            Line(book, titles[book], f"{points:g}", round(100 * points / most) if most else 0, book == one.out)
            for book, points in ranked
        ]
        told.append(Told(number, lines, titles[one.out] if one.out else "", one.spent))
    return told


def duels(poll: Poll, options: Sequence[Option]) -> list[ToldDuel]:
    titles = {option.book_id: option.book.title for option in options}
    return [
        ToldDuel(titles[one.one], titles[one.other], one.ones, one.others)
        if one.ones >= one.others
        else ToldDuel(titles[one.other], titles[one.one], one.others, one.ones)
        for one in poll.count.duels
    ]


def outcome(poll: Poll) -> str:
    """In a sentence; the title of the winner stands beside it."""
    if poll.why_closed == Closing.CALLED_OFF:
        return _("It was called off, and nothing was counted.")
    if not poll.profile:
        return _("Nobody voted. What was proposed is still there.")
    if not poll.has_quorum:
        return _("Too few voted for it to count. What was proposed is still there.")
    if poll.is_undecided:
        return _("Several are level. The organisers choose among them.")
    if poll.settled_by_tie_rule:
        rule = poll.get_tie_rule_display()
        return _("Several were level; what was declared beforehand decided: %(rule)s.") % {"rule": rule.lower()}
    return _("It is decided.")


def names_by_book(poll: Poll) -> dict[int, list[str]]:
    """Of an open poll that is over: who of those who show themselves wished for which (their first wish, if ranked)."""
    if poll.is_secret or not poll.closed_at:
        return {}
    found: dict[int, list[str]] = {}
    shown = Membership.objects.shown().filter(club=poll.club_id)
    for ballot in poll.ballots.filter(membership__in=shown.order_by().values("pk")).select_related(
        "membership__ally__user"
    ):
        name = ballot.membership.shown_name_on(poll.opened_at)
        for book in ballot.marks[:1] if poll.is_ranked else ballot.marks:
            if name:
                found.setdefault(book, []).append(name)
    return found
