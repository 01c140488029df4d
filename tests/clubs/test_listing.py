"""The list of groups: what is found, and what it gives away."""

import pytest

from clubs.groups.models import Access, Club
from content.models import Topic
from movement.allies.models import Visibility
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member, a_reading

pytestmark = pytest.mark.django_db


def found(someone, **asked):
    """The names of the clubs on the list, in its order."""
    page = client_of(someone).get("/clubs/", asked)
    listing = page.context["found"]
    return [club.name for club in [*listing.mine, *listing.others]]


def near(someone):
    return [club.name for club in client_of(someone).get("/clubs/").context["found"].near]


@pytest.fixture
def tables(organiser):
    topic = Topic.objects.create(name="Handovers", slug="handovers")
    a_reading(a_club(organiser, "Bread", language="de", time_of_day="lunch", topics=[topic]), "The Ferry")
    a_club(organiser, "Lamps", language="en", time_of_day="night", access=Access.REQUEST, purpose="For late ones.")
    a_club(organiser, "Doors", access=Access.INVITATION)
    a_club(organiser, "Chairs", cap=1)
    a_club(organiser, "Cellar", access=Access.PRIVATE, language="fi", time_of_day="night", topics=[topic])


def test_clubs_are_found_by_what_they_say_of_themselves(tables, ally):
    for someone in (ally, None):
        assert [
            found(someone),
            found(someone, q="FERRY"),
            found(someone, q="late lamps"),
            found(someone, topic="handovers"),
            found(someone, language="de"),
            found(someone, when="night"),
            found(someone, room="on"),
            found(someone, when="night", room="on", q="lamps"),
            found(someone, mix="2"),
            found(someone, language="fi"),
        ] == [
            ["Bread", "Chairs", "Doors", "Lamps"],
            ["Bread"],
            ["Lamps"],
            ["Bread"],
            ["Bread"],
            ["Lamps"],
            ["Bread", "Lamps"],
            ["Lamps"],
            [],
            ["Bread", "Chairs", "Doors", "Lamps"],  # nobody speaks Finnish in a club they may know of
        ]
    page = client_of(ally).get("/clubs/").content.decode()
    assert ["Cellar" in page, "suomi" in page, "Deutsch" in page] == [False, False, True]


@pytest.mark.parametrize(
    "asked", [{"q": "\x00"}, {"topic": "x"}, {"mix": "9" * 30}, {"when": "'"}, {"after": "rubbish"}]
)
def test_what_cannot_be_read_is_not_asked_for(tables, ally, asked):
    answer = client_of(ally).get("/clubs/", asked)
    assert answer.status_code in (200, 400)


def test_the_list_goes_on_by_key_and_shows_each_club_once(organiser, ally):
    for n in range(45):
        a_club(organiser, f"Table {n % 40:02}")
    names, path = [], "/clubs/?room=on"
    while path:
        listing = client_of(ally).get(path).context["found"]
        names += [club.slug for club in listing.others]
        path = f"/clubs/?room=on&after={listing.next_key}" if listing.next_key else ""
    assert (len(names), len(set(names)), names[0]) == (45, 45, "table-00")


def test_departments_are_told_from_five_open_members_on_and_the_others_change_nothing(organiser, organisation, ally):
    club, units = a_club(organiser), list(organisation.values())[2:]
    page = client_of(ally)

    def told():
        text = page.get(club.get_absolute_url()).content.decode()
        return "departments" in text, found(ally, mix="2")

    steps = []
    for n, visibility in enumerate([Visibility.QUIET, Visibility.ALIAS, *[Visibility.OPEN] * 4]):
        a_member(
            club, make_ally(f"Person {n}", unit=units[n % 4], visibility=visibility, alias=f"Alias {'abcdef'[n] * 3}")
        )
        steps.append(told())
    assert steps == [(False, [])] * 5 + [(True, [club.name])]
    assert "4 departments" in page.get(club.get_absolute_url()).content.decode()


def test_a_club_near_me_says_that_one_is_missing(organiser, ally, organisation):
    topic = Topic.objects.create(name="Handovers", slug="handovers")
    short, other = a_club(organiser, "Short", cap=2), a_club(organiser, "Far", cap=3)
    assert near(ally) == []
    # By division, from five open allies besides oneself on: else it could only be her.
    for n in range(3):
        make_ally(f"Colleague {n}", unit=organisation["field-service"])
    assert near(ally) == []
    make_ally("Colleague 4", unit=organisation["customer-support"])
    assert (near(ally), near(organiser), near(None)) == (["Short"], [], [])
    Club.objects.filter(pk=short.pk).update(access=Access.PRIVATE)
    assert near(ally) == []
    # By topic, wherever they work.
    for club in (other, a_club(ally, "Mine")):
        club.topics.add(topic)
    Club.objects.filter(pk=other.pk).update(cap=None, starts_with=2)
    assert near(ally) == ["Far"]
    a_member(other, make_ally("Somebody"))
    assert near(ally) == []
