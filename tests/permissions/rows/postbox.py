"""Notifications, unsubscribing, health, and the mailbox of a trial."""

from accounts import tokens
from postbox import unsubscribing
from tests.permissions.matrix import EVERYONE, OWNER, SIGNED_IN, STEWARDS, Row


def stopped_already(world):
    return {"token": tokens.make(unsubscribing.PURPOSE, {"what": "notification", "user": 0, "kind": ""})}


ROWS = [
    Row("postbox:health", get=EVERYONE),
    Row("postbox:notifications", get=SIGNED_IN),
    Row("postbox:mark_read", post=SIGNED_IN),
    Row("postbox:preferences", post=SIGNED_IN),
    Row("postbox:open_notification", kwargs=lambda world: {"id": world.note_to_ally.pk}, post=OWNER),
    Row("postbox:mark_unread", kwargs=lambda world: {"id": world.note_to_ally.pk}, post=OWNER),
    Row("postbox:pause_mail", post=SIGNED_IN),
    Row("postbox:resume_mail", post=SIGNED_IN),
    Row("postbox:unsubscribe", kwargs=stopped_already, get=EVERYONE, post=EVERYONE),
    Row("bounces_cms:suppressed", get=STEWARDS),
    Row("bounces_cms:let_in_again", post=STEWARDS),
    # A trial on one machine only, which the tests are; elsewhere 404 (tests/postbox/mailbox).
    Row("postbox:mails", get=EVERYONE),
    Row("postbox:mail", kwargs={"name": "none.eml"}),
    Row("postbox:mail_page", kwargs={"name": "none.eml"}),
]
