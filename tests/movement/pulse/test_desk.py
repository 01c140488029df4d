"""What stewards do, and what they are refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import ensure_roles
from movement.pulse import lists, turning
from movement.pulse.models import Audience, Pulse, Question
from movement.pulse.planning import BadPlan, plan
from movement.pulse.reading import latest_gap
from tests.cast import client_of
from tests.movement.pulses import close, given, make_pulse, many_allies, pool, take_part

pytestmark = pytest.mark.django_db
NEW = "/cms/pulses/new/"


@pytest.fixture
def desk(steward):
    ensure_roles()
    return client_of(steward)


def asked(many: int = 2, **more: object) -> dict[str, object]:
    today = timezone.localdate()
    times = {"opens_on": today.isoformat(), "closes_on": (today + timedelta(weeks=2)).isoformat()}
    return {"questions": [one.pk for one in pool(many)], "audience": Audience.ALLIES, **times, "asks_text": "on"} | more


def test_a_steward_opens_a_pulse_and_allies_find_it_on_today(desk, ally):
    assert "In time" not in client_of(ally).get("/me/").content.decode()
    pool(1)
    assert "What other departments need from mine, they get in time." in desk.get(NEW).content.decode()
    answer = desk.post(NEW, asked(3))
    pulse = Pulse.objects.get()
    assert answer["Location"] == reverse("pulses_cms:pulse", args=[pulse.pk])
    assert "It is open." in desk.get(answer["Location"]).content.decode()
    today = client_of(ally).get("/me/").content.decode()
    assert "3 questions and a few words if you like, about 2 minutes" in today
    take_part(pulse, [ally], [given((4, 2), (4, 2), None)])
    assert "3 questions" not in client_of(ally).get("/me/").content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"questions": []}, "Choose one question at least."),
        ({"questions": "six"}, "Five questions at most"),
        ({"opens_on": "2020-01-01"}, "That day is over."),
        ({"opens_on": "soon"}, "Enter a valid date."),
        ({"closes_on": "2020-01-01"}, "The last day comes after the first."),
        ({"closes_on": "3000-01-01"}, "A pulse is open for one week at least and three at most."),
        ({"audience": "everyone"}, "A pulse by mail needs addresses."),
        ({"audience": "everyone", "addresses": "foo@@bar\nnobody"}, "Not one of these is an address"),
        ({"audience": "nobody"}, "Select a valid choice."),
    ],
)
def test_a_plan_that_cannot_be_is_said_plainly_and_opens_nothing(desk, said, told):
    if said.get("questions") == "six":
        said = {"questions": [one.pk for one in pool(6)]}
    answer = desk.post(NEW, asked(**said))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Pulse.objects.exists()


@pytest.mark.parametrize(
    ("many", "days", "weeks", "why"),
    [
        (0, 0, 2, "questions"),
        (6, 0, 2, "questions"),
        (1, -2, 2, "past"),
        (1, 0, 4, "length"),
        (1, 0, 0, "length"),
        (1, 0, -1, "past"),
    ],
)
def test_the_service_itself_refuses_such_plans(many, days, weeks, why):
    begins = timezone.now() + timedelta(days=days)
    with pytest.raises(BadPlan) as refused:
        plan(
            questions=pool(many),
            opens_at=begins,
            closes_at=begins + timedelta(weeks=weeks, minutes=1 if weeks >= 0 else 0),
        )
    assert refused.value.why == why


def test_a_second_one_for_the_same_people_is_refused_and_a_planned_one_can_be_called_off(desk):
    later = timezone.localdate() + timedelta(days=3)
    planned = asked(opens_on=later.isoformat(), closes_on=(later + timedelta(weeks=1)).isoformat())
    desk.post(NEW, planned)
    pulse = Pulse.objects.get()
    assert "one pulse at a time" in desk.post(NEW, asked()).content.decode()
    assert "It has not opened yet" in desk.post(f"/cms/pulses/{pulse.pk}/close/", follow=True).content.decode()
    desk.post(f"/cms/pulses/{pulse.pk}/call-off/")
    assert not Pulse.objects.exists()


def test_an_open_one_is_closed_early_and_not_called_off(desk, at_once):
    pulse = make_pulse()
    take_part(pulse, many_allies(6), [given((4, 2)), given((2, 3)), given((5, 3))])
    assert "Close it instead" in desk.post(f"/cms/pulses/{pulse.pk}/call-off/", follow=True).content.decode()
    assert "cannot be opened again" in desk.get(f"/cms/pulses/{pulse.pk}/close/").content.decode()
    page = desk.post(f"/cms/pulses/{pulse.pk}/close/", follow=True).content.decode()
    assert "It is closed." in page
    pulse.refresh_from_db()
    assert pulse.results_at is not None
    assert "closed it already" in desk.post(f"/cms/pulses/{pulse.pk}/close/", follow=True).content.decode()


def test_editors_and_authors_find_no_desk(editor, author):
    ensure_roles()
    pulse = make_pulse()
    for person in (editor, author):
        for path in ("", "new/", f"{pulse.pk}/", f"{pulse.pk}/close/"):
            assert client_of(person).get(f"/cms/pulses/{path}").status_code == 404


def test_a_pasted_list_is_looked_through_and_the_bad_lines_are_told(desk, at_once):
    lines = "ada@larkfield.example\nnobody\nbo@larkfield.example"
    later = timezone.localdate() + timedelta(days=1)
    days = {"opens_on": later.isoformat(), "closes_on": (later + timedelta(weeks=1)).isoformat()}
    answer = desk.post(NEW, asked(audience="everyone", addresses=lines, **days), follow=True).content.decode()
    assert ("2 addresses will get a ticket." in answer, "Lines: 2<" in answer) == (True, True)
    assert "ada@larkfield.example" not in answer
    pulse = Pulse.objects.get()
    turning.turn()
    assert pulse.tickets.count() == 0
    Pulse.objects.update(opens_at=timezone.now())
    turning.turn()
    turning.turn()
    assert pulse.tickets.count() == 2
    page = desk.get(f"/cms/pulses/{pulse.pk}/").content.decode()
    assert ("2 addresses were written to" in page, "Lines: 2<" in page, "is destroyed" in page) == (True, True, True)
    close(pulse)
    assert "Lines: 2<" in desk.get(f"/cms/pulses/{pulse.pk}/").content.decode()


def test_a_pulse_that_was_called_off_by_itself_says_so(desk, ally, at_once):
    pulse = make_pulse(audience="everyone", addresses="ada@larkfield.example")
    lists.keep_list(pulse=pulse, text="foo@@bar")
    turning.turn()
    page = desk.get(f"/cms/pulses/{pulse.pk}/").content.decode()
    assert ("It was called off by itself" in page, "Lines: 1<" in page) == (True, True)
    assert ("Close it early" in page, "Call it off" in page, "foo@@bar" in page) == (False, False, False)
    assert "called off: no address" in desk.get("/cms/pulses/").content.decode()


def test_the_spread_page_tells_of_the_latest_gap(ally):
    assert latest_gap() is None
    pulse = make_pulse(2)
    pairs = [
        given((5, 3), (4, 2)),
        given((4, 3), (3, 2)),
        given((4, 2), (4, 4)),
        given((5, 4), (5, 2)),
        given((3, 2), (2, 2)),
    ]
    take_part(pulse, many_allies(30), pairs)
    close(pulse)
    found = latest_gap()
    assert (found.serving, found.served, found.gap.mean) == (3.9, 2.6, 1.3)
    page = client_of(ally).get("/spread/").content.decode()
    assert "Those who serve see it better than those who are served, by 1.3 of 4 steps." in page


def test_a_new_site_begins_with_a_pool_and_keeps_what_stewards_changed():
    pool()
    many = Question.objects.count()
    Question.objects.filter(topic="In time").update(serving="Changed.")
    pool()
    assert Question.objects.count() == many >= 8
    assert Question.objects.get(topic="In time").serving == "Changed."
