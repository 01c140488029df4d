"""Why a comment cannot stand. The views say it in place."""

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class CannotComment(Exception):
    """`reason` is what the person is told."""

    reason: str | Promise = _("This cannot be posted here.")


class Closed(CannotComment):
    """`words` is what the host says of it."""

    def __init__(self, words: str = "") -> None:
        words = words or gettext("No new comments can be added here.")
        kept = gettext("Your text is kept below, so you can take it with you.")
        # A host may have put a link into its words: beside a form it stays one.
        self.reason = mark_safe(f"{conditional_escape(words)} {conditional_escape(kept)}")


class NothingToAnswer(CannotComment):
    reason = _("The comment you are answering is not on this page any more. You can post yours on its own.")


class PageGone(CannotComment):
    reason = _("The page that this comment belongs to has been taken down.")


class TooLate(CannotComment):
    reason = _("A comment can be changed for 15 minutes. You can still delete it.")


class NeedsALook(CannotComment):
    reason = _(
        "Changed like this, an editor would have to look at it first: for its links, or for a word. Write it as a new"
        " comment; this one stays as it is."
    )


class Blocked(CannotComment):
    reason = _("Comments from this address are not taken here. Your text is kept below.")
