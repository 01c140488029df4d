"""Whether a comment stands at once or waits for an editor. No third party is asked."""

import re

from django.conf import settings

from conversation.decisions import Barred, Held
from conversation.errors import Blocked
from conversation.models import Comment

MOST_LINKS = 2
LINK = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)


def reason(*, text: str, name: str, email: str, is_reader: bool) -> Held:
    """`is_reader`: without a login; then its first comment may have to wait. Raises Blocked."""
    barred = list(Barred.objects.that_touch(email))
    if any(one.kind == Barred.ADDRESS for one in barred):
        raise Blocked
    if len(LINK.findall(text)) > MOST_LINKS:
        return Held.LINKS
    if any(_says(f"{name}\n{text}", one.text) for one in barred):
        return Held.WORD
    if not is_reader or not settings.HOLD_FIRST_COMMENTS:
        return Held.NOT
    return Held.NOT if Comment.objects.standing().filter(user_email=email.lower()).exists() else Held.FIRST


def refuse_blocked(email: str) -> None:
    """Asked before a mail is written to a reader's address. Raises Blocked."""
    if Barred.objects.that_touch(email).filter(kind=Barred.ADDRESS).exists():
        raise Blocked


def _says(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text.casefold()) is not None
