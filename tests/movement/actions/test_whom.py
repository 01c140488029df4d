"""For whom: in words, or by the name of an ally or a card, told as far as each reader may know."""

import pytest
from django.utils import timezone

from accounts.services import export_person
from movement.actions.models import Action
from movement.allies.blocks import block
from movement.allies.models import Ally, Unit, Visibility
from movement.personas.models import Audience as CardAudience
from tests.cast import client_of, make_ally, make_unit
from tests.movement.worlds import make_card


def log_for(ally: Ally, whom: str, **told: str) -> Action:
    client_of(ally).post("/actions/log/", {"text": f"Rang {whom}.", "for_whom": whom} | told)
    return Action.objects.latest("pk")


def wall_of(viewer: Ally) -> str:
    return client_of(viewer).get("/actions/").text


def test_the_form_offers_customers_own_cards_colleagues_and_departments(ally, organiser, organisation):
    colleague = make_ally("Cleo Byrne", unit=ally.unit)
    make_ally("Dora Withheld", unit=ally.unit, show_unit=False)
    make_ally("Quiet Quill", unit=ally.unit, visibility=Visibility.QUIET)
    make_card(ally)
    make_card(organiser, "Somebody Else", audience=CardAudience.ALLIES)
    block(by=ally, other=make_ally("Kept Apart", unit=ally.unit))
    page = client_of(ally).get("/actions/log/").text
    offered = page[page.index("<datalist") : page.index("</datalist>")]
    names = ["Our customers", colleague.name, "Ines, depot planner", "Finance"]
    assert [f'value="{name}"' in offered for name in names] == [True] * 4
    hidden = ("Dora", "Quill", "Somebody Else", "Kept Apart", "Ada Larkin")
    assert [name for name in hidden if name in offered] == []


def test_an_allys_name_leads_to_them_as_long_as_they_show_it(ally, organiser, alias_ally):
    action = log_for(ally, "órla  PENROSE")
    assert (action.for_whom, action.whom, action.whom_number) == ("", "ally", organiser.public_id)
    assert f'href="/allies/{organiser.public_id}/"><bdi>for Orla Penrose</bdi>' in wall_of(alias_ally)
    Ally.objects.filter(pk=organiser.pk).update(visibility=Visibility.QUIET)
    assert ("Penrose" in wall_of(alias_ally), "Penrose" in wall_of(ally)) == (False, False)


def test_neither_a_quiet_one_nor_the_name_behind_an_alias_is_found(ally, quiet_ally, alias_ally):
    assert [log_for(ally, name).whom for name in ("Quenby Marsh", "Basil Thorne", "Night Ferry")] == ["", "", "ally"]
    other = make_ally("Bo Finch")
    block(by=other, other=ally)
    assert (log_for(ally, "Bo Finch").whom, log_for(ally, "Bo Finch").for_whom) == ("", "Bo Finch")


def test_what_two_bear_and_what_nobody_bears_stays_in_words(ally, organiser):
    make_ally("Orla Penrose", email="second@larkfield.example")
    for words in ("Orla Penrose", "a planner", "Night Shift", "!!!"):
        action = log_for(ally, words)
        assert (action.for_whom, action.whom, action.whom_number) == (words, "", None)


@pytest.mark.parametrize("audience", [CardAudience.ONLY_ME, CardAudience.ALLIES])
def test_a_card_is_told_to_whom_it_is_shown(ally, organiser, audience):
    card = make_card(ally, audience=audience)
    action = log_for(ally, "ines, Depot planner")
    assert (action.whom, action.whom_number) == ("card", card.pk)
    shown = [f'<a href="{card.get_absolute_url()}"' in wall_of(one) for one in (ally, organiser)]
    assert shown == [True, audience == CardAudience.ALLIES]
    assert ("Ines" in wall_of(organiser)) == (audience == CardAudience.ALLIES) or "Rang ines" in wall_of(organiser)


