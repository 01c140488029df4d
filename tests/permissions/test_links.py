"""Every token at every address that takes one: of another kind, altered, of 400 days ago, used before, somebody
else's. A clear page, and nothing has changed; and whoever only looks never changes anything, however often.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from content.models import Consent, PartWish, Subscriber
from conversation.models import Comment, Decision, PendingComment
from postbox import unsubscribing
from postbox.digests.models import DigestChoice, DigestReader
from postbox.models import Preference
from tests import cast
from tests.permissions.links import AGELESS, PLACES, WITH_A_CODE, WORKSHOPS, homeless, links_of

pytestmark = pytest.mark.django_db
#: Everything that some button behind a link asks for.
PRESSED = {
    "text": "It was agreed.",
    "what": "all",
    "articles": "all",
    "pace": "monthly",
    "timezone": "UTC",
    "coming": "yes",
    "q1-serving": "4",
    "q1-served": "2",
}
#: Who is signed in, and how often somebody knocked: looking may write that down.
FLEETING = {"sessions.Session", "accounts.Limit"}
YEARS = timedelta(days=400).total_seconds()
OURS = ("accounts", "postbox", "conversation", "content", "movement", "clubs")


def places() -> set[str]:
    """The names of our addresses in which a token or a code stands."""
    return {
        f"{resolver.namespace}:{entry.name}"
        for resolver in get_resolver().url_patterns
        if getattr(resolver, "namespace", None) in OURS
        for entry in resolver.url_patterns
        if isinstance(entry, URLPattern) and {"token", "code"} & entry.pattern.converters.keys()
    }


def address(world: SimpleNamespace, place: str, token: str) -> str:
    club = {"slug": world.club.slug}
    more = {
        "clubs:invited": club,
        "clubs:answer_by_mail": club | {"id": world.meeting.pk},
        "movement:take_workshop_card": {"id": world.table_card.pk},
    }.get(place, {})
    return reverse(place, kwargs={"code" if place in WITH_A_CODE else "token": token, **more})


def state() -> dict[str, list[dict]]:
    """Every row of every table."""
    models = [model for model in apps.get_models() if model._meta.managed and model._meta.label not in FLEETING]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def changed(before: Mapping[str, list[dict]]) -> list[str]:
    """The tables that are not as they were."""
    return [label for label, rows in state().items() if rows != before[label]]


class Browsers(dict[str, Client]):
    """By the name of an address, who opens it: a visitor, or somebody else signed in where it asks for that."""

    def __init__(self, world: SimpleNamespace) -> None:
        signed_in = {"clubs:invited": world.alias_ally, "accounts:download": world.ally}
        signed_in |= dict.fromkeys(WORKSHOPS, world.alias_ally)
        super().__init__({place: cast.client_of(ally) for place, ally in signed_in.items()})

    def __missing__(self, place: str) -> Client:
        return Client()


@pytest.fixture
def opened(world) -> Browsers:
    return Browsers(world)


def is_a_clear_no(answer: HttpResponse) -> bool:
    return answer.status_code == 405 or (answer.status_code in (400, 404, 410) and b"<h1" in answer.content)


def let_in(world: SimpleNamespace, client: Client, place: str, tokens: Mapping[str, str]) -> Iterator[str]:
    """What of these was answered otherwise than by a clear no."""
    for name, token in tokens.items():
        path = address(world, place, token)
        for method, answer in (("GET", client.get(path)), ("POST", client.post(path, PRESSED))):
            if not is_a_clear_no(answer):
                yield f"{method} {name} at {place}: {answer.status_code}"


def aged(make: Mapping[str, Callable[[], str]], monkeypatch) -> dict[str, str]:
    """The tokens as they were made 400 days ago."""
    long_ago = time.time() - YEARS
    with monkeypatch.context() as then:
        then.setattr("django.core.signing.time.time", lambda: long_ago)
        return {kind: token() for kind, token in make.items()}


def test_every_address_with_a_token_is_walked():
    assert set(PLACES.values()) | WITH_A_CODE == places()
    assert {kind.removeprefix("stop:") for kind in PLACES if kind.startswith("stop:")} == set(unsubscribing._ways)


def test_a_token_of_another_kind_opens_nothing(world, opened):
    tokens = {kind: token() for kind, token in links_of(world, "ally").items()} | homeless(world)
    before, wrong = state(), []
    for place in places():
        others = {kind: token for kind, token in tokens.items() if PLACES.get(kind) != place}
        wrong += let_in(world, opened[place], place, others)
    assert (wrong, changed(before)) == ([], [])


def test_an_altered_token_opens_nothing(world, opened):
    tokens = {kind: token() for kind, token in links_of(world, "ally").items()}
    before, wrong = state(), []
    for kind, good in tokens.items():
        altered = [good[:-1], good + "A", "A" + good[1:], good.swapcase(), "ä☃", "9" * 1_900]
        wrong += let_in(
            world, opened[PLACES[kind]], PLACES[kind], {f"{kind} as {text[:12]}…": text for text in altered}
        )
    wrong += let_in(world, Client(), "movement:join", {"made up": "x" * 60, "altered": world.invitation.code[:-1]})
    assert (wrong, changed(before)) == ([], [])


def test_a_token_of_400_days_ago_only_lets_people_out(world, opened, monkeypatch):
    tokens = aged(links_of(world, "ally"), monkeypatch)
    before, wrong = state(), []
    for kind, token in tokens.items():
        if kind not in AGELESS:
            wrong += let_in(world, opened[PLACES[kind]], PLACES[kind], {kind: token})
        elif Client().get(address(world, PLACES[kind], token)).status_code != 200:
            wrong.append(f"{kind} has grown too old")
    assert (wrong, changed(before)) == ([], [])


def test_looking_three_times_changes_nothing(world, opened):
    tokens = {kind: token() for kind, token in links_of(world, "ally").items()}
    before, statuses = state(), set()
    places = [(PLACES[kind], token) for kind, token in tokens.items()] + [("movement:join", world.invitation.code)]
    for place, token in places:
        client, path = opened[place], address(world, place, token)
        statuses |= {client.get(path).status_code for _look in range(3)} | {client.head(path).status_code}
    assert (statuses, changed(before)) == ({200}, [])


def press_all(world: SimpleNamespace, opened: Browsers, tokens: Mapping[str, str]) -> None:
    for kind, token in tokens.items():
        opened[PLACES[kind]].post(address(world, PLACES[kind], token), PRESSED)


def test_a_link_that_was_used_does_nothing_a_second_time(world, opened):
    tokens = {kind: token() for kind, token in links_of(world, "ally").items()}
    press_all(world, opened, tokens)
    before = state()
    press_all(world, opened, tokens)
    assert changed(before) == []


def test_a_link_touches_nothing_of_another_owner(world, opened):
    """Both owners have one of everything; all links of the one are pressed."""
    mine = {kind: token() for kind, token in links_of(world, "ally").items()}
    links_of(world, "member")
    before = theirs(world.member, "member@elsewhere.example")
    assert all(before.values())
    press_all(world, opened, mine)
    assert theirs(world.member, "member@elsewhere.example") == before
    assert not Subscriber.objects.filter(email="ally@elsewhere.example").exists()


def theirs(ally: object, email: str) -> dict[str, list[dict]]:
    user = ally.user  # type: ignore[attr-defined]
    found = {
        "comments": Comment.objects.filter(user_email=email),
        "decisions": Decision.objects.filter(comment__user_email=email),
        "waiting comments": PendingComment.objects.filter(email=email),
        "subscriptions": Subscriber.objects.filter(email__endswith=email),
        "digests": DigestReader.objects.filter(email=email),
        "sections": DigestChoice.objects.filter(reader__email=email),
        "wishes": PartWish.objects.filter(email=email),
    }
    nothing_yet = (Preference.objects.filter(user=user), Consent.objects.filter(subscriber__email__endswith=email))
    assert not any(rows.exists() for rows in nothing_yet)
    return {name: list(rows.order_by("pk").values()) for name, rows in found.items()}
