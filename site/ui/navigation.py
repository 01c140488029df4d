"""The main navigation. Its addresses are fixed by the design; no higher floor is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Link:
    """`sections` are the beginnings of the addresses that count as this place, besides its own."""

    url: str
    label: str | Promise
    sections: tuple[str, ...] = ()
    exact: bool = False


PRIMER = Link("/primer/", _("Primer"))
ARTICLES = Link("/articles/", _("Articles"))
CLUBS = Link("/clubs/", _("Reading groups"))
ABOUT = Link("/about/", _("About"))
TODAY = Link("/me/", _("Today"), ("/actions/", "/welcome/", "/me/definition/", "/me/note/"), exact=True)
ALLIES = Link("/allies/", _("Allies"), ("/introductions/", "/lunch/", "/invite/", "/definitions/"))
CARDS = Link("/personas/", _("Cards"), ("/service-map/", "/together/", "/decisions/"))
SPREAD = Link("/spread/", _("Spread"), ("/pulse/",))

#: Shown where the environment has switched some on.
OTHER_ACCOUNTS = Link("/accounts/3rdparty/", _("Other accounts"))
SETTINGS = (
    Link("/me/profile/", _("Profile and visibility")),
    Link("/me/notifications/", _("Notifications")),
    Link("/me/calendar/", _("Calendar")),
    Link("/accounts/email/", _("E-mail addresses")),
    Link("/accounts/password/change/", _("Password"), ("/accounts/password/set/",)),
    Link("/accounts/2fa/", _("Passkeys and second step")),
    OTHER_ACCOUNTS,
    Link("/accounts/sessions/", _("Devices")),
    Link("/me/data/", _("Your data")),
    Link("/accounts/logout/", _("Sign out")),
)
VISITOR = (PRIMER, ARTICLES, CLUBS, ABOUT)
ALLY = (TODAY, PRIMER, ARTICLES, ALLIES, CLUBS, CARDS, SPREAD)


@dataclass(frozen=True)
class Place:
    url: str
    label: str | Promise
    current: str


def links(*, path: str, signed_in: bool, opened: Iterable[Link] = ()) -> Sequence[Place]:
    """The links in order; `current` is "page" on the page itself, "true" below it, else empty. `opened` are places of
    the allies that visitors may see as well."""
    return places(ALLY if signed_in else [*VISITOR[:-1], *opened, VISITOR[-1]], path=path)


def places(of: Sequence[Link], *, path: str) -> Sequence[Place]:
    return [Place(link.url, link.label, _current(link, path)) for link in of]


def _current(link: Link, path: str) -> str:
    if path == link.url:
        return "page"
    own = () if link.exact else (link.url,)
    return "true" if path.startswith(own + link.sections) else ""
