"""One letter to many: small rows, held and let go, at a pace, behind whatever is urgent."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email

from postbox import bulk, health, pace, retention, sender
from postbox.bulk import Addressed
from postbox.models import Dispatch, Mould, Pace
from postbox.services import send_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def mould(letter_kind) -> Mould:
    letter_kind()
    letter_kind("code", by_choice=False)
    return bulk.cast(kind="letter", template="letter", context={"name": "all of you"}, fills=["url"])


def to(*names: str) -> list[Addressed]:
    fills = {"url": "http://groundswell.example/?a=1&b=2"}
    return [Addressed(to=f"{name}@larkfield.example", event=f"news:{name}", fills=fills) for name in names]


def a_code() -> None:
    send_mail(
        kind="code",
        to="urgent@larkfield.example",
        event="code:1",
        template="letter",
        context={"name": "whoever waits", "url": ""},
    )


def test_what_differs_is_filled_in_as_it_goes_and_escaped_in_html(letter_kind, server, sink):
    letter_kind()
    words = {"text": "News of Ada & Basil", "kind": "letters"}
    mould = bulk.cast(kind="letter", template="notification", context=words, fills=["url"])
    assert bulk.write(mould=mould, addressed=to("ada", "basil")) == 2
    assert Email.objects.exclude(message="").count() == 0
    assert sender.send_waiting() == 2
    assert "http://groundswell.example/?a=1&b=2" in sink.mails[0].get_body(("plain",)).get_content().split()
    assert 'href="http://groundswell.example/?a=1&amp;b=2"' in sink.mails[0].get_body(("html",)).get_content()


def test_each_is_written_once(mould):
    assert [bulk.write(mould=mould, addressed=to(*names)) for names in ("ab", "abc")] == [2, 1]
    assert (Email.objects.count(), Dispatch.objects.count()) == (3, 3)


def test_held_none_goes_out_not_even_one_in_hand(mould, server, sink):
    bulk.write(mould=mould, addressed=to(*"abc"))
    in_hand = Email.objects.order_by("pk").first()
    Email.objects.filter(pk=in_hand.pk).update(scheduled_time=timezone.now() + timedelta(minutes=5))
    bulk.hold(mould)
    Email.objects.filter(pk=in_hand.pk).update(scheduled_time=None)  # its sender was killed, and its lease is over
    assert (sender.send_waiting(), sink.mails, bulk.progress(mould).waiting) == (0, [], 3)
    bulk.let_go(mould)
    assert sender.send_waiting() == 3


def test_stopped_and_taken_up_while_one_is_in_hand_it_is_sent_once(mould, server, sink, monkeypatch):
    bulk.write(mould=mould, addressed=to(*"ab"))
    seen = []

    def stopped_and_taken_up(kept=pace.may_go, **urgent):
        if not seen:
            seen.append(True)
            bulk.hold(mould)
            bulk.let_go(mould)
            seen.append(sender.send_waiting())
        return kept(**urgent)

    monkeypatch.setattr(sender.pace, "may_go", stopped_and_taken_up)
    sender.send_waiting()
    assert (seen[1], len(sink.mails), len({str(mail["Message-ID"]) for mail in sink.mails})) == (1, 2, 2)


def test_progress_counts_what_became_of_them(mould, server, sink):
    sink.refused = frozenset({"b@larkfield.example"})
    bulk.write(mould=mould, addressed=to(*"abc"))
    sender.send_waiting()
    bulk.write(mould=mould, addressed=to(*"de"))
    assert bulk.progress(mould) == bulk.Progress(written=5, sent=2, waiting=2, failed=1)
    assert (bulk.give_up(mould), bulk.progress(mould).withheld) == (2, 2)


def test_what_somebody_waits_for_overtakes_it(mould, server, sink, monkeypatch):
    monkeypatch.setattr(sender, "LOOK_AGAIN", 0)
    bulk.write(mould=mould, addressed=to(*"abcdef"))

    def after_two() -> bool:
        if len(sink.mails) == 2:
            a_code()
        return False

    sender.send_waiting(stopping=after_two)
    assert sink.subjects.index("A letter to whoever waits") == 3


def test_the_pace_holds_for_all_senders_and_not_for_what_is_urgent(mould, server, sink, settings):
    settings.MAIL_RATE = 1
    bulk.write(mould=mould, addressed=to(*"abcdefgh"))
    first = sender.send_waiting()
    assert (first, sender.send_waiting()) == (1, 0)
    a_code()
    assert (sender.send_waiting(), sink.subjects[-1]) == (1, "A letter to whoever waits")
    assert set(Email.objects.exclude(status=STATUS.sent).values_list("scheduled_time", flat=True)) == {None}


@pytest.mark.parametrize("rate", [1, 30, 600])
def test_no_minute_has_more_than_the_rate(rate, settings, monkeypatch):
    settings.MAIL_RATE = rate
    now, went = timezone.now(), []
    for tick in range(1_300):  # more than two minutes, looking ten times a second
        moment = now + timedelta(seconds=tick / 10)
        monkeypatch.setattr(pace.timezone, "now", lambda moment=moment: moment)
        while pace.may_go(urgent=False):
            went.append(moment)
    most = max(sum(start <= one < start + timedelta(minutes=1) for one in went) for start in went)
    assert (0.9 * rate <= most <= rate, Pace.objects.count()) == (True, 1)


def test_a_long_mailing_that_goes_on_is_no_ailment(mould):
    bulk.write(mould=mould, addressed=to(*"ab"))
    Email.objects.update(created=timezone.now() - 2 * health.TOO_LONG)
    states = [health.look().mail]
    Email.objects.filter(pk=Email.objects.first().pk).update(status=STATUS.sent, last_updated=timezone.now())
    states.append(health.look().mail)
    assert states == ["late", "ok"]


def test_its_letter_is_forgotten_with_its_mails(mould):
    bulk.write(mould=mould, addressed=to(*"ab"))
    long_ago = timezone.now() - 2 * retention.MAILS
    Mould.objects.update(created_at=long_ago)
    retention.forget_old_rows()
    assert Mould.objects.count() == 1
    Email.objects.update(status=STATUS.sent, last_updated=long_ago)
    retention.forget_old_rows()
    assert (Mould.objects.count(), Email.objects.count(), Dispatch.objects.count()) == (0, 0, 2)
