"""The nudge on Monday: for who asked, at eight by their clock, once, that day only, seldom if it leads to nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from post_office.models import Email

from accounts.services import erase_person, export_person
from movement.actions.fitting import suggest
from movement.actions.models import Kind, Role
from movement.allies.models import Ally
from movement.resolve import nudging
from movement.resolve.nudges import Nudge, NudgeWish
from movement.resolve.nudging import nudge, still_wanted, want_nudges
from postbox import unsubscribing
from postbox.models import Pause
from postbox.pauses.services import pause
from tests.cast import client_of, make_ally
from tests.clubs.worlds import a_club, a_member
from tests.movement.worlds import make_action, make_idea

MONDAY = date(2030, 6, 3)
EIGHT = datetime(2030, 6, 3, 8, tzinfo=UTC)
WEEK = timedelta(days=7)


def wishes(ally: Ally, monday: date = MONDAY, zone: str = "UTC") -> NudgeWish:
    ally.user.timezone = zone
    ally.user.save()
    Ally.objects.filter(pk=ally.pk).update(joined_at=EIGHT - timedelta(days=200))
    want_nudges(ally=ally)
    NudgeWish.objects.filter(ally=ally).update(next_on=monday, since=EIGHT - timedelta(days=190))
    if not ally.actions.model.objects.exists():
        for number in range(20):
            make_idea(f"Idea {number}")
    return NudgeWish.objects.get(ally=ally)


@pytest.mark.django_db
def test_it_comes_at_eight_on_monday_with_one_idea_once(ally):
    wishes(ally)
    hours = [EIGHT - timedelta(minutes=1), EIGHT, EIGHT + timedelta(minutes=10), EIGHT + timedelta(days=1)]
    assert [nudge(moment) for moment in hours] == [0, 1, 0, 0]
    mail, made = Email.objects.get(), Nudge.objects.get()
    assert (mail.to, mail.subject, made.monday) == ([ally.user.email], "One small thing for this week", MONDAY)
    assert f"/me/nudges/{made.pk}/" in mail.message
    assert "List-Unsubscribe-Post" in mail.headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "monday", "before", "at"),
    [
        # New York puts its clock forward on 10 March 2030, Berlin back on 27 October: eight is eight all the same.
        ("America/New_York", date(2030, 3, 4), (12, 59), (13, 0)),
        ("America/New_York", date(2030, 3, 11), (11, 59), (12, 0)),
        ("Europe/Berlin", date(2030, 10, 21), (5, 59), (6, 0)),
        ("Europe/Berlin", date(2030, 10, 28), (6, 59), (7, 0)),
        ("Asia/Kolkata", date(2030, 6, 3), (2, 29), (2, 30)),
    ],
)
def test_eight_is_eight_by_their_own_clock_whatever_was_put_forward(ally, zone, monday, before, at):
    wishes(ally, monday, zone)
    moments = [datetime(monday.year, monday.month, monday.day, *time, tzinfo=UTC) for time in (before, at)]
    assert [nudge(moment) for moment in moments] == [0, 1]


@pytest.mark.django_db
def test_it_is_opt_in_and_stops_with_one_press(ally):
    client = client_of(ally)
    assert nudge(EIGHT) == 0
    assert client.post("/me/rhythm/nudges/").status_code == 302
    wish = NudgeWish.objects.get()
    assert wish.next_on.weekday() == 0
    assert wish.next_on > timezone.localdate()
    assert "The next comes on Monday" in client.get("/me/rhythm/").text
    token = unsubscribing.link("monday-nudge", ally=ally.pk).rstrip("/").rpartition("/")[2]
    assert client_of(None).post(f"/unsubscribe/{token}/").status_code in (200, 302)
    assert not NudgeWish.objects.exists()
    client.post("/me/rhythm/nudges/")
    client.post("/me/rhythm/nudges/", {"stop": "1"})
    assert not NudgeWish.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["paused", "first week", "too late", "left", "nothing to suggest"])
def test_it_is_silent_and_does_not_count_that_as_ignored(ally, reason):
    wishes(ally)
    moment = EIGHT
    if reason == "paused":
        pause(user=ally.user, until=timezone.localdate() + timedelta(days=20))
        Pause.objects.update(since=EIGHT - WEEK, ends_at=EIGHT + WEEK)
    elif reason == "first week":
        Ally.objects.update(joined_at=EIGHT - timedelta(days=6))
    elif reason == "too late":
        moment = EIGHT + timedelta(days=3)
    elif reason == "left":
        ally.user.is_active = False
        ally.user.save()
    else:
        make_idea("The last").__class__.objects.all().delete()
    assert (nudge(moment), Email.objects.count()) == (0, 0)
    if reason != "left":
        wish = NudgeWish.objects.get()
        assert (wish.next_on, wish.ignored) == (MONDAY + WEEK, 0)


@pytest.mark.django_db
def test_three_that_led_to_nothing_make_it_monthly_until_one_leads_to_something(ally):
    wishes(ally)
    came = [day for day in range(0, 100, 7) if nudge(EIGHT + timedelta(days=day))]
    assert came == [0, 7, 14, 21, 49, 77]
    assert NudgeWish.objects.get().is_seldom
    make_action(ally, done_on=MONDAY + timedelta(days=80))
    later = [day for day in range(98, 127, 7) if nudge(EIGHT + timedelta(days=day))]
    assert later == [105, 112, 119, 126]


@pytest.mark.django_db
def test_a_button_is_an_answer_and_looking_is_not(ally, organiser):
    wishes(ally)
    nudge(EIGHT)
    made, client = Nudge.objects.get(), client_of(ally)
    assert client_of(organiser).get(f"/me/nudges/{made.pk}/").status_code == 404
    assert client.get(f"/me/nudges/{made.pk}/").status_code == 200
    made.refresh_from_db()
    assert made.answered_at is None
    nudge(EIGHT + WEEK)
    assert NudgeWish.objects.get().ignored == 1
    latest = Nudge.objects.latest("monday")
    assert client.post(f"/me/nudges/{latest.pk}/", {"not_now": "1"})["Location"] == "/me/"
    NudgeWish.objects.update(next_on=MONDAY + 2 * WEEK)
    nudge(EIGHT + 2 * WEEK)
    assert NudgeWish.objects.get().ignored == 0
    done = Nudge.objects.latest("monday")
    assert client.post(f"/me/nudges/{done.pk}/", {"did": "1"})["Location"] == f"/actions/log/?idea={done.name}"


@pytest.mark.django_db
def test_a_mail_that_waited_into_tuesday_is_not_sent(ally, monkeypatch):
    wishes(ally)
    nudge(EIGHT)
    event = Nudge.objects.get().event
    monkeypatch.setattr(nudging.timezone, "now", lambda: EIGHT + timedelta(hours=3))
    assert still_wanted(ally.user, event)
    monkeypatch.setattr(nudging.timezone, "now", lambda: EIGHT + timedelta(hours=17))
    assert not still_wanted(ally.user, event)
    monkeypatch.setattr(nudging.timezone, "now", lambda: EIGHT)
    NudgeWish.objects.all().delete()
    assert not still_wanted(ally.user, event)


@pytest.mark.django_db(transaction=True)
def test_of_four_clocks_one_nudges():
    wishes(make_ally("Ada Larkin"))
    together = Barrier(4)

    def tick(_number):
        try:
            together.wait()
            return nudge(EIGHT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(tick, range(4))) == [0, 0, 0, 1]
    assert (Email.objects.count(), Nudge.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_the_idea_fits_role_circle_and_last_entries(ally, organiser):
    make_idea("For anybody")
    office = make_idea("For the office", role=Role.OFFICE)
    hands = make_idea("For hands", role=Role.HANDS, kind=Kind.RELATIONS)
    ally.role = "Invoicing clerk"
    ally.save()
    assert suggest(ally, MONDAY, ()).name == office.slug
    assert suggest(ally, MONDAY, [office.slug]).name == "for-anybody"
    make_action(ally, "Did it.", idea=office)
    a_member(a_club(organiser), ally)
    make_action(organiser, "Tried it.", idea=hands)
    found = suggest(ally, MONDAY, ())
    assert (found.name, found.why) == (hands.slug, "Somebody in a reading group of yours tried it.")
    make_action(organiser, "Not shown.", idea=make_idea("Kept to themselves"), audience="only_me")
    assert suggest(ally, MONDAY, ()).name == hands.slug


@pytest.mark.django_db
def test_it_is_in_the_parcel_and_goes_with_its_person(ally):
    wishes(ally)
    nudge(EIGHT)
    parcel = export_person(user=ally.user)
    assert [row["monday"] for row in parcel["movement.Nudge"]] == [MONDAY]
    assert len(parcel["movement.NudgeWish"]) == 1
    erase_person(user=ally.user)
    assert not Nudge.objects.exists()
    assert not NudgeWish.objects.exists()
