"""Comments at a club's questions and meetings are signed as its notes are: by the name that the club knows."""

import pytest

from clubs.discussion.services import ask, show_anyway
from clubs.groups.aliases import take_alias
from clubs.services import leave_club
from conversation.hosts import target_of
from conversation.models import Comment
from movement.allies.models import Visibility
from movement.allies.services import change_appearance
from tests.cast import client_of
from tests.clubs.worlds import a_club, a_meeting, a_member, a_reading
from tests.conversation.conftest import send

pytestmark = pytest.mark.django_db
CLUB = "/clubs/the-thursday-table/"


def things_of(club):
    """A question open to all in the club, and a meeting."""
    section = a_reading(club, title=f"Read by {club.pk}").sections.first()
    question = ask(section=section, texts=["Who waits?"])[0]
    for reader in club.memberships.all():
        show_anyway(section=section, membership=reader)
    return [question, a_meeting(club)]


@pytest.fixture
def quiet(club, quiet_ally):
    return a_member(club, quiet_ally)


@pytest.fixture
def things(club, quiet, member):
    return things_of(club)


def names():
    return list(Comment.objects.order_by("pk").values_list("user_name", flat=True))


def test_a_quiet_member_takes_part_by_the_alias_of_that_club_alone(club, quiet, things, organiser, member):
    other = a_club(organiser, "The Other Table")
    a_member(other, quiet.ally)
    take_alias(membership=quiet, alias="Grey Heron")
    browser = client_of(quiet.ally)
    for thing in [*things, *things_of(other)]:
        send(target_of(thing), browser, text=f"Words at {thing.pk}", name="Somebody Else")
    assert names() == ["Grey Heron", "Grey Heron"]
    pages = "".join(client_of(member.ally).get(thing.get_absolute_url()).text for thing in things)
    assert [pages.count("<bdi>Grey Heron</bdi>") >= 2, "Quenby" in pages] == [True, False]


def test_whoever_is_unseen_is_told_what_helps_and_the_others_write_by_the_name_they_show(things, quiet, member):
    for thing in things:
        page = client_of(quiet.ally).get(thing.get_absolute_url()).text
        assert [f'href="{CLUB}members/alias/">Take an alias' in page, "Add a comment" in page] == [True, False]
        send(target_of(thing), client_of(quiet.ally))
        send(target_of(thing), client_of(member.ally))
    assert names() == ["Milo Ferrant", "Milo Ferrant"]


def test_no_comment_keeps_an_alias_that_was_laid_down_and_none_gets_a_name_later(things, quiet):
    take_alias(membership=quiet, alias="Grey Heron")
    send(target_of(things[0]), client_of(quiet.ally), text="First.")
    take_alias(membership=quiet, alias="Night Bus")
    send(target_of(things[0]), client_of(quiet.ally), text="Second.")
    assert names() == ["A member", "Night Bus"]
    ally = quiet.ally
    change_appearance(ally=ally, timezone="UTC", visibility=Visibility.OPEN)
    assert names() == ["A member", "Night Bus"]
    quiet.refresh_from_db()
    leave_club(membership=quiet)
    assert names() == ["A member", "A former member"]


def test_a_comment_sent_by_whoever_is_unseen_comes_back_with_its_words_and_the_way(things, quiet):
    page = send(target_of(things[0]), client_of(quiet.ally), text="Kept <b>words</b>.").text
    assert [f'href="{CLUB}members/alias/">' in page, "Kept &lt;b&gt;words" in page] == [True, True]
