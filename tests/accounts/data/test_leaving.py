"""Leaving for good: closed at once, a week to come back, erased by the clock."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from accounts import leaving
from accounts.models import Leaving, User
from accounts.roles import ensure_roles
from movement.allies.models import Ally, Unit
from movement.invitations.joining import redeem
from movement.invitations.services import open_invitation
from tests.cast import PASSWORD, client_of, make_ally

pytestmark = pytest.mark.django_db


def leave(ally: Ally, **also: str):
    return client_of(ally).post("/me/data/", {"email": ally.user.email, "password": PASSWORD} | also)


def after_a_week() -> int:
    Leaving.objects.update(due_at=timezone.now())
    return leaving.erase_due()


def way_back() -> str:
    return re.search(r"http://groundswell\.example(/me/data/stay/\S+)", mail.outbox[-1].body)[1]


def test_the_account_is_closed_at_once_and_signed_out_everywhere(ally: Ally, organiser: Ally):
    elsewhere = client_of()
    elsewhere.post("/accounts/login/", {"login": ally.user.email, "password": PASSWORD})
    assert elsewhere.get("/me/").status_code == 200
    response = leave(ally)
    assert "Thank you for having been here" in response.content.decode()
    assert elsewhere.get("/me/")["Location"].startswith("/accounts/login/")
    assert "Ada" not in client_of(organiser).get("/allies/").content.decode()
    again = client_of().post("/accounts/login/", {"login": ally.user.email, "password": PASSWORD})
    assert again["Location"] == "/accounts/inactive/"
    assert User.objects.filter(pk=ally.user.pk).exists()


def test_the_letter_goes_to_each_address_and_leads_back(ally: Ally, organiser: Ally):
    EmailAddress.objects.create(user=ally.user, email="ada@home.example", verified=True)
    EmailAddress.objects.create(user=ally.user, email="not.hers@elsewhere.example", verified=False)
    leave(ally)
    assert sorted(address for letter in mail.outbox for address in letter.to) == [
        "ada.larkin@larkfield.example",
        "ada@home.example",
    ]
    path = way_back()
    assert client_of().get(path).status_code == 200
    assert not User.objects.get(pk=ally.user.pk).is_active  # looking changes nothing
    assert "Good that you stay" in client_of().post(path).content.decode()
    assert "Ada" in client_of(organiser).get("/allies/").content.decode()
    assert client_of().post(path).status_code == 404
    assert (after_a_week(), User.objects.filter(pk=ally.user.pk).count()) == (0, 1)


def test_who_comes_back_a_moment_too_late_is_not_told_that_they_stay(ally: Ally):
    leave(ally)
    found = Leaving.objects.get()
    assert (after_a_week(), leaving.stay(leaving=found), User.objects.filter(pk=ally.user.pk).count()) == (1, False, 0)


def test_after_a_week_the_way_back_is_closed_and_the_person_gone(ally: Ally):
    bo = make_ally("Bo Finch")
    redeem(invitation=open_invitation(owner=ally), joined=bo)
    leave(ally)
    path = way_back()
    assert leaving.erase_due() == 0
    assert after_a_week() == 1
    assert list(User.objects.all()) == [bo.user]
    bo.refresh_from_db()
    assert bo.invited_by is None
    assert client_of().get(path).status_code == 404
    assert client_of().post(path).status_code == 404


@pytest.mark.parametrize(
    ("email", "password"),
    [("", PASSWORD), ("other@larkfield.example", PASSWORD), ("ada.larkin@larkfield.example", "wrong"), ("", "")],
)
def test_nobody_leaves_by_a_slip(ally: Ally, email: str, password: str):
    client = client_of(ally)
    assert client.post("/me/data/", {"email": email, "password": password}).status_code == 422
    assert client.get("/me/").status_code == 200


def test_passwords_cannot_be_tried_without_end(ally: Ally):
    client = client_of(ally)
    tries = [client.post("/me/data/", {"email": ally.user.email, "password": "no"}).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]


def test_a_steward_who_worked_in_the_cms_can_leave(steward: User):
    ensure_roles()
    client = client_of(steward)
    client.post("/cms/units/new/", {"name": "Serve", "parent": "", "headcount": "0", "position": "0"})
    client.post("/me/data/", {"email": steward.email, "password": PASSWORD})
    assert (after_a_week(), User.objects.count(), Unit.objects.count()) == (1, 0, 1)


def test_who_is_let_in_again_by_hand_is_not_erased(ally: Ally, admin: User):
    ensure_roles()
    leave(ally)
    form = {"email": ally.user.email, "name": "", "is_active": "on"}
    client_of(admin).post(f"/cms/users/edit/{ally.user.pk}/", form)
    assert (User.objects.get(pk=ally.user.pk).is_active, Leaving.objects.count(), after_a_week()) == (True, 0, 0)
