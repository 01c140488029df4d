"""From opening a pulse to reading its results, as people do it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import ensure_roles
from accounts.services import erase_person, export_person
from movement.pulse import closing, reading
from movement.pulse.answering import BadAnswer, Closed, UsedAlready, answer_as_ally
from movement.pulse.models import Pulse, Result
from movement.pulse.papers import Slip, Ticket, Urn
from movement.pulse.voices import Voice
from tests.cast import client_of, make_ally, make_unit
from tests.movement.pulses import close, given, make_pulse, many_allies, pool, take_part

pytestmark = pytest.mark.django_db
VARIED = [given((4, 3)), given((5, 3)), given((4, 2)), given((3, 4)), given((5, 2)), given((2, 1))]


def posted(**more: str) -> dict[str, str]:
    return {"q1-serving": "4", "q1-served": "2", "unit": "", "text": ""} | more


def test_an_ally_takes_part_once_and_is_thanked(ally):
    pulse, client = make_pulse(), client_of(ally)
    page = client.get(pulse.get_absolute_url())
    assert "One question and a few words if you like, about a minute" in page.content.decode()
    answer = client.post(pulse.get_absolute_url(), posted(text="Ring before four."))
    assert (answer.status_code, answer["Location"]) == (302, pulse.get_absolute_url())
    assert "You have taken part. Thank you." in client.get(pulse.get_absolute_url()).content.decode()
    again = client.post(pulse.get_absolute_url(), posted())
    assert again.status_code == 422
    assert "This ticket has been used already" in again.content.decode()
    assert Ticket.objects.filter(pulse=pulse, is_used=True).count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"q1-served": ""}, "Say it from this end as well, or skip both"),
        ({"q1-serving": "", "q1-served": ""}, "Every question is skipped"),
        ({"q1-serving": "6"}, "Select a valid choice"),
        ({"q1-serving": "0"}, "Select a valid choice"),
        ({"unit": "999999"}, "Select a valid choice"),
        ({"text": "x" * 281}, "longer than 280 characters"),
    ],
)
def test_an_answer_that_cannot_be_counted_is_said_plainly_and_uses_no_ticket(ally, said, told):
    pulse, client = make_pulse(), client_of(ally)
    answer = client.post(pulse.get_absolute_url(), posted(**said))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("bad", [given((0, 3)), given((3, 6)), given(None), given(), given((3, 3), (3, 3))])
def test_the_service_itself_refuses_what_is_no_answer_and_the_ticket_stays_good(ally, bad):
    pulse = make_pulse()
    with pytest.raises(BadAnswer):
        answer_as_ally(pulse=pulse, ally=ally, given=bad)
    answer_as_ally(pulse=pulse, ally=ally, given=given((3, 3)))
    with pytest.raises(UsedAlready):
        answer_as_ally(pulse=pulse, ally=ally, given=given((1, 1)))


def test_a_question_may_be_skipped(ally):
    pulse, client = make_pulse(3), client_of(ally)
    said = posted() | {"q2-serving": "", "q2-served": "", "q3-serving": "1", "q3-served": "5"}
    assert client.post(pulse.get_absolute_url(), said).status_code == 302


def test_nothing_comes_in_before_the_opening_nor_after_the_end(ally):
    later = timezone.now() + timedelta(days=1)
    pulse = make_pulse(opens_at=later, closes_at=later + timedelta(weeks=1))
    with pytest.raises(Closed):
        answer_as_ally(pulse=pulse, ally=ally, given=given((3, 3)))
    assert client_of(ally).get(pulse.get_absolute_url()).status_code == 404
    long_ago = timezone.now() - timedelta(weeks=3)
    Pulse.objects.filter(pk=pulse.pk).update(opens_at=long_ago, closes_at=long_ago + timedelta(weeks=1))
    with pytest.raises(Closed):
        answer_as_ally(pulse=pulse, ally=ally, given=given((3, 3)))
    page = client_of(ally).post(pulse.get_absolute_url(), posted())
    assert page.status_code == 422
    assert "It is closed and takes no more answers." in page.content.decode()


def test_results_are_read_after_the_close_and_the_answers_exist_no_more(ally):
    pulse = make_pulse()
    take_part(pulse, many_allies(30), VARIED)
    results = reverse("movement:pulse_results", args=[pulse.pk])
    assert client_of(ally).get(results)["Location"] == pulse.get_absolute_url()
    close(pulse)
    page = client_of(ally).get(results).content.decode()
    assert "About 30 of 30 people took part" in page
    assert "Those who serve see it better than those who are served, by 1.3 of 4 steps." in page
    assert [Model.objects.count() for Model in (Ticket, Urn, Slip)] == [0, 0, 0]
    row = Result.objects.get()
    assert (row.told["serving"]["mean"], row.told["served"]["mean"]) == (3.8, 2.5)
    figures = client_of(ally).get(reverse("movement:pulse_csv", args=[pulse.pk])).content.decode()
    assert figures.startswith("\ufeffquestion,division,unit,")
    assert "In time,,The whole organisation,30,3.8" in figures


def test_units_stand_in_the_organisations_order_for_each_question(ally):
    serve, run = make_unit("North", position=1), make_unit("South", position=2)
    units = [make_unit(name, division=top) for name, top in (("Support", serve), ("Field", serve), ("Finance", run))]
    pulse = make_pulse(2)
    low, high = [(4, 1), (3, 2), (5, 1), (4, 2)], [(3, 5), (2, 4), (3, 4), (4, 4)]
    for unit, first, second in zip(units, (high, low, low), (low, high, low), strict=True):
        answers = [given(one, other, unit=unit) for one, other in zip(first, second, strict=True)]
        take_part(pulse, many_allies(12, unit, name=unit.name), answers)
    close(pulse)
    for part in reading.parts(pulse):
        assert [(one.division, one.row.place) for one in part.units if one.division] == [
            ("North", "Field"),
            ("North", "Support"),
        ]
    page = client_of(ally).get(reverse("movement:pulse_results", args=[pulse.pk])).content.decode()
    table = page[page.index("<table") :]
    assert ("−" in table, re.search(r">-\d|\(-\d", table)) == (True, None)


def test_two_pulses_of_one_month_are_told_apart_by_their_days(ally):
    for month, first, last in ((7, 1, 14), (7, 16, 30), (8, 25, 8)):
        pulse = close(make_pulse())
        opened = datetime(2026, month, first, 12, tzinfo=UTC)
        closed = datetime(2026, month + (last < first), last, 12, tzinfo=UTC)
        Pulse.objects.filter(pk=pulse.pk).update(opens_at=opened, closes_at=closed, closed_at=closed)
    page = client_of(ally).get("/pulse/").content.decode()
    for said in ("Pulse of July 2026, 1 to 14 July<", "Pulse of July 2026, 16 to 30 July<", "Pulse of August 2026<"):
        assert said in page
    pulse.refresh_from_db()
    assert pulse.days == "25 August to 8 September"


def test_fewer_than_five_answers_are_destroyed_unread(ally):
    pulse = make_pulse()
    take_part(pulse, many_allies(4), [given((1, 5), text="The kestrel knows.")])
    close(pulse)
    assert (pulse.is_too_few, pulse.took_part, Result.objects.count(), Voice.objects.count()) == (True, None, 0, 0)
    page = client_of(ally).get(reverse("movement:pulse_results", args=[pulse.pk])).content.decode()
    assert "Fewer than five people took part." in page
    assert "kestrel" not in page


def test_words_are_shown_only_if_five_wrote_some():
    pulse = make_pulse(reads_texts=False)
    take_part(pulse, many_allies(9), [*VARIED[:5], *(given((4, 2), text=f"Word {n}") for n in range(4))])
    close(pulse)
    assert Voice.objects.count() == 0


def test_words_are_shown_escaped_and_hidden_ones_with_a_reason(ally, steward):
    ensure_roles()
    pulse = make_pulse(reads_texts=False)
    take_part(pulse, many_allies(6), [given((n % 4 + 1, 2 + n % 3), text=f"<b>Word {n}</b>") for n in range(6)])
    close(pulse)
    client = client_of(steward)
    hidden = Voice.objects.get(text="<b>Word 3</b>")
    client.post(reverse("pulses_cms:hide_text", args=[hidden.pk]), {"why": "Names a person"})
    page = client_of(ally).get(reverse("movement:pulse_results", args=[pulse.pk])).content.decode()
    assert "&lt;b&gt;Word 2&lt;/b&gt;" in page
    assert "Hidden by a steward: Names a person" in page
    assert "Word 3" not in page
    client.post(reverse("pulses_cms:hide_text", args=[hidden.pk]), {"show": "1"})
    assert [one.hides for one in hidden.hidings.order_by("at")] == [True, False]
    assert "Word 3" in client_of(ally).get(reverse("movement:pulse_results", args=[pulse.pk])).content.decode()


def test_a_steward_may_read_the_words_first_and_they_appear_within_a_week(ally, steward):
    ensure_roles()
    pulse = make_pulse()
    take_part(pulse, many_allies(6), [given((n % 4 + 1, 2 + n % 3), text=f"Word {n}") for n in range(6)])
    close(pulse)
    results = reverse("movement:pulse_results", args=[pulse.pk])
    assert "Word 2" not in client_of(ally).get(results).content.decode()
    assert "Word 2" in client_of(steward).get(reverse("pulses_cms:pulse", args=[pulse.pk])).content.decode()
    assert timedelta(days=7) == closing.READING_TIME
    client_of(steward).post(reverse("pulses_cms:show_texts", args=[pulse.pk]))
    assert "Word 2" in client_of(ally).get(results).content.decode()


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_pages_cost_the_same_whatever_there_is(many, ally, django_assert_max_num_queries):
    for number in range(min(many, 3)):
        pulse = make_pulse(min(5, many))
        pairs = [given(*[((n + k) % 5 + 1, n % 4 + 1) for k in range(min(5, many))]) for n in range(10)]
        take_part(pulse, many_allies(10, name=f"Ally {number}"), pairs)
        close(pulse)
    client = client_of(ally)
    client.get(reverse("movement:pulses"))
    with django_assert_max_num_queries(8):
        client.get(reverse("movement:pulses"))
    with django_assert_max_num_queries(10):
        client.get(reverse("movement:pulse_results", args=[pulse.pk]))


def test_a_pulse_of_everyone_is_not_answered_on_the_site(ally):
    pulse = make_pulse(audience="everyone", addresses="one@larkfield.example")
    page = client_of(ally).get(pulse.get_absolute_url()).content.decode()
    assert "Your ticket came by mail" in page
    assert client_of(ally).post(pulse.get_absolute_url(), posted()).status_code == 404


def test_what_the_pool_says_later_changes_nothing_of_an_open_pulse(ally):
    pulse = make_pulse()
    question = pool()[0]
    question.serving = "Something else."
    question.save()
    assert "Something else." not in client_of(ally).get(pulse.get_absolute_url()).content.decode()
    question.delete()
    assert pulse.questions.get().topic == "In time"


def test_somebody_who_leaves_while_it_is_open_takes_their_ticket_along_and_the_answer_stays():
    pulse = make_pulse()
    allies = many_allies(6)
    take_part(pulse, allies, VARIED)
    erase_person(user=allies[0].user)
    assert Ticket.objects.filter(pulse=pulse).count() == 5
    close(pulse)
    assert pulse.took_part == 5
    assert Result.objects.get().people == 6


def test_one_learns_of_ones_own_ticket_and_of_nothing_else(ally):
    other = make_ally("Bo Finch")
    pulse = make_pulse()
    take_part(pulse, [ally, other], [given((4, 2), text="The kestrel knows.")])
    parcel = export_person(user=ally.user)
    assert "kestrel" not in str(parcel)
    assert [row["is_used"] for row in parcel["movement.Ticket"]] == [True]
