"""Thank you for a small action, and "I'll try this"."""

import pytest

from movement.actions.models import Audience
from movement.actions.thanking import event_of, still_stands, take_thanks_back, thank
from movement.actions.thanks import Thanks
from movement.allies.blocks import block
from movement.allies.models import Ally
from postbox.models import Notification
from tests.cast import client_of
from tests.movement.worlds import make_action, make_idea


@pytest.fixture
def action(ally):
    return make_action(ally)


def told(ally: Ally) -> list[str]:
    return list(Notification.objects.filter(user=ally.user).values_list("text", flat=True))


def test_each_says_it_once_by_the_name_they_show_and_the_doer_is_told(action, ally, alias_ally, quiet_ally, organiser):
    for one in (alias_ally, quiet_ally, alias_ally):
        answer = client_of(one).post(f"/actions/{action.pk}/thanks/", {"line": "  It held.\n"})
        assert answer["Location"] == "/actions/"
    assert [(one.by, one.line) for one in Thanks.objects.order_by("pk")] == [
        ("Night Ferry", "It held."),
        ("An ally", "It held."),
    ]
    assert told(ally) == ["Somebody says thank you for “Rang the depot.”."] * 2
    page = client_of(organiser).get(f"/actions/{action.pk}/thanks/").text
    assert [name in page for name in ("Night Ferry", "An ally", "Basil", "Quenby")] == [True, True, False, False]
    assert "2 thank-yous" in client_of(organiser).get("/actions/").text


def test_nobody_thanks_themselves_nor_for_what_they_cannot_see(action, ally, organiser):
    hidden = make_action(ally, audience=Audience.ONLY_ME)
    assert client_of(ally).post(f"/actions/{action.pk}/thanks/").status_code == 404
    assert client_of(ally).get(f"/actions/{action.pk}/thanks/").status_code == 200
    answers = [client_of(organiser).post(f"/actions/{hidden.pk}/{what}/").status_code for what in ("thanks", "try")]
    assert (answers, Thanks.objects.count(), told(ally)) == ([404, 404], 0, [])


def test_taken_back_it_is_sent_no_more(action, ally, organiser):
    said = thank(action=action, by=organiser)
    event = event_of(said)
    assert (still_stands(ally.user, event), still_stands(organiser.user, event)) == (True, False)
    client_of(organiser).post(f"/actions/{action.pk}/thanks/", {"take_back": "1"})
    assert (still_stands(ally.user, event), Thanks.objects.count()) == (False, 0)
    take_thanks_back(action=action, by=organiser)


def test_a_line_too_long_is_kept_and_refused(action, organiser):
    answer = client_of(organiser).post(f"/actions/{action.pk}/thanks/", {"line": "word " * 5000})
    assert (answer.status_code, Thanks.objects.count(), "word word" in answer.text) == (422, 0, True)


def test_what_others_did_goes_onto_my_list_once(ally, organiser):
    by_idea, by_words = make_action(ally, "Rang Ines.", idea=make_idea()), make_action(ally, "Oiled the hinge.")
    client = client_of(organiser)
    for one in (by_idea, by_idea, by_words, by_words):
        client.post(f"/actions/{one.pk}/try/")
    client.post("/actions/ideas/ring-one-reader/try/")
    listed = [(one.text, one.idea) for one in organiser.commitments.order_by("pk")]
    assert listed == [("Ring one reader", by_idea.idea), ("Oiled the hinge.", None)]


def test_those_kept_apart_do_not_reach_each_other_by_it_and_cannot_tell(action, ally, organiser, alias_ally):
    """What was said before is gone for the two of them; to the one who was blocked the action is as if it were not."""
    thank(action=action, by=organiser, line="Look here.")
    block(by=ally, other=organiser)
    address = f"/actions/{action.pk}/thanks/"
    answers = [client_of(organiser).post(address, {"line": "And here."}), client_of(organiser).get(address)]
    assert [answer.status_code for answer in answers] == [404, 404]
    pages = [client_of(one).get(address).text for one in (ally, alias_ally)]
    assert ["Look here." in page for page in pages] == [False, True]
