"""Search tells nobody of what they may not see: such a word gives, letter for letter, the page that nonsense gives."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from clubs.groups.models import Access
from clubs.reading.models import Book
from movement.allies.models import Visibility
from movement.personas.models import Audience
from tests import cast
from tests.clubs.worlds import a_club, a_reading
from tests.content.makers import make_article
from tests.movement.worlds import make_card, make_decision
from tests.permissions.matrix import ALLIES, EVERYONE, NOBODY, ORGANISERS, OWNER

pytestmark = pytest.mark.django_db

NONSENSE = "wqxjzkv"
#: What was written where, and who may find it. A letter more must not find it by a suggestion either.
CANARIES = {
    "zephyrine": NOBODY,  # a quiet ally: name, alias, role, about
    "velvetheron": NOBODY,
    "bellfounder": NOBODY,
    "sextants": NOBODY,
    "brackwater": NOBODY,  # an ally by alias: name, role
    "cartographer": NOBODY,
    "copperlantern": ALLIES,  # the alias
    "ottoline": ALLIES,  # an open ally
    "glassblower": ALLIES,
    "thistledown": ORGANISERS,  # a private club: name, purpose, book, its author
    "murmuration": ORGANISERS,
    "palimpsest": ORGANISERS,
    "hollingbourne": ORGANISERS,
    "verdigris": OWNER,  # a card of one's own, and one that allies see
    "hollyhock": ALLIES,
    "vellichor": OWNER,  # a decision kept to oneself: its sentence, what one should know
    "susurrus": OWNER,
    "petrichor": ALLIES,  # one shown to allies
    "quagmire": NOBODY,  # pages: a draft, an edit not yet published, a scheduled one, one taken back, a private one
    "maelstrom": NOBODY,
    "labyrinth": NOBODY,
    "cavalcade": NOBODY,
    "mezzanine": NOBODY,
    "fisherfolk": EVERYONE,  # a public one
}


def page_of(client: Client, asked: str) -> str:
    """The answer, without the question in it and without what is of this moment."""
    response = client.get("/search/", {"q": asked})
    assert response.status_code == 200
    return re.sub(re.escape(asked), "?", response.content.decode())


@pytest.fixture
def canaries(world) -> None:
    unit = world.unit
    quiet, by_alias = {"visibility": Visibility.QUIET}, {"visibility": Visibility.ALIAS}
    cast.make_ally("Zephyrine Quill", alias="Velvetheron", role="Bellfounder", about="Sextants", unit=unit, **quiet)
    cast.make_ally("Otter Brackwater", alias="Copperlantern", role="Cartographer", unit=unit, **by_alias)
    cast.make_ally("Ottoline Marsh", unit=unit, role="Glassblower")
    make_card(world.ally, want="Verdigris")
    make_card(world.ally, want="Hollyhock", audience=Audience.ALLIES)
    club = a_club(world.organiser, "Thistledown", purpose="A murmuration.", access=Access.PRIVATE)
    book = a_reading(club, title="Palimpsest").book
    Book.objects.filter(pk=book.pk).update(author="Hollingbourne")
    make_article("Quagmire", live=False)
    make_decision(world.ally, "Vellichor or not?", audience="only_me", background="A susurrus.")
    make_decision(world.ally, "Petrichor or not?")
    edited = make_article("Fisherfolk")
    edited.title = "Maelstrom"
    edited.save_revision()
    later = make_article("Labyrinth", live=False)
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision(approved_go_live_at=later.go_live_at)
    make_article("Cavalcade").unpublish()
    closed = make_article("Mezzanine")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_what_somebody_may_not_see_is_nonsense_to_search(role, canaries, clients):
    client = clients[role]()
    nothing = page_of(client, NONSENSE)
    found = {word for word in CANARIES if page_of(client, word) != nothing}
    assert found == {word for word, roles in CANARIES.items() if role in roles}
    unlike = {word for word in CANARIES if word != "fisherfolk" and page_of(client, f"{word[:-1]}qx") != nothing}
    assert unlike == set()


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_two_words_find_no_more_than_one(role, canaries, clients):
    """Some of the words will do when not all are found; what must not be seen is among them as little as alone."""
    client = clients[role]()
    nothing = page_of(client, f"{NONSENSE} {NONSENSE[::-1]}")
    found = {word for word in CANARIES if page_of(client, f"{word} {NONSENSE[::-1]}") != nothing}
    # What lies in tables wants every word; only the public pages are content with some.
    assert found <= {word for word, roles in CANARIES.items() if role in roles}
