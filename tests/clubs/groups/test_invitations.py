import re

import pytest

from clubs.groups.models import Club
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def path_for(private_club, organiser):
    page = client_of(organiser).get(f"{private_club.get_absolute_url()}members/").content.decode()
    return re.search(r'value="http://groundswell\.example(/clubs/[^"]+/invited/[^"]+)"', page)[1]


def test_an_organiser_s_link_leads_into_a_private_club_by_a_button(private_club, organiser, ally):
    path = path_for(private_club, organiser)
    assert private_club.name in client_of(ally).get(path).content.decode()
    assert private_club.memberships.count() == 1
    assert client_of(ally).post(path)["Location"] == private_club.get_absolute_url()
    assert list(private_club.memberships.values_list("ally", "is_organiser")) == [
        (organiser.pk, True),
        (ally.pk, False),
    ]


def test_the_link_ends_with_its_maker_s_part_and_fits_no_other_club(private_club, organiser, ally, club):
    path = path_for(private_club, organiser)
    other = path.replace(private_club.slug, club.slug)
    private_club.memberships.update(is_organiser=False)
    tried = [other, path, f"{private_club.get_absolute_url()}members/invited/rubbish/"]
    assert [client_of(ally).get(address).status_code for address in tried] == [404, 404, 404]


def test_the_link_into_a_full_club_says_so(private_club, organiser, ally):
    path = path_for(private_club, organiser)
    Club.objects.update(cap=1)
    assert "This group is full by now." in client_of(ally).post(path, follow=True).content.decode()
    assert private_club.memberships.count() == 1


def test_a_new_link_ends_the_earlier_ones_and_looking_ends_none(private_club, organiser, ally):
    first, second = path_for(private_club, organiser), path_for(private_club, organiser)
    assert [client_of(ally).get(path).status_code for path in (first, second)] == [200, 200]
    answer = client_of(organiser).post(f"{private_club.get_absolute_url()}members/new-link/")
    assert answer["Location"] == f"{private_club.get_absolute_url()}members/"
    third = path_for(private_club, organiser)
    assert [client_of(ally).get(path).status_code for path in (first, second, third)] == [404, 404, 200]
    assert client_of(ally).post(first).status_code == 404
    assert private_club.memberships.count() == 1


def test_only_an_organiser_makes_a_new_link(private_club, organiser, ally):
    path = path_for(private_club, organiser)
    address = f"{private_club.get_absolute_url()}members/new-link/"
    assert client_of(ally).post(address).status_code == 404
    private_club.memberships.create(ally=ally)
    assert client_of(ally).post(address).status_code == 404
    assert client_of(organiser).get(address).status_code == 405
    assert client_of(ally).get(path).status_code == 200
