"""Noting a small action, taking it back, changing it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from movement.actions.models import LONGEST, Action, Audience, Kind
from movement.allies.models import Ally
from tests.cast import client_of
from tests.movement.worlds import make_action, make_idea


def test_one_field_is_enough_and_leads_back_to_today(ally: Ally):
    response = client_of(ally).post("/actions/log/", {"text": "  Rang the  depot\nfirst. "}, follow=True)
    action = Action.objects.get()
    said = (action.ally, action.text, action.done_on, action.kind, action.for_whom, action.audience, action.idea)
    assert said == (ally, "Rang the depot first.", timezone.localdate(), "", "", Audience.ALLIES, None)
    assert response.redirect_chain == [("/me/", 302)]
    page = response.content.decode()
    assert ("Noted." in page, f'action="/actions/{action.pk}/delete/"' in page) == (True, True)


def test_everything_else_can_be_told_too(ally: Ally):
    told = {
        "text": "Rang.",
        "done_on": "2026-01-05",
        "kind": "relations",
        "for_whom": "a planner",
        "audience": "only_me",
    }
    response = client_of(ally).post("/actions/log/", told | {"back": "wall"})
    action = Action.objects.get()
    said = (action.done_on, action.kind, action.for_whom, action.audience)
    assert said == (date(2026, 1, 5), Kind.RELATIONS, "a planner", Audience.ONLY_ME)
    assert response["Location"] == "/actions/"


def test_undo_takes_it_back(ally: Ally):
    client, action = client_of(ally), make_action(ally)
    response = client.post(f"/actions/{action.pk}/delete/")
    assert (response["Location"], Action.objects.count()) == ("/me/", 0)
    assert client.post(f"/actions/{action.pk}/delete/").status_code == 404


def test_a_form_sent_twice_is_one_action(ally: Ally):
    client = client_of(ally)
    for _ in range(2):
        client.post("/actions/log/", {"text": "Rang."})
    client.post("/actions/log/", {"text": "Rang again."})
    assert Action.objects.count() == 2


def test_what_is_noted_in_markup_is_shown_as_text(ally: Ally):
    page = client_of(ally).post("/actions/log/", {"text": "<script>alert(1)</script>"}, follow=True).content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)


def test_an_idea_begins_the_form_and_is_remembered(ally: Ally):
    idea, client = make_idea("Ring one reader"), client_of(ally)
    page = client.get("/actions/log/?idea=ring-one-reader").content.decode()
    assert ("Ring one reader.</textarea>" in page, 'value="ring-one-reader"' in page) == (True, True)
    client.post("/actions/log/", {"text": "Rang Ines.", "idea": "ring-one-reader"})
    assert Action.objects.get().idea == idea


@pytest.mark.parametrize("slug", ["nobody-wrote-this", "x" * 300, "hidden"])
def test_an_unknown_idea_is_passed_over(ally: Ally, slug: str):
    make_idea("Hidden", is_published=False)
    client = client_of(ally)
    assert client.get("/actions/log/", {"idea": slug}).status_code == 200
    client.post("/actions/log/", {"text": "Rang.", "idea": slug})
    assert Action.objects.get().idea is None


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"text": ""}, "Say in a few words what you did."),
        ({"text": "kept", "done_on": "next year"}, "Write the day as in 2026-11-05."),
        ({"text": "kept", "done_on": "1899-12-31"}, "That is too long ago for this list."),
        ({"text": "kept", "done_on": "99999-01-01"}, "Write the day as in 2026-11-05."),
        ({"text": "kept", "for_whom": "x" * 81}, "at most 80"),
        ({"text": "kept", "kind": "heroic"}, "Select a valid choice"),
        ({"text": "kept", "audience": "the press"}, "Select a valid choice"),
        ({"text": "kept\x00"}, "Null characters"),
        ({}, "Say in a few words what you did."),
    ],
)
def test_odd_input_is_refused_in_words_and_kept(ally: Ally, told: dict[str, str], complaint: str):
    response = client_of(ally).post("/actions/log/", told)
    page = response.content.decode()
    assert (response.status_code, Action.objects.count(), complaint in page) == (422, 0, True)
    assert "kept" not in told.get("text", "") or "kept" in page


def test_five_thousand_words_are_too_many_and_not_lost(ally: Ally):
    words = "word " * 5000
    client = client_of(ally)
    assert "maxlength" not in client.get("/actions/log/").content.decode().split('name="text"')[1].split(">")[0]
    response = client.post("/actions/log/", {"text": words})
    page = response.content.decode()
    assert (response.status_code, f"{LONGEST} characters at most, and it has 24999" in page) == (422, True)
    assert page.count("word ") >= 4999


def test_tomorrow_passes_and_the_day_after_does_not(ally: Ally):
    client, today = client_of(ally), timezone.localdate()
    for days, count in ((1, 1), (2, 1), (400, 1)):
        client.post("/actions/log/", {"text": f"In {days}", "done_on": (today + timedelta(days=days)).isoformat()})
        assert Action.objects.count() == count


def test_one_changes_ones_own(ally: Ally):
    client, action = client_of(ally), make_action(ally, kind=Kind.RELATIONS)
    assert "Rang the depot." in client.get(f"/actions/{action.pk}/edit/").content.decode()
    response = client.post(f"/actions/{action.pk}/edit/", {"text": "Rang twice.", "audience": "only_me"})
    action.refresh_from_db()
    assert (response["Location"], action.text, action.audience) == ("/actions/", "Rang twice.", "only_me")
    assert client.post(f"/actions/{action.pk}/edit/", {"text": ""}).status_code == 422


@pytest.mark.parametrize("what", ["edit", "delete"])
def test_anothers_action_does_not_exist_for_changing(ally: Ally, organiser: Ally, what: str):
    action, client = make_action(organiser), client_of(ally)
    for address in (f"/actions/{action.pk}/{what}/", f"/actions/{10**17}/{what}/", f"/actions/{10**30}/{what}/"):
        assert (client.get(address).status_code, client.post(address, {"text": "Mine."}).status_code) == (404, 404)
    action.refresh_from_db()
    assert action.text == "Rang the depot."
