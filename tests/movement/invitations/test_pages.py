import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Mode, SignupPolicy, User
from movement.allies.models import Ally, Visibility
from movement.allies.services import change_appearance
from movement.invitations.joining import SESSION_KEY
from movement.invitations.models import Arrival, Invitation
from movement.invitations.services import open_invitation, open_occasion, say
from tests.cast import PASSWORD, client_of, make_ally, person

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timezone.timedelta(days=1)


def landing(owner: Ally) -> str:
    return f"/join/{open_invitation(owner=owner).code}/"


def text_at(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address).content.decode()


def test_the_landing_page_greets_with_the_name_the_inviter_chose(ally: Ally, alias_ally: Ally, quiet_ally: Ally):
    pages = [text_at(landing(one)) for one in (ally, alias_ally, quiet_ally)]
    greetings = [re.search(r"<h1>(.*?) would like you", page)[1] for page in pages]
    assert greetings == ["Ada Larkin", "Night Ferry", "A colleague"]
    assert [name for name in ("Basil", "Thorne", "Quenby", "Marsh") if name in "".join(pages)] == []


def test_whoever_leaves_their_name_out_is_a_colleague(ally: Ally):
    client_of(ally).post("/invite/", {"words": "Come and listen."})
    page = text_at(landing(ally))
    assert ("A colleague would like" in page, "Ada" in page, "Come and listen." in page) == (True, False, True)


def test_no_link_names_whoever_leaves_their_name_out_on_no_page(ally: Ally):
    say(owner=ally, words="", is_signed=False)
    lunch = open_occasion(owner=ally, occasion="Lunch", expires_at=None, seats=5)
    client = client_of(person("new@larkfield.example"))
    pages = [text_at(f"/join/{lunch.code}/", client)]
    client.post(f"/join/{lunch.code}/")
    pages.append(text_at("/welcome/", client))
    assert ["A colleague " in page and "Ada Larkin" not in page for page in pages] == [True, True]


def test_an_alias_does_not_come_to_stand_on_a_link_that_is_known_to_be_somebodys(ally: Ally):
    known = landing(ally)
    change_appearance(ally=ally, timezone="", name=ally.name, alias="Night Ferry", visibility=Visibility.ALIAS)
    assert "A colleague would like" in text_at(known)
    assert "Your link is older than the name Night Ferry" in text_at("/invite/", client_of(ally))
    client_of(ally).post("/invite/link/", {"replace": "1"})
    assert "Night Ferry would like" in text_at(landing(ally))


def test_becoming_quiet_takes_the_name_off_the_landing_page(ally: Ally):
    address = landing(ally)
    Ally.objects.update(visibility=Visibility.QUIET)
    assert "Ada" not in text_at(address)


def test_the_landing_page_holds_the_first_chapter_and_opening_it_changes_nothing(site_pages, ally: Ally):
    client = client_of()
    response = client.get(landing(ally))
    assert "The first chapter of our primer" in response.content.decode()
    assert (SESSION_KEY in client.session, "no-store" in response["Cache-Control"]) == (False, True)


def test_dead_codes_of_every_kind_answer_alike(ally: Ally):
    made = [open_occasion(owner=ally, occasion="Lunch", expires_at=timezone.now(), seats=5) for _ in range(3)]
    Invitation.objects.filter(pk=made[1].pk).update(ended_at=timezone.now())
    Invitation.objects.filter(pk=made[2].pk).update(expires_at=None, taken=5)
    odd = ["nope", "x" * 500, "%F0%9F%8C%8A", "..", "<script>", "1:2", ":", "Mw:abc"]
    pages = {(answer.status_code, re.sub(r"/join/[^\"]*", "", answer.content.decode()))
             for code in [*(one.code for one in made), *odd]
             for answer in [client_of().get(f"/join/{code}/"), client_of().post(f"/join/{code}/")]}  # fmt: skip
    assert [status for status, _page in pages] == [404]


def test_somebody_signed_in_but_not_welcomed_goes_straight_to_the_welcome(ally: Ally):
    client = client_of(person("new@larkfield.example"))
    assert client.post(landing(ally))["Location"] == "/welcome/"
    assert "Ada Larkin asked you to come" in text_at("/welcome/", client)


def test_an_ally_is_told_that_they_are_one_already(ally: Ally, organiser: Ally):
    assert "one of us already" in client_of(organiser).post(landing(ally)).content.decode()
    organiser.refresh_from_db()
    assert organiser.invited_by is None


def test_the_link_is_made_by_a_button_and_shown_with_a_qr_code(ally: Ally, organiser: Ally):
    client = client_of(ally)
    assert "<svg" in text_at("/invite/", client)
    assert not Invitation.objects.exists()
    client.post("/invite/link/")
    made = Invitation.objects.get()
    assert f"http://groundswell.example/join/{made.code}/" in text_at("/invite/", client)
    picture = client.get(f"/invite/{made.pk}/qr.png")
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert client_of(organiser).get(f"/invite/{made.pk}/qr.png").status_code == 404


