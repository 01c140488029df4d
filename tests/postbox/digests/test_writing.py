"""One mail a person and morning, silent when there is nothing, never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from post_office.models import Email

from postbox.digests import services, writing
from postbox.digests.models import Digest, DigestReader
from postbox.models import Dispatch
from postbox.sender import send_waiting

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
WEEK = timedelta(days=7)


def happened(shop, *titles: str, at: datetime = SUNDAY + timedelta(hours=1)) -> None:
    shop.news += [(at, title) for title in titles]


def test_it_comes_on_monday_at_eight_and_not_before(shop, reader, server, sink):
    reader(at=SUNDAY)
    happened(shop, "A lamp", "A chair")
    assert [writing.write_due(MONDAY - timedelta(seconds=1)), writing.write_due(MONDAY)] == [0, 1]
    assert send_waiting() == 1
    mail = sink.mails[0]
    assert (mail["To"], mail["Subject"]) == ("reader@elsewhere.example", "A lamp, and one thing more")
    text = mail.get_body(("plain",)).get_content()
    assert [
        line in text for line in ("New in the shop", "A lamp", "A chair", "http://groundswell.example/primer/")
    ] == [True] * 4
    assert "A chair" in mail.get_body(("html",)).get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_to_tell_is_no_mail_and_the_next_one_begins_there(shop, reader):
    reader(at=SUNDAY)
    assert (writing.write_due(MONDAY), Email.objects.count(), Digest.objects.count()) == (0, 0, 0)
    assert DigestReader.objects.get().next_at == MONDAY + WEEK
    happened(shop, "Before", at=MONDAY)
    happened(shop, "After", at=MONDAY + timedelta(hours=1))
    writing.write_due(MONDAY + WEEK)
    assert shop.asked[-1][0].since == MONDAY


def test_the_same_morning_is_written_once_however_often_and_wherever_it_is_asked(shop, reader):
    mine = reader(at=SUNDAY)
    happened(shop, "A lamp")
    assert [writing.write_due(MONDAY + timedelta(minutes=minute)) for minute in (0, 0, 1, 300)] == [1, 0, 0, 0]
    # A clock that read the row before, or a person who moved to where Monday comes later.
    DigestReader.objects.filter(pk=mine.pk).update(next_at=MONDAY, timezone="America/St_Johns")
    happened(shop, "A chair", at=MONDAY + timedelta(minutes=2))
    assert writing.write_due(MONDAY + timedelta(hours=6)) == 0
    assert (Email.objects.count(), Dispatch.objects.count()) == (1, 1)
    assert DigestReader.objects.get().next_at == datetime(2026, 11, 30, 11, 30, tzinfo=UTC)


def test_what_is_killed_half_way_is_written_whole_by_the_next(shop, reader, monkeypatch):
    for number in range(5):
        reader(f"reader{number}@elsewhere.example", at=SUNDAY)
    happened(shop, "A lamp")
    monkeypatch.setattr(writing, "A_BATCH", 2)
    real, calls = writing._wait_for_the_next, []

    def killed(due, now):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(due, now)

    monkeypatch.setattr(writing, "_wait_for_the_next", killed)
    with pytest.raises(KeyboardInterrupt):
        writing.write_due(MONDAY)
    assert Email.objects.count() == 2
    assert writing.write_due(MONDAY) == 3
    assert sorted(mail.to[0] for mail in Email.objects.all()) == [
        f"reader{number}@elsewhere.example" for number in range(5)
    ]


def test_a_week_that_was_missed_is_told_in_one_letter(shop, reader):
    reader(at=SUNDAY)
    happened(shop, "A lamp")
    assert writing.write_due(MONDAY + 3 * WEEK + timedelta(hours=1)) == 1
    assert writing.write_due(MONDAY + 3 * WEEK + timedelta(hours=2)) == 0


def test_an_address_with_two_rhythms_gets_each_in_its_own_letter_and_moving_misses_nothing(shop, reader):
    reader(at=SUNDAY)
    services.join(email="Reader@Elsewhere.example", section="shop", rhythm="monthly")
    one = DigestReader.objects.get()
    assert (one.rhythm, one.choices.get().told_until) == ("monthly", SUNDAY)


def test_the_number_of_queries_does_not_grow_with_the_readers(shop, reader):
    happened(shop, "A lamp")
    counts = []
    for number in (1, 3, 30):
        Email.objects.all().delete()
        DigestReader.objects.all().delete()
        for one in range(number):
            reader(f"r{number}-{one}@elsewhere.example", at=SUNDAY, zone=["UTC", "Europe/Lisbon"][one % 2])
        with CaptureQueriesContext(connection) as asked:
            assert writing.write_due(MONDAY) == number
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def test_what_may_not_be_read_any_more_is_left_out_as_it_goes_out(shop, reader, server, sink):
    reader(at=SUNDAY)
    happened(shop, "A lamp", "A secret")
    writing.write_due(MONDAY)
    shop.news.pop()
    send_waiting()
    assert sink.subjects == ["A lamp"]
    assert "secret" not in sink.mails[0].as_string()


def test_a_letter_of_which_nothing_is_left_stays(shop, reader, server, sink):
    reader(at=SUNDAY)
    happened(shop, "A secret")
    writing.write_due(MONDAY)
    shop.news.clear()
    assert send_waiting() == 0
    assert (sink.mails, Dispatch.objects.exclude(withheld_at=None).count()) == ([], 1)


def test_whoever_stopped_it_in_the_meantime_gets_none(shop, reader, server, sink):
    mine = reader(at=SUNDAY)
    happened(shop, "A lamp")
    writing.write_due(MONDAY)
    services.end(recipient=mine.recipient, rhythm="weekly")
    assert (send_waiting(), sink.mails, shop.stopped) == (0, [], ["reader@elsewhere.example"])


def test_somebody_whose_login_was_closed_gets_none(shop, reader, ada):
    reader(ada.email, at=SUNDAY, user=ada)
    ada.is_active = False
    ada.save()
    happened(shop, "A lamp")
    assert writing.write_due(MONDAY) == 0
