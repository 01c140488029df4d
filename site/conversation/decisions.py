"""What those who moderate have decided: who and what is barred, and the audit log."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from conversation.hosts import private_kinds


class Held(models.TextChoices):
    NOT = "", _("not held")
    FIRST = "first", _("the first comment of this address")
    LINKS = "links", _("more than two links")
    WORD = "word", _("a word on the list")
    BROUGHT = "brought", _("held on the site it came from")


class Verdict(models.TextChoices):
    APPROVED = "approved", _("let stand")
    REMOVED = "removed", _("taken down")
    BLOCKED = "blocked", _("address blocked")
    UNBLOCKED = "unblocked", _("address let in again")
    WORDS = "words", _("list of words changed")


class BarredQuerySet(models.QuerySet["Barred"]):
    def words(self) -> "BarredQuerySet":
        return self.filter(kind=Barred.WORD).order_by("text")

    def addresses(self) -> "BarredQuerySet":
        return self.filter(kind=Barred.ADDRESS).order_by("-pk")

    def that_touch(self, email: str) -> "BarredQuerySet":
        """All words, and this address where it is blocked: one question for both."""
        here = models.Q(kind=Barred.ADDRESS, text=hash_of(email))
        return self.filter(models.Q(kind=Barred.WORD) | here)


class Barred(models.Model):
    """A word that holds a comment, or an address that may not write. An address is kept as a keyed hash only;
    `shown` is what of it can be recognised.
    """

    WORD, ADDRESS = "word", "address"
    kind = models.CharField(max_length=10, choices=[(WORD, _("word")), (ADDRESS, _("address"))])
    text = models.CharField(max_length=100)
    shown = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = BarredQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "text"], name="barred_once")]

    def __str__(self) -> str:
        return self.shown or self.text


class DecisionQuerySet(models.QuerySet["Decision"]):
    def for_editors(self) -> "DecisionQuerySet":
        """Without what was decided about talk that only some may see, by those who look after it. Of a comment that is
        gone nobody can tell where it stood: such a line is not shown either.
        """
        rules = models.Q(what__in=[Verdict.UNBLOCKED, Verdict.WORDS])
        comments = models.Q(comment__isnull=False)
        for kind in private_kinds():
            comments &= ~models.Q(comment__talk__startswith=f"{kind}:")
        return self.filter(rules | comments)


class Decision(models.Model):
    """One line of the audit log; never changed. `answer` is the one answer of a writer whose comment was taken down."""

    comment = models.ForeignKey("conversation.Comment", models.SET_NULL, null=True, related_name="decisions")
    what = models.CharField(max_length=10, choices=Verdict)
    why = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.about}"


def hash_of(email: str) -> str:
    return salted_hmac("conversation.barred", email.casefold(), algorithm="sha256").hexdigest()
