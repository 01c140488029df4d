"""A quiet ally in a club: unseen, or by an alias that exists there alone."""

import pytest

from clubs.groups.models import Membership
from clubs.groups.queries import fellows
from movement.allies.models import Visibility
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member, a_reading

pytestmark = pytest.mark.django_db


def take(ally, club, alias):
    return client_of(ally).post(f"{club.get_absolute_url()}members/alias/", {"alias": alias})


def seen_by(ally, club):
    address = club.get_absolute_url()
    return "".join(client_of(ally).get(path).content.decode() for path in (address, f"{address}members/", "/clubs/"))


def names(club):
    return [member.shown_name for member in fellows(club)]


def test_whoever_is_quiet_is_asked_as_they_join_and_is_unseen_until_they_answer(club, quiet_ally, ally):
    answer = client_of(quiet_ally).post(f"{club.get_absolute_url()}members/join/")
    assert (answer["Location"], names(club)) == (f"{club.get_absolute_url()}members/alias/", ["Orla Penrose"])
    assert client_of(ally).post(f"{club.get_absolute_url()}members/join/")["Location"] == club.get_absolute_url()


def test_an_alias_is_known_in_its_club_and_nowhere_else(club, member, organiser, quiet_ally, ally):
    other = a_club(organiser, "Second Table")
    for table in (club, other):
        a_member(table, quiet_ally)
    assert take(quiet_ally, club, "Grey Heron")["Location"] == club.get_absolute_url()
    assert (names(club), names(other)) == (["Orla Penrose", "Milo Ferrant", "Grey Heron"], ["Orla Penrose"])
    page = seen_by(member.ally, club)
    assert ["Grey Heron" in page, "Quenby" in page, "alias" in page] == [True, False, True]
    for outside in (seen_by(ally, club), seen_by(organiser, other)):
        assert "Grey Heron" not in outside
    take(quiet_ally, club, "")
    assert names(club) == ["Orla Penrose", "Milo Ferrant"]


@pytest.mark.parametrize(
    "alias", ["Quenby", "Grey Her0n", "Milo Ferrant", "Night Ferry", "Old Skin", "x", "Grey\u200bFox"]
)
def test_an_alias_that_tells_or_is_taken_is_refused_and_kept_in_the_form(club, member, quiet_ally, alias_ally, alias):
    other = make_ally("Una Sedge", visibility=Visibility.QUIET)
    a_member(club, other)
    assert take(other, club, "Grey Heron").status_code == 302
    quiet_ally.alias = "Old Skin"
    quiet_ally.save()
    a_member(club, quiet_ally)
    answer = take(quiet_ally, club, alias)
    assert (answer.status_code, Membership.objects.get(ally=quiet_ally).alias) == (422, "")
    assert f'value="{alias}"' in answer.content.decode()


def test_two_clubs_may_each_have_their_grey_heron(club, organiser, quiet_ally):
    other = a_club(organiser, "Second Table")
    una = make_ally("Una Sedge", visibility=Visibility.QUIET)
    a_member(club, quiet_ally), a_member(other, una)
    assert [take(quiet_ally, club, "Grey Heron").status_code, take(una, other, "Grey Heron").status_code] == [302, 302]


def test_whoever_shows_themselves_has_no_second_name(member, alias_ally):
    a_member(member.club, alias_ally)
    assert [take(one, member.club, "Grey Heron").status_code for one in (member.ally, alias_ally)] == [404, 404]


def test_notes_stand_under_the_alias_and_never_under_a_later_one(club, member, quiet_ally):
    section = a_reading(club).sections.first()
    member.sections_read.create(section=section)
    a_member(club, quiet_ally).sections_read.create(section=section)
    path = f"{club.get_absolute_url()}talk/{section.pk}/"
    assert "Take an alias for this group" in client_of(quiet_ally).post(path, {"text": "Unsaid."}).content.decode()
    take(quiet_ally, club, "Grey Heron")
    client_of(quiet_ally).post(path, {"text": "Said by a heron."})
    page = client_of(member.ally).get(path).content.decode()
    assert ["Grey Heron" in page, "Said by a heron." in page, "Unsaid." in page] == [True, True, False]
    take(quiet_ally, club, "Lamp Moth")
    page = client_of(member.ally).get(path).content.decode()
    assert ["Lamp Moth" in page, "Said by a heron." in page] == [False, False]
