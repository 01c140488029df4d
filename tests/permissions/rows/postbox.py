"""Notifications, unsubscribing, health, and the mailbox of a trial."""

from accounts import tokens
from postbox import unsubscribing
from tests.permissions.matrix import EVERYONE, SIGNED_IN, Row


def stopped_already(world):
    return {"token": tokens.make(unsubscribing.PURPOSE, {"what": "notification", "user": 0, "kind": ""})}


ROWS = [
    Row("postbox:health", get=EVERYONE),
    Row("postbox:notifications", get=SIGNED_IN),
    Row("postbox:mark_read", post=SIGNED_IN),
    Row("postbox:preferences", post=SIGNED_IN),
    Row("postbox:unsubscribe", kwargs=stopped_already, get=EVERYONE, post=EVERYONE),
    # A trial on one machine only, which the tests are; elsewhere 404 (tests/postbox/mailbox).
    Row("postbox:mails", get=EVERYONE),
    Row("postbox:mail", kwargs={"name": "none.eml"}),
    Row("postbox:mail_page", kwargs={"name": "none.eml"}),
]
