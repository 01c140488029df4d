import pytest

from movement.allies.models import Ally, Visibility
from movement.invitations.models import Invitation
from movement.invitations.services import SESSION_KEY, open_invitation
from tests.cast import client_of, person

pytestmark = pytest.mark.django_db


def landing(owner: Ally) -> str:
    return f"/join/{open_invitation(owner=owner).code}/"


def test_the_landing_page_greets_with_the_name_of_an_open_inviter(ally: Ally):
    assert "Ada Larkin would like you" in client_of().get(landing(ally)).content.decode()


@pytest.mark.parametrize("which", ["alias_ally", "quiet_ally"])
def test_the_landing_page_never_names_an_inviter_who_is_not_open(which: str, request):
    page = client_of().get(landing(request.getfixturevalue(which))).content.decode()
    assert "A colleague would like you" in page
    for name in ("Basil", "Thorne", "Night Ferry", "Quenby", "Marsh"):
        assert name not in page


def test_opening_an_invitation_changes_nothing(ally: Ally):
    client = client_of()
    response = client.get(landing(ally))
    assert SESSION_KEY not in client.session
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("code", ["nope", "x" * 500, "%F0%9F%8C%8A", "..", "<script>"])
def test_a_dead_code_says_so_and_shows_a_way_on(db, code: str):
    response = client_of().get(f"/join/{code}/")
    assert response.status_code == 404
    assert client_of().post(f"/join/{code}/").status_code == 404


def test_somebody_signed_in_but_not_welcomed_goes_straight_to_the_welcome(ally: Ally):
    client = client_of(person("new@larkfield.example"))
    assert client.post(landing(ally))["Location"] == "/welcome/"


def test_an_ally_is_told_that_they_are_one_already(ally: Ally, organiser: Ally):
    client = client_of(organiser)
    assert "one of us already" in client.post(landing(ally)).content.decode()
    organiser.refresh_from_db()
    assert organiser.invited_by is None


def test_the_link_is_made_by_a_button_and_shown_with_a_qr_code(ally: Ally):
    client = client_of(ally)
    assert "<svg" in client.get("/invite/").content.decode()
    assert not Invitation.objects.exists()
    client.post("/invite/link/")
    page = client.get("/invite/").content.decode()
    assert f"http://groundswell.example/join/{Invitation.objects.get().code}/" in page


def test_replacing_the_link_keeps_the_words(ally: Ally):
    client = client_of(ally)
    client.post("/invite/", {"words": "Come and\nlisten <b>once</b>."})
    old = Invitation.objects.get()
    client.post("/invite/link/", {"replace": "1"})
    new = Invitation.objects.get(replaced_at=None)
    assert (new.words, new.code == old.code) == ("Come and listen <b>once</b>.", False)
    page = client_of().get(f"/join/{new.code}/").content.decode()
    assert "listen &lt;b&gt;once&lt;/b&gt;." in page


@pytest.mark.parametrize("words", ["x" * 401, "a\u202eb", "nul\x00"])
def test_odd_words_are_refused_and_kept(ally: Ally, words: str):
    assert client_of(ally).post("/invite/", {"words": words}).status_code == 422


def test_becoming_quiet_takes_the_name_off_the_landing_page(ally: Ally):
    address = landing(ally)
    Ally.objects.update(visibility=Visibility.QUIET)
    assert "Ada" not in client_of().get(address).content.decode()
