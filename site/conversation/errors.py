"""Why a comment cannot stand. The views say it in place."""

from django.utils.translation import gettext_lazy as _


class CannotComment(Exception):
    """`reason` is what the person is told."""

    reason = _("This cannot be posted here.")


class Closed(CannotComment):
    reason = _("No new comments can be added here. Your text is kept below, so you can take it with you.")


class NothingToAnswer(CannotComment):
    reason = _("The comment you are answering is not on this page any more. You can post yours on its own.")


class PageGone(CannotComment):
    reason = _("The page that this comment belongs to has been taken down.")


class TooLate(CannotComment):
    reason = _("A comment can be changed for 15 minutes. You can still delete it.")


class Blocked(CannotComment):
    reason = _("Comments from this address are not taken here. Your text is kept below.")
