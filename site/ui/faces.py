"""A person as a circle. Only what they chose to be called is drawn; nothing comes from an address."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

KINDS = ("open", "me", "alias")
SIZES = ("", "s")


def initials(name: str) -> str:
    """The first letters of the first and the last word of `name`, in capitals."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def face(*, name: str, kind: str = "open", size: str = "", picture: str = "") -> SafeString:
    """`kind`: "open" (by name), "me" (the reader), "alias" (dashed, one letter). `size`: "" or "s".

    `picture` is the address of a portrait, which stands in the place of the initials; never beside an alias.
    """
    if kind not in KINDS or size not in SIZES:
        raise ValueError(f"A face is one of {KINDS} in one of {SIZES}, not {kind!r} in {size!r}.")
    if kind == "alias" and picture:
        raise ValueError("An alias has no portrait.")
    looks = "face" + (" face--alias" if kind == "alias" else "") + (f" face--{size}" if size else "")
    if picture:
        looks += " face--picture" + (" face--mine" if kind == "me" else "")
        return format_html('<img class="{}" src="{}" alt="" width="44" height="44" loading="lazy">', looks, picture)
    if kind == "alias":
        ring = SafeString('<circle class="face__ring--dash" cx="22" cy="22" r="20.5" stroke-width="1.75"/>')
        letters, base = initials(name)[:1], "28.5"
    else:
        ring = SafeString('<circle cx="22" cy="22" r="22"/>')
        if kind == "me":
            ring += SafeString('<circle class="face__ring" cx="22" cy="22" r="20.5"/>')
        letters, base = initials(name), "27.3"
    text = format_html('<text x="22" y="{}">{}</text>', base, letters) if letters else SHOULDERS
    return format_html('<svg class="{}" viewBox="0 0 44 44" aria-hidden="true">{}{}</svg>', looks, ring, text)


#: Somebody without a name yet: a head and shoulders.
SHOULDERS = SafeString(
    '<g class="face__nobody"><circle cx="22" cy="18" r="6.5"/><path d="M9.5 36a12.5 12.5 0 0 1 25 0"/></g>'
)
