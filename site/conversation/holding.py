"""Whether a comment stands at once or waits for an editor. No third party is asked."""

import re

from django.conf import settings

from conversation.decisions import Barred, Held
from conversation.errors import Blocked
from conversation.models import Comment
from conversation.texts import without_tricks
from ui.prose import markdown

MOST_LINKS = 2
LINK = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)


def reason(*, text: str, name: str, email: str, is_reader: bool) -> Held:
    """`is_reader`: without a login; then its first comment may have to wait. Raises Blocked."""
    barred = list(Barred.objects.that_touch(email))
    if any(one.kind == Barred.ADDRESS for one in barred):
        raise Blocked
    if _links(text) > MOST_LINKS:
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


def _links(text: str) -> int:
    """As typed or as they come out, whichever are more: some are written without `http`."""
    return max(len(LINK.findall(text)), markdown(text).count("<a "))


def _says(text: str, word: str) -> bool:
    """Also where signs that cannot be seen, or letters of another width, stand in it."""
    whole_word = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return any(whole_word.search(one.casefold()) for one in (text, without_tricks(text)))
