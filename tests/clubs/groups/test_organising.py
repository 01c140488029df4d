"""Several organisers, and what becomes of a club that has none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from clubs.groups.handing_over import TO_ANSWER, TakenAlready, look_after, take_over
from clubs.groups.models import Club
from clubs.services import leave_club
from postbox.models import Notification
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member

pytestmark = pytest.mark.django_db


def inside(club, path):
    return f"{club.get_absolute_url()}members/{path}"


def organisers(club):
    return sorted(club.memberships.organisers().values_list("ally__name", flat=True))


def asked(club):
    return list(
        club.memberships.filter(asked_at__isnull=False).order_by("asked_at").values_list("ally__name", flat=True)
    )


def told(ally):
    return list(Notification.objects.filter(user=ally.user).order_by("pk").values_list("text", flat=True))


def not_seen_for(days, *allies):
    long_ago = timezone.now() - timedelta(days=days)
    User.objects.filter(pk__in=[ally.user_id for ally in allies]).update(last_login=long_ago)


def test_a_member_is_made_an_organiser_and_one_of_two_steps_down(member, organiser):
    club = member.club
    client_of(organiser).post(inside(club, f"{member.public_id}/promote/"))
    assert organisers(club) == ["Milo Ferrant", "Orla Penrose"]
    assert [text[:39] for text in told(member.ally)] == ["You organise “The Thursday Table” from "]
    client_of(organiser).post(inside(club, "step-down/"))
    page = client_of(member.ally).post(inside(club, "step-down/"), follow=True).content.decode()
    assert (organisers(club), "Make somebody an organiser first." in page) == (["Milo Ferrant"], True)


def test_whoever_is_unseen_can_be_neither_promoted_nor_removed(member, organiser, quiet_ally):
    unseen = a_member(member.club, quiet_ally)
    for what in ("promote", "remove"):
        for browser in (client_of(organiser), client_of(member.ally)):
            assert browser.post(inside(member.club, f"{unseen.public_id}/{what}/")).status_code == 404
    assert (organisers(member.club), member.club.memberships.count()) == (["Orla Penrose"], 3)


def test_the_last_organiser_names_who_takes_over(member, organiser):
    page = client_of(organiser).get(inside(member.club, "")).content.decode()
    assert ["Who takes over?" in page, f'value="{member.public_id}"' in page] == [True, True]
    client_of(organiser).post(inside(member.club, "leave/"), {"successor": member.public_id})
    assert (organisers(member.club), asked(member.club)) == (["Milo Ferrant"], [])


def test_where_nobody_is_named_the_members_are_asked_one_by_one_until_one_takes_it(member, organiser, ally):
    club = member.club
    a_member(club, ally)
    client_of(organiser).post(inside(club, "leave/"), {"successor": "77"})
    assert (organisers(club), asked(club)) == ([], ["Milo Ferrant"])
    now = timezone.now()
    steps = [now, now + TO_ANSWER, now + TO_ANSWER, now + 2 * TO_ANSWER, now + 9 * TO_ANSWER]
    assert [(look_after(at), asked(club))[1] for at in steps][::2] == [
        ["Milo Ferrant"],
        ["Milo Ferrant", "Ada Larkin"],
        ["Milo Ferrant", "Ada Larkin"],
    ]
    assert [len(told(someone)) for someone in (member.ally, ally)] == [1, 1]
    path = Notification.objects.filter(user=ally.user).get().url
    assert "Would you look after it?" in client_of(ally).get(path).content.decode()
    assert organisers(club) == []
    client_of(ally).post(path)
    late = client_of(member.ally).post(path, follow=True).content.decode()
    assert (organisers(club), "looks after the group already" in late) == (["Ada Larkin"], True)
    assert (asked(club), look_after(now + 9 * TO_ANSWER)) == ([], 0)


def test_organisers_who_were_away_for_60_days_stay_and_somebody_is_asked_beside_them(member, organiser, ally):
    club = member.club
    a_member(club, ally)
    not_seen_for(59, organiser)
    assert look_after() == 0
    not_seen_for(61, organiser, member.ally)
    assert (look_after(), asked(club), organisers(club)) == (1, ["Ada Larkin"], ["Orla Penrose"])
    not_seen_for(0, organiser)
    assert (look_after(), asked(club)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_it_one_takes_over(organiser):
    club = a_club(organiser)
    members = [a_member(club, make_ally(f"Person {n}")) for n in range(6)]
    leave_club(membership=club.memberships.organisers().get())

    def try_it(member):
        try:
            return take_over(membership=member) or "has it"
        except TakenAlready:
            return "too late"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(try_it, members)) == ["has it"] + ["too late"] * 5
    assert len(organisers(club)) == 1
    assert Club.objects.get().handover_since is None
