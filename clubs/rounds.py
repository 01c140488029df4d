"""A round on one page: what a group met, kept and made of a book, as each member may read it; and sending it around.

It never leaves the members: the others are sent the way to the page, which opens for members alone, and a copy goes to
nobody but the member who asks for one.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import limits
from accounts.models import User
from clubs.discussion.models import Highlight, opened_sections
from clubs.discussion.queries import highlights
from clubs.groups.models import Membership
from clubs.reading.finishing import verdicts
from clubs.reading.models import Reading, Section, Verdict
from postbox import kinds, letters, links
from postbox.kinds import Kind
from postbox.letters import Letter
from postbox.services import notify, send_mail

ROUND, COPY = "club-round", "club-round-copy"
MOST_KEPT = 12
COPIES_AN_HOUR = 6


@dataclass(frozen=True)
class Round:
    """`said` are the verdicts that this member may read, `waiting` is how many open at the last section: they may tell
    the end.
    """

    reading: Reading
    sections: list[Section]
    kept: list[Highlight]
    said: list[Verdict]
    waiting: int

    @property
    def last(self) -> Section | None:
        return self.sections[-1] if self.sections else None

    @property
    def differently(self) -> list[Verdict]:
        return [one for one in self.said if one.differently]


def round_of(reading: Reading, membership: Membership) -> Round:
    """As this member may read it now: everything, once the last section is open to them or they have said their own."""
    user = membership.ally.user
    sections = list(reading.sections.all())
    is_open = not sections or opened_sections(membership).filter(pk=sections[-1].pk).exists()
    said = verdicts(reading, user)
    is_open = is_open or any(one.membership_id == membership.pk for one in said)
    kept = highlights(membership, user).filter(section__reading=reading)[:MOST_KEPT]
    return Round(reading, sections, list(kept), said if is_open else [], 0 if is_open else len(said))


def address_of(reading: Reading) -> str:
    return reverse("clubs:summary", kwargs={"slug": reading.club.slug, "id": reading.pk})


@transaction.atomic
def send_to_members(*, reading: Reading) -> None:
    """Each member is told once where the round stands on one page; later ones by sending it again."""
    said = _("“%(club)s” on one page: what was made of “%(title)s”, and what was kept of it.")
    words = {"club": reading.club.name, "title": reading.book.title}
    for member in reading.club.memberships.filter(ally__user__is_active=True).select_related("ally__user"):
        event = f"round:{reading.pk}:{member.pk}"
        notify(kind=ROUND, user=member.ally.user, event=event, text=said % words, url=address_of(reading))


@transaction.atomic
def send_copy(*, reading: Reading, membership: Membership) -> None:
    """To this member's own address, as it stands when the mail goes out. Raises TooMany."""
    user = membership.ally.user
    limits.hit(scope="round-copy", key=str(user.pk), limit=COPIES_AN_HOUR, per=timedelta(hours=1))
    event = f"copy:{reading.pk}:{membership.pk}:{timezone.now():%Y%m%d%H%M%S}"
    send_mail(
        kind=COPY, to=user.email, event=event, template="club_round", context=_told(reading, membership), user=user
    )


def _told(reading: Reading, membership: Membership) -> dict[str, Any]:
    about = {"club": reading.club, "round": round_of(reading, membership), "url": links.absolute(address_of(reading))}
    return about | {"user": membership.ally.user}


def words(event: str) -> Letter | None:
    """Nothing for who is a member no more."""
    _copy, reading, member, _at = event.split(":")
    membership = Membership.objects.filter(pk=member, ally__user__is_active=True).select_related("ally__user").first()
    found = Reading.objects.with_cover().select_related("club").filter(pk=reading).first()
    if membership is None or found is None or membership.club_id != found.club_id:
        return None
    return letters.write("club_round", _told(found, membership))


def still_wanted(user: User | None, event: str) -> bool:
    """Still a member."""
    _round, reading, member = event.split(":")
    mine = Membership.objects.filter(pk=member, ally__user=user, club__archived_at=None, club__readings=int(reading))
    return mine.exists()


def register_kinds() -> None:
    label = gettext_lazy("A round of a reading group of mine, on one page")
    kinds.register(Kind(name=ROUND, label=label, still_wanted=still_wanted, digest="notifications"))
    label = gettext_lazy("A copy of a round that I asked for")
    kinds.register(Kind(name=COPY, label=label, by_choice=False, words=words))
