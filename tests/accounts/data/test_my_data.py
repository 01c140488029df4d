import json

import pytest

from accounts.models import User
from accounts.roles import ensure_roles
from movement.allies.models import Ally, Unit
from movement.invitations.services import open_invitation, redeem
from tests.cast import PASSWORD, client_of, make_ally

pytestmark = pytest.mark.django_db
DOWNLOAD = "/me/data/groundswell-my-data.json"


def test_the_export_holds_what_is_mine_and_nothing_of_others(ally: Ally, organiser: Ally):
    invitation = open_invitation(owner=ally)
    open_invitation(owner=organiser)
    response = client_of(ally).get(DOWNLOAD)
    data = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="groundswell-my-data.json"'
    assert [row["name"] for row in data["movement.Ally"]] == ["Ada Larkin"]
    assert [row["code"] for row in data["movement.Invitation"]] == [invitation.code]
    assert [row["email"] for row in data["accounts.User"]] == ["ada.larkin@larkfield.example"]
    assert [row["email"] for row in data["account.EmailAddress"]] == ["ada.larkin@larkfield.example"]
    assert b"Orla" not in response.content
    assert "no-store" in response["Cache-Control"]


def test_leaving_removes_the_person_and_keeps_those_whom_they_brought(ally: Ally):
    bo = make_ally("Bo Finch")
    redeem(code=open_invitation(owner=ally).code, joined=bo)
    response = client_of(ally).post("/me/data/", {"email": ally.user.email, "password": PASSWORD})
    assert response["Location"] == "/"
    assert list(User.objects.all()) == [bo.user]
    bo.refresh_from_db()
    assert bo.invited_by is None


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


def test_a_visitor_has_no_data_page():
    assert client_of().get(DOWNLOAD)["Location"].startswith("/accounts/login/")


def test_a_steward_who_worked_in_the_cms_can_leave(steward: User):
    ensure_roles()
    client = client_of(steward)
    client.post("/cms/units/new/", {"name": "Serve", "parent": "", "headcount": "0", "position": "0"})
    assert client.post("/me/data/", {"email": steward.email, "password": PASSWORD})["Location"] == "/"
    assert (User.objects.count(), Unit.objects.count()) == (0, 1)
