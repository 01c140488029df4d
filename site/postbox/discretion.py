"""Inboxes that others may see: what comes to them says nothing of the matter outside the letter itself.

Kept by the hash of the address, for readers with and without a login alike, and heeded by the sender for every mail,
chosen or not. Only what was asked for a moment ago (a log-in code, a confirmation) has to be found, and keeps its
subject: `Kind.is_covered`.
"""

import re
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from post_office.models import Email

from postbox.addresses import hashed
from postbox.models import Discretion

_BODY = re.compile(r"<body[^>]*>")
#: What a list of mails shows beside the subject; the blanks keep the letter's first words out of it.
_GLIMPSE = '<div style="display:none;max-height:0;overflow:hidden">{}{}</div>'
_BLANKS = "&#847;&zwnj;&nbsp;" * 60


def is_discreet(address: str) -> bool:
    return Discretion.objects.filter(recipient=hashed(address)).exists()


@transaction.atomic
def ask(*, address: str, discreet: bool) -> None:
    """From the next mail on; a second time changes nothing."""
    recipient = hashed(address)
    if discreet:
        Discretion.objects.get_or_create(recipient=recipient)
    else:
        Discretion.objects.filter(recipient=recipient).delete()


def cover(email: Email) -> None:
    """Give the mail (in memory only) a subject, a sender and a glimpse that could be anybody's."""
    email.subject = _("Your letter")
    email.from_email = formataddr((_("Letters"), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    glimpse = _GLIMPSE.format(_("A letter that you asked for."), _BLANKS)
    email.html_message = _BODY.sub(lambda body: body[0] + glimpse, email.html_message or "", count=1)
