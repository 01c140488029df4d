"""How a club finds its next book: what is proposed to it, and the polls in which it chooses."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clubs.choosing.counting import METHODS, Count
from clubs.groups.models import Access, Club, Membership
from clubs.reading.models import Book, Reading
from movement.editing import Edited

if TYPE_CHECKING:
    from accounts.models import User


class Method(models.TextChoices):
    APPROVAL = "approval", _("Tick all that you would read")
    RUNOFF = "runoff", _("Rank them; the last leaves, round by round")
    BORDA = "borda", _("Rank them; every place counts in points")
    CONDORCET = "condorcet", _("Rank them; whoever wins each duel")
    SINGLE = "single", _("One vote each")


class TieRule(models.TextChoices):
    EARLIEST = "earliest", _("The one proposed first")
    LOT = "lot", _("By a lot, drawn when the poll opens")
    ORGANISERS = "organisers", _("The organisers choose among them")


class Closing(models.TextChoices):
    """Why a poll is closed."""

    TIME = "time", _("its time was up")
    HAND = "hand", _("an organiser closed it")
    CALLED_OFF = "off", _("it was called off")


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, user: "User") -> Self:
        """Of the clubs this person is a member of."""
        mine = Membership.objects.filter(club=models.OuterRef("club"), ally__user=user.pk)
        return self.filter(models.Exists(mine))

    def waiting(self) -> Self:
        """Those that the club has not read since: a poll that was lost takes nothing from them."""
        read = Reading.objects.filter(club=models.OuterRef("club"), book=models.OuterRef("book"))
        return self.filter(~models.Exists(read))

    def passed_on_to(self, club: Club) -> Self:
        """What may be offered to this club from others: never out of a hidden or archived one."""
        known = models.Q(nominations__club=club) | models.Q(readings__club=club)
        away = self.filter(may_travel=True, club__archived_at=None).exclude(club__access=Access.PRIVATE)
        return away.exclude(club=club).exclude(book__in=Book.objects.filter(known))


class Nomination(models.Model):
    """Somebody would like the club to read this. `may_travel`: other clubs may be shown the book and the reason too."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="nominations")
    book = models.ForeignKey(Book, models.PROTECT, related_name="nominations")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="nominations")
    reason = models.CharField(_("why this one"), max_length=400)
    may_travel = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("nomination"), _("nominations")
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["club", "book"], name="a_book_is_proposed_once_to_a_club")]

    def __str__(self) -> str:
        return str(_("a nomination"))

    @property
    def signed(self) -> str | None:
        """The name beside it; none where the writer is unseen by now."""
        return self.membership.shown_name_on(self.made_at)


class PollQuerySet(models.QuerySet["Poll"]):
    def visible_to(self, user: "User") -> Self:
        mine = Membership.objects.filter(club=models.OuterRef("club"), ally__user=user.pk)
        return self.filter(models.Exists(mine))

    def running(self) -> Self:
        """Not closed yet, though their time may be up: the clock closes them."""
        return self.filter(closed_at=None)


class Poll(Edited):
    """The club chooses among books. `profile` is the count's material, written at the close: each different ballot with
    its number. `lot` is the order of the options in which a tie is broken, fixed when the poll opens.
    """

    club = models.ForeignKey(Club, models.CASCADE, related_name="polls")
    method = models.CharField(max_length=9, choices=Method, default=Method.APPROVAL)
    is_secret = models.BooleanField(default=True)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    tie_rule = models.CharField(max_length=10, choices=TieRule, default=TieRule.EARLIEST)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, editable=False)
    why_closed = models.CharField(max_length=4, choices=Closing, blank=True, editable=False)
    closing_words = models.CharField(max_length=200, blank=True)
    books: "models.ManyToManyField[Book, Option]" = models.ManyToManyField(Book, through="Option", related_name="+")
    winner = models.ForeignKey(Book, models.PROTECT, null=True, editable=False, related_name="polls_won")
    settled_by_tie_rule = models.BooleanField(default=False, editable=False)
    lot = models.JSONField(default=list, editable=False)
    profile = models.JSONField(default=list, editable=False)

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("poll"), _("polls")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["club"], condition=models.Q(closed_at=None), name="one_poll_at_a_time"),
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opened_at")), name="a_poll_lasts"),
        ]

    def __str__(self) -> str:
        return str(_("a poll"))

    def get_absolute_url(self) -> str:
        return reverse("clubs:poll", kwargs={"slug": self.club.slug, "id": self.pk})

    @property
    def is_open(self) -> bool:
        """Whether it takes ballots at this moment."""
        return self.closed_at is None and self.closes_at > timezone.now()

    @property
    def is_ranked(self) -> bool:
        return self.method in (Method.RUNOFF, Method.BORDA, Method.CONDORCET)

    @property
    def ballots_counted(self) -> int:
        return sum(n for _marks, n in self.profile)

    @property
    def has_quorum(self) -> bool:
        return self.ballots_counted >= (self.quorum or 1)

    @cached_property
    def count(self) -> Count:
        """As the ballots were counted at the close; the options by the numbers of their books."""
        profile = [(tuple(marks), n) for marks, n in self.profile]
        return METHODS[self.method](profile, self.lot)

    @property
    def is_undecided(self) -> bool:
        """A tie that the organisers have to settle."""
        return self.why_closed in (Closing.TIME, Closing.HAND) and self.winner_id is None and self.has_quorum


class Option(models.Model):
    """A book that stands in a poll; `position` is the order in which they were proposed."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    book = models.ForeignKey(Book, models.PROTECT, related_name="stands")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("option"), _("options")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["poll", "book"], name="a_book_stands_once_in_a_poll")]

    def __str__(self) -> str:
        return str(_("an option"))


class Ballot(models.Model):
    """One a member. While the poll is open it holds their marks, so that they can change them; the close of a secret
    poll empties the marks of every ballot, and what is left says no more than that this member has voted. No time is
    kept, and the poll's profile is sorted, so that neither can be laid beside the other.
    """

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="ballots")
    marks = models.JSONField(default=list)

    class Meta:
        verbose_name, verbose_name_plural = _("ballot"), _("ballots")
        constraints = [models.UniqueConstraint(fields=["poll", "membership"], name="one_ballot_per_member")]

    def __str__(self) -> str:
        return str(_("a ballot"))
