"""What a server's refusal says of an address. Only its code is kept: its words often name the address in full."""

import re
from dataclasses import dataclass

#: A status code (RFC 3463), and the plain answer of a server (RFC 5321) before it.
ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
ANSWER = re.compile(r"(?:^|[;\s])([245]\d\d)\b")
#: No such mailbox or domain, an address nobody can write to, a mailbox that is closed.
GONE = re.compile(r"5\.1\.\d{1,3}|5\.2\.1")
#: Without a status code, these say the same when they come as the answer to the address.
GONE_ANSWERS = frozenset({"550", "551", "553"})
#: "Other or undefined": the server says no more than its plain answer does.
SAYS_NOTHING = frozenset({"5.0.0"})


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """`hard` when the address itself is gone; a full mailbox or a slow server may be better tomorrow.

    A policy is about whoever sends: it counts against no address, or one listed server would silence them all.
    """

    hard: bool
    code: str
    is_about_us: bool = False


def refusal_of(*, status: str = "", said: str) -> Refusal:
    """From the report's own Status field and the words of the server that refused.

    The words are nearer to what happened: a mail system may sum up a policy as 5.0.0 or even as 5.1.1.
    """
    answer = ANSWER.search(said)
    plain = answer[1] if answer else ""
    enhanced = ENHANCED.search(said)
    exact = enhanced[1] if enhanced else ("" if status in SAYS_NOTHING else status)
    hard = bool(GONE.fullmatch(exact)) if exact else plain in GONE_ANSWERS
    code = " ".join(filter(None, (plain, exact or status)))
    return Refusal(hard=hard, code=code, is_about_us=exact[1:].startswith(".7."))