def test_a_department_is_chosen_or_typed_and_leads_to_what_it_is_served_by(ally, organiser):
    night = make_unit("Night Shift")
    typed, chosen = log_for(ally, "night shift"), log_for(ally, "", for_unit=str(night.pk), is_unnamed="on")
    assert {(one.for_whom, one.whom, one.whom_number) for one in (typed, chosen)} == {("", "unit", night.pk)}
    page = wall_of(organiser)
    assert page.count('<a href="/service-map/night-shift/"><bdi>for Night Shift</bdi></a>') == 2
    form = client_of(ally).get(f"/actions/{chosen.pk}/edit/").text
    assert f'<option value="{night.pk}" selected>' in form
    Unit.objects.filter(pk=night.pk).update(closed_on=timezone.localdate())
    page = wall_of(organiser)
    assert (page.count("<bdi>for Night Shift</bdi>"), "/service-map/night-shift/" in page) == (2, False)


def test_a_department_that_was_closed_since_stays_while_the_rest_is_changed(ally):
    night, gone = make_unit("Night Shift"), make_unit("Gone Before", closed_on=timezone.localdate())
    action = log_for(ally, "", for_unit=str(night.pk))
    Unit.objects.filter(pk=night.pk).update(closed_on=timezone.localdate())
    address, client = f"/actions/{action.pk}/edit/", client_of(ally)
    form = client.get(address).text
    assert (f'<option value="{night.pk}" selected>' in form, "Gone Before" in form) == (True, False)
    client.post(address, {"text": "Rang twice.", "for_unit": str(night.pk)})
    action.refresh_from_db()
    assert (action.text, action.whom, action.whom_number) == ("Rang twice.", "unit", night.pk)
    assert client.post(address, {"text": "Rang.", "for_unit": str(gone.pk)}).status_code == 422
    assert "Night Shift" not in client.get("/actions/log/").text


def test_of_a_department_and_other_words_only_one_is_kept(ally):
    night = make_unit("Night Shift")
    sent = {"text": "Rang.", "for_whom": "a planner", "for_unit": str(night.pk)}
    answer = client_of(ally).post("/actions/log/", sent)
    assert (answer.status_code, "Choose one" in answer.text, 'value="a planner"' in answer.text) == (422, True, True)
    assert client_of(ally).post("/actions/log/", sent | {"for_unit": "9" * 30}).status_code == 422
    assert not Action.objects.exists()


def test_a_name_that_a_department_and_an_ally_bear_stays_in_words(ally):
    make_unit("Night Shift")
    make_ally("Night Shift")
    assert log_for(ally, "Night Shift").for_whom == "Night Shift"


def test_without_a_name_nobody_reads_whose_card_it_is(ally, organiser):
    make_card(ally, audience=CardAudience.ALLIES)
    log_for(ally, "Ines, depot planner", is_unnamed="on")
    assert ("/personas/" in wall_of(ally), "for Ines" in wall_of(organiser)) == (True, False)


def test_the_one_it_was_for_comes_back_into_the_form_and_can_be_changed(ally, organiser):
    action = log_for(ally, "Orla Penrose")
    address = f"/actions/{action.pk}/edit/"
    client = client_of(ally)
    assert 'value="Orla Penrose"' in client.get(address).text
    client.post(address, {"text": "Rang.", "for_whom": "a planner"})
    action.refresh_from_db()
    assert (action.for_whom, action.whom, action.whom_number) == ("a planner", "", None)


def test_my_data_say_whom_it_was_for(ally, organiser):
    log_for(ally, "Orla Penrose")
    log_for(ally, "a planner")
    rows = [row for rows in export_person(user=ally.user).values() for row in rows if "for_whom" in row]
    assert [row["for_whom"] for row in rows] == ["Orla Penrose", "a planner"]


def test_a_form_that_failed_keeps_the_name(ally, organiser):
    answer = client_of(ally).post("/actions/log/", {"text": "", "for_whom": "Orla Penrose"})
    assert (answer.status_code, 'value="Orla Penrose"' in answer.text) == (422, True)
