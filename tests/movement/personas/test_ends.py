"""Two ends of a card: who is asked, what they answer, what is told to whom, and who is never there."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from movement.allies.blocks import block, let_go
from movement.allies.models import Ally, Visibility
from movement.allies.services import change_appearance
from movement.personas.models import Audience, End, PersonaCard
from movement.personas.services import change_card
from movement.personas.ties import Answer, Tie
from movement.personas.tying import TiedAlready, ask, decline, untie
from postbox.models import Dispatch, Notification
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_card, make_pair, tie_of

pytestmark = pytest.mark.django_db

LINES = {"name": "Orla", "role": "a shift planner", "want": "the list by 15:30", "use": "send the van once"}
NOBODY = "Nobody of this name is in the list of allies."


def told(ally: Ally) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(user=ally.user).order_by("pk").values_list("kind", "url"))


def answer(card: PersonaCard, ally: Ally, **sent: str):
    return client_of(ally).post(f"/personas/{card.pk}/answer/", {"edition": str(card.edition)} | sent)


def test_a_card_tied_to_an_ally_asks_them_and_they_confirm(ally, organiser):
    response = client_of(ally).post("/personas/new/", LINES | {"ally": "orla penrose"})
    card = PersonaCard.objects.get()
    assert response["Location"] == card.get_absolute_url()
    assert told(organiser) == [("card-asked", card.get_absolute_url())]
    page = client_of(organiser).get(card.get_absolute_url()).content.decode()
    assert ("Yes, that is right" in page, "Ada Larkin" in page) == (True, True)
    assert answer(card, organiser)["Location"] == card.get_absolute_url()
    tie = tie_of(card)
    assert (tie.answer, tie.agreed_edition) == (Answer.AGREED, 1)
    assert told(ally) == [("card-answered", card.get_absolute_url())]
    assert "Confirmed by Orla Penrose" in client_of(ally).get(card.get_absolute_url()).content.decode()


def test_either_end_may_begin(ally, organiser):
    client_of(ally).post("/personas/new/?end=served", LINES | {"name": "Ada", "ally": "Orla Penrose"})
    card = PersonaCard.objects.get()
    assert (card.end, tie_of(card).ally) == (End.SERVED, organiser)
    page = client_of(organiser).get(card.get_absolute_url()).content.decode()
    assert "what they rely on you for" in page
    begun = client_of(ally).get(f"/personas/new/?end=served&ally={organiser.public_id}").content.decode()
    assert ('value="Orla Penrose"' in begun, 'value="Ada Larkin"' in begun) == (True, True)


def test_no_notification_tells_a_name_or_a_line(ally, organiser):
    make_pair(ally, organiser, want="the plum ledger")
    texts = " ".join(Notification.objects.values_list("text", flat=True))
    assert [word for word in ("Ada", "Orla", "Percival", "plum") if word in texts] == []


@pytest.fixture
def unseen(ally, quiet_ally, alias_ally) -> dict[str, str]:
    """Names of whom "ally" cannot see, and of nobody."""
    away = make_ally("Wilf Anders")
    block(by=away, other=ally)
    left = make_ally("Lena Torr")
    left.user.is_active = False
    left.user.save()
    return {"quiet": quiet_ally.name, "by alias": alias_ally.name, "blocked": away.name, "left": left.name}


@pytest.mark.parametrize("who", ["quiet", "by alias", "blocked", "left"])
def test_whoever_is_not_to_be_seen_is_not_there_in_the_same_words(ally, unseen, who):
    client = client_of(ally)
    nobody = client.post("/personas/new/", LINES | {"ally": "Nemo Nullis"})
    somebody = client.post("/personas/new/", LINES | {"ally": unseen[who]})
    assert (nobody.status_code, somebody.status_code) == (422, 422)
    told_of_nobody = nobody.content.decode().replace("Nemo Nullis", "?")
    as_shown = somebody.content.decode().replace(unseen[who], "?")
    assert NOBODY in told_of_nobody
    assert without_token(as_shown) == without_token(told_of_nobody)
    assert (PersonaCard.objects.count(), Notification.objects.count()) == (0, 0)
    assert 'value="the list by 15:30"' in as_shown


def without_token(page: str) -> str:
    start = page.index('name="csrfmiddlewaretoken"')
    token = page[start:].split('value="')[1].split('"')[0]
    return page.replace(token, "")


def test_an_address_of_somebody_unseen_is_missing(ally, quiet_ally):
    client = client_of(ally)
    for number in (quiet_ally.public_id, ally.public_id, 10**17, "9" * 40, "x"):
        assert client.get(f"/personas/new/?ally={number}").status_code == 404


def test_a_quiet_ally_asks_nobody(quiet_ally, organiser):
    response = client_of(quiet_ally).post("/personas/new/", LINES | {"ally": "Orla Penrose"})
    assert response.status_code == 422
    assert "Nobody would know from whom it comes" in response.content.decode()
    assert (PersonaCard.objects.count(), told(organiser)) == (0, [])


def test_two_of_one_name_are_told_apart_by_their_pages(ally):
    one, other = make_ally("Sam Teal", email="a@x.example"), make_ally("Sam Teal", email="b@x.example")
    client = client_of(ally)
    refused = client.post("/personas/new/", LINES | {"ally": "Sam Teal"})
    assert "More than one ally bears this name" in refused.content.decode()
    client.post("/personas/new/", LINES | {"ally": "Sam Teal", "number": str(other.public_id)})
    assert [tie.ally for tie in Tie.objects.all()] == [other]
    assert told(one) == []


def test_a_no_is_silence_to_who_asked_and_is_for_good(ally, organiser):
    card = make_pair(ally, organiser, agreed=False)
    waiting = client_of(ally).get(card.get_absolute_url()).content.decode()
    answer(card, organiser, decline="1")
    assert without_token(client_of(ally).get(card.get_absolute_url()).content.decode()) == without_token(waiting)
    assert (told(ally), client_of(organiser).get(card.get_absolute_url()).status_code) == ([], 404)
    untie(card=card)
    ask(card=card, ally=organiser)
    assert tie_of(card).answer == Answer.DECLINED
    assert client_of(organiser).get(card.get_absolute_url()).status_code == 404
    assert Dispatch.objects.filter(kind="card-asked").count() == 1


def test_the_other_end_corrects_a_line_and_both_see_what_changed(ally, organiser):
    card = make_pair(ally, organiser, agreed=False, when="by 17:00 each day")
    client = client_of(organiser)
    page = client.get(f"/personas/{card.pk}/edit/").content.decode()
    assert ('name="audience"' in page, 'name="unit"' in page) == (False, False)
    sent = card.lines | {"when": "by 15:30 each day", "edition": "1", "audience": "allies"}
    assert client.post(f"/personas/{card.pk}/edit/", sent)["Location"] == card.get_absolute_url()
    card.refresh_from_db()
    assert (card.when, card.audience, card.edition) == ("by 15:30 each day", Audience.ONLY_ME, 2)
    assert (tie_of(card).answer, tie_of(card).agreed_edition) == (Answer.AGREED, 2)
    assert "<del>17:00</del> <ins>15:30</ins>" in client_of(ally).get(card.get_absolute_url()).content.decode()
    assert told(ally) == [("card-answered", card.get_absolute_url())]
    for one, wrote in ((ally, "Orla Penrose"), (organiser, "you")):
        history = client_of(one).get(f"/personas/{card.pk}/history/").content.decode()
        assert ("<del>17:00</del>" in history, wrote in history) == (True, True)


def test_what_a_card_said_before_somebody_was_asked_stays_its_owners(ally, organiser):
    card = make_card(ally, want="the sour ledger")
    change_card(card=card, edition=1, want="the plum ledger")
    ask(card=card, ally=organiser)
    assert "sour" not in client_of(organiser).get(f"/personas/{card.pk}/history/").content.decode()
    assert "plum" in client_of(organiser).get(card.get_absolute_url()).content.decode()


def test_a_change_after_the_word_is_shown_as_one(ally, organiser):
    card = make_pair(ally, organiser)
    sent = card.lines | {"edition": str(card.edition), "audience": "only_me", "side": "inside"}
    client_of(ally).post(f"/personas/{card.pk}/edit/", sent | {"audience": "allies"})
    assert "Confirmed by" in client_of(ally).get(card.get_absolute_url()).content.decode()
    client_of(ally).post(f"/personas/{card.pk}/edit/", sent | {"edition": "2", "want": "all of it"})
    assert "Changed since it was confirmed" in client_of(ally).get(card.get_absolute_url()).content.decode()
    assert [kind for kind, _url in told(organiser)] == ["card-asked", "card-changed"]
    card.refresh_from_db()
    answer(card, organiser)
    assert not tie_of(card).is_changed_since


def test_two_who_correct_at_once_lose_nothing(ally, organiser):
    card = make_pair(ally, organiser)
    sent = card.lines | {"edition": "1"}
    client_of(ally).post(f"/personas/{card.pk}/edit/", sent | {"want": "late orders, ringed in red"})
    second = client_of(organiser).post(f"/personas/{card.pk}/edit/", sent | {"want": "late orders by name"})
    page = second.content.decode()
    assert (second.status_code, "late orders, ringed in red" in page, 'value="late orders by name"' in page) == (
        409, True, True,
    )  # fmt: skip
    card.refresh_from_db()
    assert card.want == "late orders, ringed in red"
    client_of(organiser).post(f"/personas/{card.pk}/edit/", sent | {"want": "late orders by name", "edition": "2"})
    card.refresh_from_db()
    assert (card.want, card.edition) == ("late orders by name", 3)


@pytest.mark.parametrize("who", ["blocks", "is blocked"])
def test_a_block_ends_what_is_between_the_two(ally, organiser, who):
    agreed = make_pair(ally, organiser, name="Agreed")
    waiting = make_pair(ally, organiser, agreed=False, name="Waiting", audience=Audience.ALLIES)
    made = block(by=organiser, other=ally) if who == "blocks" else block(by=ally, other=organiser)
    theirs, mine = client_of(organiser), client_of(ally)
    for card in (agreed, waiting):
        for path in ("", "edit/", "history/"):
            assert theirs.get(card.get_absolute_url() + path).status_code == 404
        assert theirs.post(card.get_absolute_url() + "answer/", {"edition": "1"}).status_code == 404
        assert "Orla Penrose" not in mine.get(card.get_absolute_url()).content.decode()
        assert "Orla Penrose" not in mine.get(card.get_absolute_url() + "history/").content.decode()
    assert mine.post(agreed.get_absolute_url() + "rate/", {"mark": "3"}).status_code == 404
    listed = theirs.get("/personas/").content.decode() + theirs.get("/me/").content.decode()
    assert [name for name in ("Agreed", "Waiting", "Ada Larkin") if name in listed] == []
    assert [url for url in (agreed.get_absolute_url(), waiting.get_absolute_url()) if url in listed] == []
    let_go(block=made)
    assert theirs.get(agreed.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("how", [Visibility.QUIET, Visibility.ALIAS])
def test_whoever_appears_otherwise_is_at_the_end_of_nothing(ally, organiser, how):
    card = make_pair(ally, organiser)
    change_appearance(ally=organiser, timezone="UTC", visibility=how, alias="Velvet Heron", name="Orla Penrose")
    page = client_of(ally).get(card.get_absolute_url()).content.decode()
    assert [name for name in ("Orla Penrose", "Velvet Heron") if name in page] == []
    assert "Ask the other end" in page
    assert client_of(organiser).get(card.get_absolute_url()).status_code == 404
    nina = make_ally("Nina Voss")
    ask(card=card, ally=nina)
    assert tie_of(card).ally == nina


def test_a_card_has_one_other_end(ally, organiser):
    card = make_pair(ally, organiser)
    with pytest.raises(TiedAlready):
        ask(card=card, ally=make_ally("Nina Voss"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(card=card, ally=make_ally("Otto Brand"))


def test_whoever_steps_out_is_asked_no_more(ally, organiser):
    card = make_pair(ally, organiser)
    decline(card=card, by=organiser)
    assert client_of(organiser).get(card.get_absolute_url()).status_code == 404
    assert "Confirmed" not in client_of(ally).get(card.get_absolute_url()).content.decode()


def test_five_are_asked_a_day_and_the_sixth_card_is_kept_for_tomorrow(ally):
    client = client_of(ally)
    for number in range(6):
        other = make_ally(f"Person {number} Grey")
        response = client.post("/personas/new/", LINES | {"ally": other.name})
    assert (response.status_code, PersonaCard.objects.count()) == (422, 5)
    assert "enough people for one day" in response.content.decode()


def test_nobody_else_learns_who_is_at_the_other_end(ally, organiser, alias_ally):
    card = make_pair(ally, organiser, audience=Audience.ALLIES)
    page = client_of(alias_ally).get(card.get_absolute_url()).content.decode()
    assert ("late orders named" in page, "Orla Penrose" in page, "Confirmed" in page) == (True, False, False)
    assert client_of(alias_ally).get(card.get_absolute_url() + "history/").status_code == 404


def test_names_are_offered_of_whom_one_can_see(ally, organiser, quiet_ally, alias_ally):
    client = client_of(ally)
    offered = {
        typed: client.get(f"/personas/allies/?ally={typed}").content.decode() for typed in ("orl", "que", "nig", "b")
    }
    assert ['value="Orla Penrose"' in offered["orl"], 'value="Night Ferry"' in offered["nig"]] == [True, True]
    assert [offered["que"].strip(), offered["b"].strip()] == ["", ""]


def test_the_lists_cost_the_same_with_many_at_the_other_end(ally, organiser):
    client, costs = client_of(ally), []
    client.get("/personas/")
    for count in (1, 2, 27):
        for number in range(count):
            card = make_card(organiser, f"Card {number}")
            Tie.objects.create(card=card, ally=ally)
            Tie.objects.create(card=make_card(ally, f"Mine {number}"), ally=organiser)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/personas/").status_code == 200
        costs.append(len(asked))
    assert (len(set(costs)), costs[0] <= 12) == (1, True), costs
