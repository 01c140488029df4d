"""Films from elsewhere: which addresses may be embedded, and where their players are. Nothing is ever asked there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
YOUTUBE_ID = re.compile(r"(?:/(?:embed|shorts|live|v)/|/)([\w-]{11})/?", re.ASCII)
VIMEO_PATH = re.compile(r"/(?:video/|channels/[\w-]+/)?(\d{1,12})(?:/([0-9a-f]{6,20}))?/?", re.ASCII)
PEERTUBE_PATH = re.compile(r"/(?:w|videos/watch|videos/embed)/([\w-]{8,36})/?", re.ASCII)


@dataclass(frozen=True)
class Player:
    """`name` is what readers know it by, `src` what the frame loads, from `origin`; `page` is the film's own page."""

    name: str
    src: str
    page: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.src)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        return urlsplit(self.src).netloc


def player_of(address: str) -> Player | None:
    """The player of an address on the list; None for any other."""
    try:
        parts = urlsplit(address.strip())
        host, query = (parts.hostname or "").lower(), parse_qs(parts.query, max_num_fields=20)
        plain = parts.port is None and "@" not in parts.netloc
    except ValueError:
        return None
    if parts.scheme != "https" or not plain:
        return None
    return next((found(parts.path, query, host) for hosts, found in finders() if host in hosts), None)


def youtube(path: str, query: dict[str, list[str]], _host: str) -> Player | None:
    known = YOUTUBE_ID.fullmatch(f"/{query['v'][0]}" if path == "/watch" and "v" in query else path)
    if not known:
        return None
    number = known[1]
    src, page = f"https://www.youtube-nocookie.com/embed/{number}", f"https://www.youtube.com/watch?v={number}"
    return Player("YouTube", src, page)


def vimeo(path: str, query: dict[str, list[str]], _host: str) -> Player | None:
    known = VIMEO_PATH.fullmatch(path)
    if not known:
        return None
    number, key = known[1], known[2] or (query.get("h") or [""])[0]
    key = key if re.fullmatch(r"[0-9a-f]{6,20}", key) else ""
    src = f"https://player.vimeo.com/video/{number}?dnt=1" + (f"&h={key}" if key else "")
    return Player("Vimeo", src, f"https://vimeo.com/{number}" + (f"/{key}" if key else ""))


def peertube(path: str, _query: dict[str, list[str]], host: str) -> Player | None:
    known = PEERTUBE_PATH.fullmatch(path)
    if not known:
        return None
    return Player(host, f"https://{host}/videos/embed/{known[1]}", f"https://{host}/w/{known[1]}")


Finder = Callable[[str, dict[str, list[str]], str], Player | None]


def finders() -> list[tuple[set[str], Finder]]:
    return [(YOUTUBE, youtube), (VIMEO, vimeo), (set(settings.PEERTUBE_HOSTS), peertube)]


def on_the_list(address: str) -> None:
    """A validator: says which addresses would do."""
    if player_of(address) is None:
        places = ", ".join(["YouTube", "Vimeo", *settings.PEERTUBE_HOSTS])
        raise ValidationError(
            _("Give the https:// address of one film at %(places)s. To anything else you can link."),
            code="not_on_the_list",
            params={"places": places},
        )
