"""The close and the count: once each, whoever does it and however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from movement.pulse import closing, letters, turning
from movement.pulse.answering import Closed, UsedAlready, answer_as_ally
from movement.pulse.closing import NotOpen
from movement.pulse.models import Pulse, Result
from movement.pulse.papers import Slip, Ticket, Urn
from postbox.models import Notification
from tests.cast import make_ally, make_unit
from tests.movement.pulses import close, given, make_pulse, many_allies, take_part

VARIED = [given((4, 3)), given((5, 3)), given((4, 2)), given((3, 4)), given((5, 2)), given((2, 1))]


def shift(pulse: Pulse, **by: timedelta) -> Pulse:
    """As if so much time had passed."""
    moved = {name: getattr(pulse, name) - timedelta(**by) for name in ("opens_at", "closes_at")}
    Pulse.objects.filter(pk=pulse.pk).update(**moved)
    pulse.refresh_from_db()
    return pulse


@pytest.mark.django_db
def test_it_cannot_be_closed_before_it_opens_nor_twice():
    later = timezone.now() + timedelta(days=1)
    pulse = make_pulse(opens_at=later, closes_at=later + timedelta(weeks=1))
    with pytest.raises(NotOpen):
        closing.close_early(pulse=pulse)
    shift(pulse, days=2)
    closing.close_early(pulse=pulse)
    with pytest.raises(NotOpen):
        closing.close_early(pulse=pulse)


@pytest.mark.django_db
def test_counting_again_changes_nothing_and_an_open_pulse_is_not_counted():
    pulse = make_pulse()
    take_part(pulse, many_allies(9), VARIED)
    assert closing.count(pulse.pk) is False
    close(pulse)
    before = list(Result.objects.values())
    assert closing.count(pulse.pk) is False
    assert list(Result.objects.values()) == before != []


@pytest.mark.django_db
def test_a_count_that_is_killed_halfway_leaves_everything_to_the_next(monkeypatch):
    pulse = make_pulse()
    take_part(pulse, many_allies(25), VARIED)
    closing.close_early(pulse=pulse)
    with monkeypatch.context() as broken:
        broken.setattr("movement.pulse.urn.destroy", lambda rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            closing.count(pulse.pk)
    assert (Result.objects.count(), Slip.objects.count(), Ticket.objects.count()) == (0, 20, 25)
    assert closing.uncounted() == [pulse.pk]
    assert closing.count(pulse.pk) is True


@pytest.mark.django_db
def test_a_clock_that_stood_still_for_a_month_closes_and_tells_only_the_results(at_once):
    pulse = make_pulse()
    allies = many_allies(9)
    take_part(pulse, allies, VARIED)
    shift(pulse, days=45)
    for _again in range(2):
        turning.turn()
    pulse.refresh_from_db()
    assert pulse.results_at is not None
    assert [note.event for note in Notification.objects.filter(user=allies[0].user)] == [f"pulse:{pulse.pk}:results"]
    assert Notification.objects.count() == 9


@pytest.mark.django_db
def test_everybody_is_told_once_at_the_opening_and_only_who_has_not_taken_part_is_reminded_once(at_once):
    pulse = make_pulse()
    allies = many_allies(6)
    turning.turn()
    turning.turn()
    opened = letters.event_of(pulse, letters.OPEN)
    assert Notification.objects.filter(event=opened).count() == 6
    take_part(pulse, allies[:2], VARIED)
    turning.turn()
    shift(pulse, days=13)
    turning.turn()
    turning.turn()
    reminded = Notification.objects.filter(event=letters.event_of(pulse, letters.SOON))
    assert sorted(reminded.values_list("user", flat=True)) == sorted(ally.user_id for ally in allies[2:])
    assert Notification.objects.count() == 10


@pytest.mark.django_db
def test_an_invitation_is_taken_back_once_somebody_has_taken_part(ally):
    pulse = make_pulse()
    events = {letters.event_of(pulse, stage) for stage in (letters.OPEN, letters.SOON, letters.RESULTS)}
    assert set(letters.shown(ally.user, events)) == events - {letters.event_of(pulse, letters.RESULTS)}
    take_part(pulse, [ally], VARIED)
    assert letters.shown(ally.user, events) == []
    close(pulse)
    assert letters.shown(ally.user, events) == [letters.event_of(pulse, letters.RESULTS)]


@pytest.mark.django_db
def test_departments_are_told_of_where_five_answered_and_others_too():
    serve, run = make_unit("Serve"), make_unit("Run")
    big, small, other = (
        make_unit("Big", division=serve),
        make_unit("Small", division=serve),
        make_unit("Other", division=run),
    )
    pulse = make_pulse()
    for unit, many in ((big, 9), (small, 3), (other, 9)):
        answers = [given(*one.ratings, unit=unit) for one in VARIED]
        take_part(pulse, many_allies(many, unit, name=unit.name), answers)
    close(pulse)
    assert sorted(Result.objects.values_list("place", flat=True)) == ["", "Other", "Run", "Serve"]


@pytest.mark.django_db
def test_the_next_pulse_is_compared_with_the_last_where_no_few_people_lie_between():
    allies = many_allies(46)
    first = make_pulse()
    take_part(first, allies[:40], VARIED)
    close(first)
    second = make_pulse()
    take_part(second, allies[:45], [given((4, 4)), given((5, 4)), given((3, 5)), given((4, 5)), given((2, 3))])
    close(second)
    told = Result.objects.get(pulse=second).told["before"]
    assert (told["pulse"], told["served"]["mean"]) == (first.pk, 1.7)
    third = make_pulse()
    take_part(third, allies[:12], VARIED)
    close(third)
    fourth = make_pulse()
    take_part(fourth, allies[:13], VARIED)
    close(fourth)
    assert Result.objects.get(pulse=fourth).told["before"] is None


@pytest.mark.django_db(transaction=True)
def test_two_stewards_who_close_at_once_close_it_once_and_it_is_counted_once():
    pulse = make_pulse()
    take_part(pulse, many_allies(9), VARIED)
    start = Barrier(4)

    def press(_steward: int) -> tuple[bool, bool]:
        try:
            start.wait()
            try:
                closing.close_early(pulse=pulse)
                closed = True
            except NotOpen:
                closed = False
            start.wait()
            return closed, closing.count(pulse.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(press, range(4)))
    assert (sum(closed for closed, _counted in done), sum(counted for _closed, counted in done)) == (1, 1)
    assert (Result.objects.count(), Urn.objects.count(), Ticket.objects.count()) == (1, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_ticket_that_is_used_many_times_at_once_counts_once_and_no_answer_is_lost():
    pulse = make_pulse()
    allies = many_allies(12)
    start = Barrier(8)

    def answer(number: int) -> bool:
        try:
            if number < 8:
                start.wait()
            answer_as_ally(pulse=pulse, ally=allies[number % 12], given=VARIED[number % 6])
            return True
        except UsedAlready:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(answer, range(36)))
    assert sum(done) == 12
    close(pulse)
    assert Result.objects.get().people == 12


@pytest.mark.django_db(transaction=True)
def test_an_answer_in_the_moment_of_the_close_is_counted_or_refused_and_never_lost():
    pulse = make_pulse()
    allies = many_allies(16)
    take_part(pulse, allies[:6], VARIED)
    start = Barrier(11)

    def answer(ally: object) -> bool:
        try:
            start.wait()
            answer_as_ally(pulse=pulse, ally=ally, given=VARIED[0])  # type: ignore[arg-type]
            return True
        except Closed:
            return False
        finally:
            connections.close_all()

    def end() -> None:
        try:
            start.wait()
            closing.close_early(pulse=pulse)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(11) as threads:
        ending = threads.submit(end)
        came = sum(threads.map(answer, allies[6:]))
        ending.result()
    closing.count(pulse.pk)
    assert Result.objects.get().people == 6 + came


@pytest.mark.django_db
def test_one_pulse_at_a_time_for_an_audience():
    from movement.pulse.planning import AnotherIsOpen

    pulse = make_pulse()
    with pytest.raises(AnotherIsOpen):
        make_pulse()
    make_pulse(audience="everyone", addresses="one@larkfield.example")
    closing.close_early(pulse=pulse)
    make_pulse()
    assert make_ally("Somebody").pk
