"""The stakeholder lens on its pages: weighed for one stakeholder at a time, shown as chosen, looked back on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from accounts.services import erase_person, export_person
from conversation.hosts import target_of
from conversation.services import Words, place
from movement.actions.models import Action
from movement.allies.models import Visibility
from movement.decisions.asking import ask, still_wanted
from movement.decisions.models import Decision, Effect, Option, ask_on_of
from movement.decisions.services import delete_decision
from postbox.models import Notification
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member
from tests.movement.worlds import make_decision

pytestmark = pytest.mark.django_db
FORM = {
    "edition": "1",
    "text": " When does  the list go out? ",
    "option_1": "At four",
    "option_2": "At noon",
    "stakeholders": ["1", "2"],
    "own_6": "Night shift",
}
LATER = datetime(2030, 6, 3, 12, tzinfo=UTC)


def test_it_is_written_and_then_weighed_for_one_after_the_other(ally):
    client = client_of(ally)
    to_weigh = client.post("/decisions/new/", FORM)["Location"]
    made = Decision.objects.get()
    assert (made.text, made.audience, made.ask_on) == (
        "When does the list go out?", "only_me", ask_on_of(timezone.localdate()),
    )  # fmt: skip
    assert [str(one) for one in made.stakeholders.all()] == ["Customers", "Employees", "Night shift"]
    first, second, last = made.stakeholders.all()
    assert to_weigh == f"/decisions/{made.pk}/for/{first.pk}/"
    four, _noon = made.options.all()
    said = {"edition": "1", f"score_now_{four.pk}": "-2", f"word_now_{four.pk}": " too  late ", "next": "1"}
    assert client.post(to_weigh, said)["Location"] == f"/decisions/{made.pk}/for/{second.pk}/"
    assert list(Effect.objects.values_list("option", "when", "score", "word")) == [(four.pk, "now", -2, "too late")]
    assert client.post(f"/decisions/{made.pk}/for/{last.pk}/", {"edition": "1"})["Location"] == f"/decisions/{made.pk}/"
    page = client.get(f"/decisions/{made.pk}/").text
    assert ("too late" in page, page.count("unknown</span>"), "Weigh it for: Employees" in page) == (True, 22, True)


def test_each_effect_is_chosen_on_a_scale_from_worse_to_better_that_begins_where_it_stood(ally):
    made = make_decision(ally)
    who = made.stakeholders.first()
    page = html.fromstring(client_of(ally).get(f"/decisions/{made.pk}/for/{who.pk}/").content)
    scales = page.xpath("//form//fieldset[contains(@class, 'field')]")
    values = {tuple(one.xpath(".//input[@type='radio']/@value")) for one in scales}
    chosen = [one.xpath("string(.//input[@checked]/@value)") for one in scales]
    known = {f"score_{one.when}_{one.option_id}": str(one.score) for one in Effect.objects.filter(stakeholder=who)}
    names = [one.xpath("string(.//input/@name)") for one in scales]
    assert (page.xpath("//main//form//select"), values) == ([], {("-2", "-1", "0", "1", "2", "")})
    assert (len(names), chosen) == (2 * made.options.count(), [known.get(name, "") for name in names])


def test_a_score_taken_back_is_unknown_again(ally):
    made = make_decision(ally)
    who = made.stakeholders.first()
    client_of(ally).post(f"/decisions/{made.pk}/for/{who.pk}/", {"edition": who.edition})
    assert not Effect.objects.exists()


@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ({"text": " "}, "One sentence is enough"),
        ({"text": "x" * 161}, "160 characters at most, and it has 161"),
        ({"text": "word " * 5000}, "160 characters at most"),
        ({"text": "a\x00b"}, "invisible character"),
        ({"option_2": ""}, "This field is required"),
        ({"option_2": "AT FOUR"}, "Two of the ways are the same"),
        ({"stakeholders": [], "own_6": ""}, "A decision touches somebody"),
        ({"stakeholders": ["9"]}, "Select a valid choice"),
        ({"own_7": "night shift"}, "stands there already"),
        ({"audience": "everybody"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_in_the_form(ally, odd, says):
    page = client_of(ally).post("/decisions/new/", FORM | odd)
    assert (page.status_code, Decision.objects.count(), says in page.text) == (422, 0, True)
    assert "At four" in page.text


def test_odd_scores_are_refused(ally):
    made = make_decision(ally)
    who, option = made.stakeholders.first(), made.options.first()
    for score in ("3", "-3", "x", "9" * 40):
        said = {"edition": who.edition, f"score_now_{option.pk}": score}
        assert client_of(ally).post(f"/decisions/{made.pk}/for/{who.pk}/", said).status_code == 422


def test_a_way_worded_anew_keeps_what_was_weighed_and_one_taken_out_loses_it(ally):
    made = make_decision(ally)
    said = FORM | {"option_1": "Right beside the door", "stakeholders": ["1"], "own_6": "", "audience": "allies"}
    assert client_of(ally).post(f"/decisions/{made.pk}/edit/", said).status_code == 302
    assert list(Option.objects.filter(text="Right beside the door").values_list("effects__score", flat=True)) == [1, 2]
    said = said | {"edition": "2", "option_2": "", "option_3": "Somewhere else"}
    refused = client_of(ally).post(f"/decisions/{made.pk}/edit/", said)
    assert refused.status_code == 422
    said |= {"option_2": "On the roof", "option_3": ""}
    client_of(ally).post(f"/decisions/{made.pk}/edit/", said)
    assert [option.text for option in made.options.all()] == ["Right beside the door", "On the roof"]


def test_the_second_of_two_editors_is_told_and_loses_nothing(ally):
    made = make_decision(ally)
    one, other = client_of(ally), client_of(ally)
    assert one.post(f"/decisions/{made.pk}/edit/", FORM | {"text": "One way to say it"}).status_code == 302
    second = other.post(f"/decisions/{made.pk}/edit/", FORM | {"text": "Another way to say it"})
    assert second.status_code == 409
    assert all(
        words in second.text for words in ("Another way to say it", "One way to say it", "while you were writing")
    )
    assert Decision.objects.get().text == "One way to say it"
    who, option = made.stakeholders.first(), made.options.first()
    for expected in (302, 409):
        said = {"edition": who.edition, f"score_now_{option.pk}": "0"}
        assert one.post(f"/decisions/{made.pk}/for/{who.pk}/", said).status_code == expected
    for expected in (302, 409):
        said = {"edition": "2", "text": "It went well."}
        assert one.post(f"/decisions/{made.pk}/happened/", said).status_code == expected


def test_who_sees_it(ally, organiser, quiet_ally):
    a_member(a_club(ally), organiser)
    decisions = {
        audience: make_decision(ally, audience, audience=audience) for audience in ("only_me", "circles", "allies")
    }
    seen = {
        who.name: {one.text for one in Decision.objects.visible_to(who.user)} for who in (ally, organiser, quiet_ally)
    }
    assert seen == {
        ally.name: {"only_me", "circles", "allies"},
        organiser.name: {"circles", "allies"},
        quiet_ally.name: {"allies"},
    }
    for audience, decision in decisions.items():
        assert (client_of(quiet_ally).get(f"/decisions/{decision.pk}/").status_code == 200) == (audience == "allies")
    ally.visibility = Visibility.QUIET
    ally.save()
    assert {one.text for one in Decision.objects.visible_to(organiser.user)} == {"allies"}
    assert "An ally" in client_of(organiser).get(f"/decisions/{decisions['allies'].pk}/").text


def test_what_bears_no_name_is_not_shown_to_a_small_group(quiet_ally):
    page = client_of(quiet_ally).post("/decisions/new/", FORM | {"audience": "circles"})
    assert (page.status_code, "points at somebody" in page.text) == (422, True)


def test_allies_talk_below_it_and_nobody_else_reads_that(ally, organiser, quiet_ally):
    made = make_decision(ally, audience="only_me")
    assert client_of(organiser).get(f"/decisions/{made.pk}/").status_code == 404
    Decision.objects.update(audience="allies")
    made.refresh_from_db()
    place(target=target_of(made), user=organiser.user, words=Words(name="Org", text="Ask the drivers.", press=""))
    assert "Ask the drivers." in client_of(ally).get(f"/decisions/{made.pk}/").text
    assert client_of(None).get(f"/decisions/{made.pk}/")["Location"].startswith("/accounts/login/")
    assert "You are counted, never shown" in client_of(quiet_ally).get(f"/decisions/{made.pk}/").text


def test_it_is_asked_once_what_happened_and_the_answer_stands_on_the_page(ally, organiser):
    made = make_decision(ally)
    Decision.objects.update(ask_on=date(2030, 6, 3))
    assert [ask(LATER.replace(hour=hour)) for hour in (7, 8, 9)] == [0, 1, 0]
    note = Notification.objects.get(kind="decision-looked-back-on")
    assert (note.user, note.url) == (ally.user, f"/decisions/{made.pk}/happened/")
    assert still_wanted(ally.user, note.event)
    client_of(ally).post(f"/decisions/{made.pk}/happened/", {"edition": "1", "text": "The walk is shorter."})
    assert not still_wanted(ally.user, note.event)
    assert "The walk is shorter." in client_of(organiser).get(f"/decisions/{made.pk}/").text


def test_who_told_it_already_or_left_is_not_asked(ally, organiser):
    told, _left = make_decision(ally), make_decision(organiser)
    client_of(ally).post(f"/decisions/{told.pk}/happened/", {"edition": "1", "text": "Done."})
    organiser.user.is_active = False
    organiser.user.save()
    Decision.objects.update(ask_on=date(2030, 6, 3))
    assert ask(LATER) == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_clocks_one_asks():
    make_decision(make_ally("Ada Larkin"))
    Decision.objects.update(ask_on=date(2030, 6, 3))
    together = Barrier(4)

    def tick(_number):
        try:
            together.wait()
            return ask(LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(tick, range(4))) == [0, 0, 0, 1]
    assert Notification.objects.count() == 1


def test_a_small_action_can_come_of_it(ally, organiser):
    made = make_decision(ally)
    page = client_of(organiser).get(f"/actions/log/?decision={made.pk}").text
    assert "From weighing “Where does the tray stand?”" in page
    client_of(organiser).post("/actions/log/", {"text": "Moved it.", "origin": f"decision:{made.pk}"})
    assert Action.objects.get().origin == "decision"


def test_pages_cost_the_same_for_much_and_for_little(ally, organiser):
    client, costs = client_of(ally), {}
    full = make_decision(ally, "Full")
    for stakeholder in range(2, 6):
        full.stakeholders.create(place=stakeholder)
    for path in ("/decisions/", f"/decisions/{full.pk}/"):
        client.get(path)
    for more in (1, 2, 27):
        for number in range(more):
            make_decision(ally, f"Mine {more} {number}")
            make_decision(organiser, f"Theirs {more} {number}")
        for path in ("/decisions/", f"/decisions/{full.pk}/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            costs.setdefault(path, set()).add(len(queries))
    assert {path: len(found) for path, found in costs.items()} == {"/decisions/": 1, f"/decisions/{full.pk}/": 1}
    assert "Older ones of yours" in client.get("/decisions/").text


def test_it_is_in_the_parcel_and_gone_with_its_writer(ally):
    make_decision(ally)
    (parcel,) = export_person(user=ally.user)["movement.Decision"]
    assert (parcel["options"], parcel["stakeholders"]) == (["By the door", "Where it is"], ["Customers", "Drivers"])
    assert {"option": "Where it is", "stakeholder": "Customers", "when": "now", "score": -1, "why": "a long walk"} in (
        parcel["weighed"]
    )
    erase_person(user=ally.user)
    assert not Decision.objects.exists()


def test_thrown_away_nothing_is_left(ally):
    made = make_decision(ally)
    page = client_of(ally).get(f"/decisions/{made.pk}/delete/").text
    assert "Nothing of it is kept" in page
    delete_decision(decision=made)
    assert not Effect.objects.exists()
