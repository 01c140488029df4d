"""A round of lunches from the wish to the question afterwards: paired once, told once, whatever happens in between."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone
from icalendar import Calendar
from post_office.models import Email

from accounts.services import erase_person, export_person
from movement.allies.blocks import block
from movement.allies.models import Ally, Visibility
from movement.allies.services import change_appearance
from movement.lunch import letters, rounds
from movement.lunch.models import Lunch, LunchRound, LunchWish, Met, Rhythm, Seat
from movement.tasks import draw_lunches_when_due
from postbox.models import Dispatch, Notification
from postbox.sender import send_waiting
from postbox.services import prefer
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_lunch, make_wish

pytestmark = pytest.mark.django_db
MONDAY = date(2031, 5, 5)
FORM = {"rhythm": "1", "days": ["2", "4"], "reach": "extension 12", "paused_until": ""}


@pytest.fixture
def bo(organisation):
    return make_ally("Bo Finch", unit=organisation["finance"])


@pytest.fixture
def posted(settings, tmp_path):
    """What the sender writes to."""
    settings.MAIL_FOLDER = tmp_path

    def read():
        send_waiting()
        mails = [
            message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(tmp_path.glob("*.eml"))
        ]
        return {mail["To"]: mail for mail in mails}

    return read


def body(mail):
    return mail.get_body(preferencelist=("plain",)).get_content()


def test_from_the_wish_to_the_table_and_the_question(ally, bo, posted):
    for one in (ally, bo):
        assert client_of(one).post("/lunch/", FORM | {"reach": f"{one.name}’s desk"})["Location"] == "/lunch/"
    assert rounds.run(MONDAY) == 2
    seat = Seat.objects.get(ally=ally)
    pages = [client_of(ally).get(path).content.decode() for path in (seat.get_absolute_url(), "/lunch/", "/me/")]
    assert ["Lunch with Bo Finch" in page for page in pages] == [True] * 3
    assert ["Bo Finch’s desk" in page for page in pages] == [True, False, False]
    mail = posted()[ally.user.email]
    assert mail["Subject"].startswith("Lunch with Bo Finch on ")
    assert "Bo Finch’s desk" in body(mail)
    assert body(mail).count("\n- ") == 3
    Lunch.objects.update(starts_at=timezone.now() - timedelta(days=1))
    assert "Did you meet Bo Finch?" in client_of(ally).get("/me/").content.decode()
    client_of(ally).post(seat.get_absolute_url(), {"met": "yes"})
    page = client_of(ally).get(seat.get_absolute_url()).content.decode()
    assert "/actions/log/?start=lunch" in page
    assert "Had lunch with somebody" in client_of(ally).get("/actions/log/?start=lunch").content.decode()
    assert "Did you meet" not in client_of(ally).get("/me/").content.decode()
    assert list(Seat.objects.order_by("met").values_list("met", flat=True)) == [Met.UNSAID, Met.YES]


def test_the_enclosed_proposal_is_by_the_clock_of_who_gets_it(ally, bo, posted):
    for one, zone in ((ally, "Europe/Berlin"), (bo, "Europe/London")):
        one.user.timezone = zone
        one.user.save()
    make_lunch(ally, bo)
    shown = {}
    for address, mail in posted().items():
        (file,) = mail.iter_attachments()
        (event,) = Calendar.from_ical(file.get_content()).walk("VEVENT")
        assert (file.get_content_type(), event["STATUS"]) == ("text/calendar", "TENTATIVE")
        assert address not in event.to_ical().decode()
        shown[address] = event["DTSTART"].dt
    first, second = shown[ally.user.email], shown[bo.user.email]
    assert first == second
    assert [str(at.tzinfo) for at in (first, second)] == ["Europe/Berlin", "Europe/London"]
    answer = client_of(bo).get(f"/lunch/{Seat.objects.get(ally=bo).pk}.ics")
    assert (answer["Content-Type"], b"SUMMARY:Lunch with Ada Larkin" in answer.content) == (
        "text/calendar; charset=utf-8",
        True,
    )


def test_a_round_that_runs_twice_pairs_and_tells_once(ally, bo):
    make_lunch(ally, bo)
    LunchRound.objects.get()
    assert rounds.run(MONDAY) == 0
    counts = (Seat.objects.count(), Lunch.objects.count(), Email.objects.count(), Notification.objects.count())
    assert counts == (2, 1, 2, 2)


@pytest.mark.parametrize("place", ["seats", "letters"])
def test_killed_in_between_it_begins_anew_and_leaves_nothing_half(ally, bo, monkeypatch, place):
    """Everything stands in one transaction: what a kill leaves is what an error leaves."""
    for one in (ally, bo):
        make_wish(one)
    owner, name = (Seat.objects, "bulk_create") if place == "seats" else (letters.bulk, "write")
    with monkeypatch.context() as patch:
        patch.setattr(type(owner) if place == "seats" else owner, name, _die)
        with pytest.raises(SystemExit):
            rounds.run(MONDAY)
    assert (Seat.objects.count(), Lunch.objects.count(), Dispatch.objects.count()) == (0, 0, 0)
    assert rounds.run(MONDAY) == 2
    assert (Seat.objects.count(), Lunch.objects.count(), Dispatch.objects.count()) == (2, 1, 2)


def _die(*_args, **_kwargs):
    raise SystemExit


def test_of_two_workers_with_the_same_round_one_keeps_what_it_found(ally, bo):
    for one in (ally, bo):
        make_wish(one)
    found = LunchRound.objects.create(monday=MONDAY)
    wishes = {wish.ally_id: wish for wish in rounds.due(MONDAY)}
    guests = [rounds._guest(wish, MONDAY, False) for wish in wishes.values()]
    assert [rounds._keep(found, wishes, [guests]) for _twice in range(2)] == [2, 0]
    assert (Lunch.objects.count(), Dispatch.objects.count()) == (1, 2)


def test_rhythm_pause_and_leaving_are_heeded(ally, bo, organisation):
    weekly, monthly, away, gone = ally, bo, make_ally("Cy Orme"), make_ally("Dot Pell")
    make_wish(weekly)
    make_wish(monthly, rhythm=Rhythm.MONTHLY)
    make_wish(away, paused_until=MONDAY + timedelta(days=1))
    make_wish(gone)
    client_of(gone).post("/lunch/leave/")
    seen = {}
    for week in range(5):
        rounds.run(MONDAY + timedelta(weeks=week))
        seats = Seat.objects.filter(round__monday=MONDAY + timedelta(weeks=week)).at_a_table()
        seen[week] = {seat.ally.name for seat in seats.select_related("ally")}
    names = {"w": weekly.name, "m": monthly.name, "a": away.name}
    assert seen[0] == {names["w"], names["m"]}
    assert [names["m"] in seen[week] for week in range(5)] == [True, False, False, False, True]
    assert [names["a"] in seen[week] for week in range(5)] == [False, True, True, True, True]


def test_who_is_alone_is_told_and_comes_first_the_next_time(ally, bo, posted):
    make_lunch(ally)
    mail = posted()[ally.user.email]
    assert ("first the next" in mail["Subject"], list(mail.iter_attachments())) == (True, [])
    make_wish(bo)
    (waiting,) = [
        waited for wish, waited in rounds._with_waiting(rounds.due(MONDAY + timedelta(weeks=1))) if wish.ally == ally
    ]
    assert waiting
    rounds.run(MONDAY + timedelta(weeks=1))
    assert Seat.objects.at_a_table().count() == 2


def test_quiet_ones_are_told_what_it_takes_and_are_never_matched(quiet_ally, ally):
    assert "Choose how I appear" in client_of(quiet_ally).get("/lunch/").content.decode()
    assert client_of(quiet_ally).post("/lunch/", FORM).status_code == 422
    make_wish(ally)
    change_appearance(ally=ally, timezone="UTC", visibility=Visibility.QUIET)
    assert (LunchWish.objects.count(), rounds.due(MONDAY)) == (1, [])


def test_who_appears_otherwise_is_asked_to_look_again(ally, bo):
    """What they give to be reached by may belong to the name they had."""
    make_wish(ally)
    change_appearance(ally=ally, timezone="UTC", visibility=Visibility.ALIAS, alias="Slow Heron")
    assert rounds.due(MONDAY) == []
    client = client_of(ally)
    assert "You appear otherwise" in client.get("/lunch/").content.decode()
    client.post("/lunch/", FORM)
    assert [wish.ally for wish in rounds.due(MONDAY)] == [ally]


@pytest.mark.parametrize("change", ["quiet", "alias", "blocked", "left", "closed"])
def test_a_mail_on_its_way_names_nobody_who_has_gone_since(ally, bo, posted, change):
    make_lunch(ally, bo)
    if change == "blocked":
        block(by=bo, other=ally)
    elif change == "left":
        erase_person(user=bo.user)
    elif change == "closed":
        bo.user.is_active = False
        bo.user.save()
    else:
        change_appearance(ally=bo, timezone="UTC", visibility=change, alias="Slow Heron")
    seat = Seat.objects.get(ally=ally)
    assert ally.user.email not in posted()
    pages = [
        client_of(ally).get(path) for path in (seat.get_absolute_url(), f"/lunch/{seat.pk}.ics", "/lunch/", "/me/")
    ]
    assert [page.status_code for page in pages] == [404, 404, 200, 200]
    assert "Finch" not in "".join(page.content.decode() for page in pages)


def test_those_kept_apart_are_not_matched(ally, bo):
    block(by=ally, other=bo)
    make_lunch(ally, bo)
    assert list(Seat.objects.values_list("lunch", flat=True)) == [None, None]


def test_kept_apart_or_gone_while_it_was_drawn(ally, bo):
    cy, dot = make_ally("Cy Orme"), make_ally("Dot Pell")
    for one in (ally, bo, cy, dot):
        make_wish(one)
    found = LunchRound.objects.create(monday=MONDAY)
    wishes = {wish.ally_id: wish for wish in rounds.due(MONDAY)}
    by_ally = {ally_id: rounds._guest(wish, MONDAY, False) for ally_id, wish in wishes.items()}
    block(by=ally, other=bo)
    LunchWish.objects.filter(ally=dot).delete()
    rounds._keep(found, wishes, [[by_ally[ally.pk], by_ally[bo.pk]], [by_ally[cy.pk], by_ally[dot.pk]]])
    assert sorted(Seat.objects.values_list("ally", "lunch")) == sorted([(ally.pk, None), (bo.pk, None), (cy.pk, None)])


def test_no_mail_to_who_wants_none_and_the_digest_can_tell(ally, bo):
    prefer(user=ally.user, choices={"lunch": "never"})
    prefer(user=bo.user, choices={"lunch": "digest"})
    make_lunch(ally, bo)
    assert (Email.objects.count(), Notification.objects.filter(kind="lunch").count()) == (0, 2)
    assert [
        text for text in Notification.objects.values_list("text", flat=True) if "Finch" in text or "Ada" in text
    ] == []


def test_the_clock_draws_on_thursday_for_the_week_to_come(ally, bo, monkeypatch):
    wednesday = datetime(2026, 12, 2, 23, tzinfo=UTC)
    assert rounds.next_monday(wednesday) is None
    assert rounds.next_monday(wednesday + timedelta(hours=7)) == date(2026, 12, 7)
    LunchRound.objects.create(monday=date(2026, 12, 7), matched_at=wednesday)
    assert rounds.next_monday(wednesday + timedelta(hours=7)) is None
    assert rounds.next_monday(wednesday + timedelta(days=7, hours=7)) == date(2026, 12, 14)
    assert draw_lunches_when_due() is None


@pytest.mark.parametrize(
    "odd",
    [
        {"rhythm": "3"},
        {"days": []},
        {"days": ["6"]},
        {"days": ["9" * 50]},
        {"reach": ""},
        {"reach": "a\x00b"},
        {"paused_until": "9999-01-01"},
        {"paused_until": "soon"},
    ],
    ids=str,
)
def test_what_cannot_be_wished_for_is_refused(ally, odd):
    response = client_of(ally).post("/lunch/", FORM | odd)
    assert (response.status_code, LunchWish.objects.count()) == (422, 0)


def test_one_seat_for_each_in_a_round_and_nobody_elses(ally, bo, steward):
    seat, _other = make_lunch(ally, bo)
    with pytest.raises(Exception, match=r"(?i)unique"):
        Seat.objects.create(round=seat.round, ally=ally, lunch=seat.lunch)


def test_nobody_else_opens_it(ally, bo, steward):
    Ally.objects.create(user=steward, name="Stella Wick", visibility=Visibility.OPEN)
    seat, _other = make_lunch(ally, bo)
    for other in (bo, steward):
        assert client_of(other).get(seat.get_absolute_url()).status_code == 404
        assert client_of(other).post(seat.get_absolute_url(), {"met": "yes"}).status_code == 404


def test_it_is_in_ones_data_and_goes_with_it(ally, bo):
    make_lunch(ally, bo)
    exported = export_person(user=ally.user)
    assert exported["movement.LunchWish"][0]["reach"] == "Ada Larkin’s desk"
    assert "Finch" not in str(exported)
    erase_person(user=ally.user)
    assert list(Seat.objects.values_list("ally", flat=True)) == [bo.pk]
    assert "Larkin" not in str(list(Email.objects.values())) + str(list(Notification.objects.values()))
