"""What a mail program would make a link of: it has no place in words that go to people who did not ask for them."""

import re
import unicodedata

#: A scheme, an address of mail, a host's name, or four numbers with dots. A full stop needs its space.
_LINK = re.compile(r"://|\bwww\b|\bmailto:|@\S|\b[\w-]+\.[^\W\d_]{2,}\b|\b\d{1,3}(\.\d{1,3}){3}\b", re.IGNORECASE)
#: Stops of other scripts that hosts may be written with (UTS 46).
_STOPS = str.maketrans({"。": ".", "｡": ".", "․": "."})


def has_link(text: str) -> bool:
    return bool(_LINK.search(unicodedata.normalize("NFKC", text).translate(_STOPS)))
