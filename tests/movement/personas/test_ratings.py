"""How it is going, once a month from either end; each reads the other's answer only after giving their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.services import erase_person, export_person
from movement.personas.models import End
from movement.personas.ratings import NotTogether, RatedAlready, Rating, month_of, rate
from movement.personas.seeing import seen
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_card, make_pair, tie_of

pytestmark = pytest.mark.django_db


def test_a_month_is_utcs():
    assert month_of(datetime(2026, 11, 30, 23, 59, tzinfo=UTC)) == date(2026, 11, 1)


def test_each_reads_the_other_only_after_answering(ally, organiser):
    card = make_pair(ally, organiser)
    served, server = client_of(organiser), client_of(ally)
    served.post(f"/personas/{card.pk}/rate/", {"mark": "2"})
    before = server.get(card.get_absolute_url()).content.decode()
    assert ("said “" in before, "c-dot" in before, "How well is this going?" in before) == (False, False, True)
    server.post(f"/personas/{card.pk}/rate/", {"mark": "5"})
    month = timezone.now().astimezone(UTC).date().replace(day=1)
    for one in (ally, organiser):
        found = seen(card, one)
        assert [(m.month, m.server, m.served, m.gap) for m in found.months] == [(month, 5, 2, 3)]
    after = server.get(card.get_absolute_url()).content.decode()
    assert "Ada Larkin said “very well” and Orla Penrose “so-so”" in after
    assert "There is a gap" in after


def test_of_a_month_without_my_answer_i_learn_nothing(ally, organiser):
    card = make_pair(ally, organiser)
    Rating.objects.create(tie=tie_of(card), by=organiser, is_server=False, month=date(2026, 8, 1), mark=1)
    rate(card=card, by=ally, mark=4)
    assert [(m.server, m.served) for m in seen(card, ally).months] == [(4, None)]
    assert list(Rating.objects.visible_to(ally.user).values_list("mark", flat=True)) == [4]


def test_who_relies_is_the_served_whoever_wrote_the_card(ally, organiser):
    card = make_pair(ally, organiser, end=End.SERVED)
    rate(card=card, by=ally, mark=2)
    rate(card=card, by=organiser, mark=4)
    assert dict(Rating.objects.values_list("is_server", "by")) == {False: ally.pk, True: organiser.pk}


def test_twice_in_a_month_is_refused_kindly_and_by_the_database(ally, organiser):
    card = make_pair(ally, organiser)
    client = client_of(ally)
    client.post(f"/personas/{card.pk}/rate/", {"mark": "5"})
    again = client.post(f"/personas/{card.pk}/rate/", {"mark": "1"}, follow=True).content.decode()
    assert "You have answered for this month already." in again
    assert list(Rating.objects.values_list("mark", flat=True)) == [5]
    with pytest.raises(RatedAlready):
        rate(card=card, by=ally, mark=1)
    month = month_of(timezone.now())
    for wrong in ({"mark": 3, "is_server": True}, {"mark": 6, "is_server": False}, {"mark": 0, "is_server": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(tie=tie_of(card), by=organiser, month=month, **wrong)


@pytest.mark.parametrize("mark", ["", "0", "6", "4.5", "-1", "9" * 50, "well"])
def test_a_made_up_mark_is_no_mark(ally, organiser, mark):
    card = make_pair(ally, organiser)
    page = client_of(ally).post(f"/personas/{card.pk}/rate/", {"mark": mark}, follow=True).content.decode()
    assert ("Choose one of the five words first." in page, Rating.objects.count()) == (True, 0)


def test_only_the_two_who_agreed_can_rate(ally, organiser, alias_ally):
    alone, waiting = make_card(ally), make_pair(ally, organiser, agreed=False)
    agreed = make_pair(ally, organiser)
    for card, who in ((alone, ally), (waiting, ally), (waiting, organiser), (agreed, alias_ally)):
        assert client_of(who).post(f"/personas/{card.pk}/rate/", {"mark": "3"}).status_code == 404
        with pytest.raises(NotTogether):
            rate(card=card, by=who, mark=3)
    assert Rating.objects.count() == 0


def test_what_i_said_is_in_my_data_and_goes_with_me(ally, organiser):
    card = make_pair(ally, organiser)
    rate(card=card, by=organiser, mark=2)
    rows = [row for part in export_person(user=organiser.user).values() for row in part]
    assert [row["mark"] for row in rows if "mark" in row] == [2]
    erase_person(user=organiser.user)
    assert (Rating.objects.count(), card.ties.count()) == (0, 0)
    assert client_of(ally).get(card.get_absolute_url()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_the_same_moment_one_counts():
    ally, other = make_ally("Ada Larkin"), make_ally("Bo Finch")
    card = make_pair(ally, other)
    together = Barrier(4)

    def say(mark: int) -> str:
        try:
            together.wait()
            rate(card=card, by=ally, mark=mark)
            return "kept"
        except RatedAlready:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(say, (1, 2, 3, 4))) == ["kept", "told", "told", "told"]