def test_replacing_the_link_keeps_the_words(ally: Ally):
    client = client_of(ally)
    client.post("/invite/", {"words": "Come and\nlisten <b>once</b>.", "is_signed": "on"})
    old = Invitation.objects.get()
    client.post("/invite/link/", {"replace": "1"})
    new = Invitation.objects.get(ended_at=None)
    assert (new.words, new.is_signed, new.code == old.code) == ("Come and listen <b>once</b>.", True, False)
    assert "listen &lt;b&gt;once&lt;/b&gt;." in text_at(f"/join/{new.code}/")


ODD_WORDS = ["x" * 401, "a\u202eb", "nul\x00", "Look at www.cheap.example", "see https://x.example/",
             "write to a@b.example", "go to evil。com", "ＥＶＩＬ．ＣＯＭ", "10.0.0.1/a", "Fine.So it is"]  # fmt: skip


@pytest.mark.parametrize("words", ODD_WORDS)
def test_odd_words_and_links_are_refused_and_kept(ally: Ally, words: str):
    assert client_of(ally).post("/invite/", {"words": words}).status_code == 422


def test_words_that_only_look_a_little_like_a_link_are_fine(ally: Ally):
    words = "Version 2.5 of lunch, e.g. at 12.30 at the depot. You’d like it… really."
    assert client_of(ally).post("/invite/", {"words": words}).status_code == 302


def test_a_link_for_an_occasion_has_a_page_of_its_own_and_can_be_ended(ally: Ally, organiser: Ally):
    client = client_of(ally)
    given = {"occasion": "Lunch at the depot", "until": TOMORROW, "seats": "5"}
    address = client.post("/invite/occasions/", given)["Location"]
    made = Invitation.objects.get()
    assert (address, made.seats, timezone.localdate(made.expires_at)) == (f"/invite/{made.pk}/", 5, TOMORROW)
    make_ally("Bo Finch", invited_by=ally).redemption = None
    assert made.code in text_at(address, client)
    assert "Lunch at the depot" in text_at(f"/join/{made.code}/")
    stranger = client_of(organiser)
    assert [stranger.get(address).status_code, stranger.post(f"{address}end/").status_code] == [404, 404]
    client.post(f"{address}end/")
    assert client_of().get(f"/join/{made.code}/").status_code == 404
    assert "This link has ended" in text_at(address, client)


@pytest.mark.parametrize(
    "given",
    [
        {"occasion": ""},
        {"occasion": "see evil.example"},
        {"occasion": "a\u202eb"},
        {"until": TOMORROW - timezone.timedelta(days=9)},
        {"until": TOMORROW + timezone.timedelta(days=400)},
        {"until": "9" * 40},
        {"seats": "1"},
        {"seats": "-5"},
        {"seats": "9" * 40},
    ],
)
def test_an_occasion_that_cannot_be_is_refused_and_what_was_typed_stays(ally: Ally, given: dict):
    response = client_of(ally).post(
        "/invite/occasions/", {"occasion": "The lunch", "until": TOMORROW, "seats": ""} | given
    )
    assert (response.status_code, Invitation.objects.count()) == (422, 0)
    assert str(given.get("occasion", "The lunch")) in response.content.decode()


def sign_up(client: Client, email: str) -> None:
    client.post("/accounts/signup/", {"email": email, "password1": PASSWORD})


def test_who_signs_up_on_one_device_is_welcomed_with_their_inviter_on_another(ally: Ally):
    first = Client()
    first.post(landing(ally))
    sign_up(first, "wren@larkfield.example")
    second = client_of(User.objects.get(email="wren@larkfield.example"))
    second.post("/welcome/", {"name": "Wren Saltmarsh", "visibility": "open", "alias": "", "timezone": "UTC"})
    wren = Ally.objects.get(name="Wren Saltmarsh")
    assert (wren.invited_by, Arrival.objects.count(), len(mail.outbox)) == (ally, 0, 1)


def test_i_came_by_myself_is_fine(ally: Ally):
    client = client_of(person("new@larkfield.example"))
    client.post(landing(ally))
    given = {"name": "Wren Saltmarsh", "visibility": "open", "alias": "", "timezone": "UTC", "alone": "on"}
    client.post("/welcome/", given)
    assert Ally.objects.get(name="Wren Saltmarsh").invited_by is None


def test_where_one_joins_by_invitation_only_nobody_joins_on_a_seat_that_is_gone(ally: Ally):
    SignupPolicy.objects.create(mode=Mode.INVITATION)
    lunch = open_occasion(owner=ally, occasion="Lunch", expires_at=None, seats=5)
    client = client_of(person("new@larkfield.example"))
    client.post(f"/join/{lunch.code}/")
    Invitation.objects.filter(pk=lunch.pk).update(taken=5)
    refused = client.post("/welcome/", {"skip": "1"})
    assert (refused.status_code, Ally.objects.count()) == (409, 1)
    client.post(landing(ally))
    assert client.post("/welcome/", {"skip": "1"})["Location"] == "/welcome/work/"
