"""From the sign-up form to Today, with the real mails."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Mode, SignupPolicy, User
from movement.allies.models import Ally, Unit
from movement.invitations.services import open_invitation, replace
from tests.cast import PASSWORD, client_of, person

pytestmark = pytest.mark.django_db
ADDRESS = "wren@larkfield.example"
WELCOME = {"name": "Wren Saltmarsh", "visibility": "open", "alias": "", "timezone": "Europe/Berlin"}


def sign_up(client: Client, email: str = ADDRESS, **extra):
    return client.post("/accounts/signup/", {"email": email, "password1": PASSWORD}, **extra)


def code_in(text: str) -> str:
    """The code stands on a line of its own."""
    return re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text, re.MULTILINE)[1]


def confirm(client: Client):
    return client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1].body)})


def test_a_person_signs_up_confirms_is_welcomed_and_lands_on_today(unit: Unit):
    client = Client()
    assert sign_up(client)["Location"] == "/accounts/confirm-email/"
    assert client.get("/me/")["Location"].startswith("/accounts/login/")
    assert confirm(client)["Location"] == "/me/"
    assert client.get("/me/")["Location"] == "/welcome/"
    assert client.post("/welcome/", WELCOME)["Location"] == "/welcome/work/"
    assert client.post("/welcome/work/", {"unit": unit.pk, "role": "Planner"})["Location"] == "/welcome/letters/"
    assert client.post("/welcome/letters/", {"how": "digest"})["Location"] == "/me/"
    assert "Wren" in client.get("/me/").content.decode()
    ally = Ally.objects.get()
    assert (ally.user.email, ally.unit, ally.user.timezone) == (ADDRESS, unit, "Europe/Berlin")


def test_nothing_about_a_name_is_taken_from_the_address():
    client = Client()
    sign_up(client)
    confirm(client)
    page = client.get("/welcome/").content.decode()
    assert User.objects.get().name == ""
    assert "wren" not in page.lower().replace(ADDRESS, "")


def test_a_wrong_code_lets_nobody_in():
    client = Client()
    sign_up(client)
    response = client.post("/accounts/confirm-email/", {"code": "AAAAAA"})
    assert response.status_code in (200, 422)
    assert client.get("/me/")["Location"].startswith("/accounts/login/")


def test_a_second_sign_up_gets_the_same_answer_and_the_owner_a_mail():
    person(ADDRESS)
    new, known = sign_up(Client(), "somebody.new@larkfield.example"), sign_up(Client(), ADDRESS)
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert [message.to for message in mail.outbox] == [["somebody.new@larkfield.example"], [ADDRESS]]
    assert User.objects.filter(email=ADDRESS).count() == 1
    assert "http://groundswell.example/accounts/password/reset/" in mail.outbox[1].body


def test_capitals_do_not_make_a_second_person():
    person(ADDRESS)
    sign_up(Client(), "WREN@Larkfield.example")
    assert User.objects.count() == 1


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_links_in_mails_never_follow_a_forged_host(path: str):
    person(ADDRESS)
    Client().post(path, {"email": ADDRESS, "password1": PASSWORD}, headers={"host": "evil.example"})
    Client().post("/accounts/password/reset/", {"email": "nobody@larkfield.example"}, headers={"host": "evil.example"})
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        whole = message.subject + message.body + "".join(str(part[0]) for part in message.alternatives)
        assert "evil.example" not in whole
        assert "http://groundswell.example/" in whole


def test_only_addresses_of_our_domains_may_sign_up_when_the_stewards_say_so():
    SignupPolicy.objects.create(mode=Mode.DOMAINS, domains="larkfield.example")
    response = sign_up(Client(), "wren@elsewhere.example")
    assert "larkfield.example" in response.content.decode()
    assert "wren@elsewhere.example" in response.content.decode()
    assert User.objects.count() == 0
    sign_up(Client(), ADDRESS)
    assert User.objects.count() == 1


def test_a_forgotten_password_of_a_foreign_address_still_gets_its_mail():
    person("steward@elsewhere.example")
    SignupPolicy.objects.create(mode=Mode.DOMAINS, domains="larkfield.example")
    Client().post("/accounts/password/reset/", {"email": "steward@elsewhere.example"})
    assert [message.to for message in mail.outbox] == [["steward@elsewhere.example"]]


def test_by_invitation_only_the_invited_may_sign_up(ally: Ally):
    SignupPolicy.objects.create(mode=Mode.INVITATION)
    sign_up(Client())
    assert not User.objects.filter(email=ADDRESS).exists()
    client = Client()
    client.post(f"/join/{open_invitation(owner=ally).code}/")
    sign_up(client)
    assert User.objects.filter(email=ADDRESS).exists()


def test_a_replaced_invitation_no_longer_opens_the_sign_up(ally: Ally):
    SignupPolicy.objects.create(mode=Mode.INVITATION)
    client = Client()
    client.post(f"/join/{open_invitation(owner=ally).code}/")
    replace(owner=ally)
    sign_up(client)
    assert not User.objects.filter(email=ADDRESS).exists()


def test_who_comes_by_an_invitation_is_recorded_with_the_one_who_invited(ally: Ally):
    client = Client()
    code = open_invitation(owner=ally).code
    assert "Ada Larkin" in client.get(f"/join/{code}/").content.decode()
    assert client.post(f"/join/{code}/")["Location"] == "/accounts/signup/"
    sign_up(client)
    confirm(client)
    client.post("/welcome/", WELCOME)
    assert Ally.objects.get(user__email=ADDRESS).invited_by == ally
    assert "Wren Saltmarsh" in client_of(ally).get("/invite/").content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"email": "", "password1": PASSWORD},
        {"email": "no address", "password1": PASSWORD},
        {"email": "a\x00@larkfield.example", "password1": PASSWORD},
        {"email": ADDRESS, "password1": "short"},
        {"email": ADDRESS, "password1": "x" * 1_000_000},
        {"email": "x" * 100_000 + "@larkfield.example", "password1": PASSWORD},
    ],
)
def test_what_cannot_be_signed_up_is_refused_in_place(data: dict[str, str]):
    response = Client().post("/accounts/signup/", data)
    if User.objects.exists():  # a long password is a good password
        assert len(data["password1"]) > 100
    else:
        assert response.status_code in (200, 400, 422)


def test_a_private_address_may_come_second_and_the_one_at_work_stays(ally: Ally):
    SignupPolicy.objects.create(mode=Mode.DOMAINS, domains="larkfield.example")
    client = client_of(ally)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    work, home = ally.user.email, "ada@home.example"
    assert client.post("/accounts/email/", {"action_add": "", "email": home})["Location"] == "/accounts/confirm-email/"
    assert mail.outbox[-1].to == [home]
    confirm(client)
    client.post("/accounts/email/", {"action_primary": "", "email": home})
    ally.user.refresh_from_db()
    assert ally.user.email == home  # we write there from now on
    assert f"We write to {home} from now on, no longer to {work}." in mail.outbox[-1].body
    client.post("/accounts/email/", {"action_remove": "", "email": work})
    assert sorted(ally.user.emailaddress_set.values_list("email", flat=True)) == [work, home]
    assert "says that you belong here" in client.get("/accounts/email/").content.decode()
    SignupPolicy.objects.update(mode=Mode.OPEN)
    client.post("/accounts/email/", {"action_remove": "", "email": work})
    assert list(ally.user.emailaddress_set.values_list("email", flat=True)) == [home]
