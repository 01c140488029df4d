"""My list: by when, done, changed, dropped; one reminder."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from accounts.services import export_person
from movement.actions.commitments import Commitment, State
from movement.actions.committing import change_commitment, commit_to, remind, settle, still_wanted
from movement.allies.models import Ally
from postbox.models import Notification
from tests.cast import client_of
from tests.movement.worlds import make_idea

MONDAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 12, tzinfo=UTC)


def reminders(ally: Ally) -> int:
    return Notification.objects.filter(user=ally.user, kind="commitment").count()


def test_it_is_put_on_the_list_and_on_today(ally, organiser):
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    client = client_of(ally)
    for _press in range(2):
        assert client.post("/actions/mine/", {"text": " Ring  Ines ", "by_on": day})["Location"] == "/actions/mine/"
    assert [(one.text, one.by_on.isoformat()) for one in ally.commitments.all()] == [("Ring Ines", day)]
    paths = ("/me/", "/actions/mine/")
    seen = ["Ring Ines" in client_of(one).get(path).text for one in (ally, organiser) for path in paths]
    assert seen == [True, True, False, False]


def test_odd_days_and_long_words_are_refused_and_kept(ally):
    client = client_of(ally)
    far = (timezone.localdate() + timedelta(days=400)).isoformat()
    for told, complaint in (
        ({"text": "kept", "by_on": "1900-01-01"}, "That day is over."),
        ({"text": "kept", "by_on": far}, "more than a year from now"),
        ({"text": "kept", "by_on": "soon"}, "Write the day as in"),
        ({"text": "kept " * 5000}, "characters at most"),
        ({"text": " "}, "Say in a few words"),
    ):
        answer = client.post("/actions/mine/", told)
        assert (answer.status_code, complaint in answer.text) == (422, True), complaint
        assert "kept" not in told["text"] or "kept" in answer.text
    assert Commitment.objects.count() == 0


def test_done_leads_to_noting_it_and_dropped_to_the_list(ally, organiser):
    by_words, by_idea = commit_to(ally=ally, text="Ring Ines"), commit_to(ally=ally, text="R", idea=make_idea())
    client = client_of(ally)
    assert client_of(organiser).post(f"/actions/mine/{by_words.pk}/settle/").status_code == 404
    done = [client.post(f"/actions/mine/{one.pk}/settle/", {"done": "1"})["Location"] for one in (by_words, by_idea)]
    assert done == ["/actions/log/?text=Ring+Ines", "/actions/log/?idea=ring-one-reader"]
    third = commit_to(ally=ally, text="Sweep")
    client.post(f"/actions/mine/{third.pk}/settle/", {"drop": "1"})
    states = dict(ally.commitments.values_list("text", "state"))
    assert states == {"Ring Ines": State.DONE, "R": State.DONE, "Sweep": State.DROPPED}
    assert client.post(f"/actions/mine/{third.pk}/settle/", {"done": "1"}).status_code == 404


def test_one_reminder_on_its_morning_and_another_only_for_another_day(ally):
    one = commit_to(ally=ally, text="Ring Ines", by_on=MONDAY)
    commit_to(ally=ally, text="Some day")
    assert [remind(MORNING - timedelta(days=1)), remind(MORNING), remind(MORNING)] == [0, 1, 0]
    event = Notification.objects.get(user=ally.user).event
    assert still_wanted(ally.user, event)
    one.refresh_from_db()
    change_commitment(commitment=one, text="Ring Ines", by_on=MONDAY + timedelta(days=2))
    assert (still_wanted(ally.user, event), remind(MORNING)) == (False, 0)
    assert (remind(MORNING + timedelta(days=2)), reminders(ally)) == (1, 2)


def test_what_is_done_or_dropped_is_not_spoken_of(ally):
    for state in (State.DONE, State.DROPPED):
        settle(commitment=commit_to(ally=ally, text=state, by_on=MONDAY), state=state)
    assert (remind(MORNING), reminders(ally)) == (0, 0)


def test_editing_sets_another_day_and_the_list_is_in_my_data(ally):
    one = commit_to(ally=ally, text="Ring Ines", by_on=MONDAY)
    day = timezone.localdate()
    client = client_of(ally)
    assert "Ring Ines" in client.get(f"/actions/mine/{one.pk}/").text
    client.post(f"/actions/mine/{one.pk}/", {"text": "Ring Ines twice", "by_on": day.isoformat()})
    one.refresh_from_db()
    assert (one.text, one.by_on, one.reminded_at) == ("Ring Ines twice", day, None)
    rows = [row for rows in export_person(user=ally.user).values() for row in rows]
    assert [row["by_on"] for row in rows if row.get("text") == "Ring Ines twice"] == [day]
