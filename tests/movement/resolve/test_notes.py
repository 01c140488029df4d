"""The note to oneself: it comes back once, on its day, to its writer alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts.services import erase_person, export_person
from movement.resolve.coming_back import bring_back, still_wanted
from movement.resolve.models import SelfNote, in_months
from postbox.services import prefer
from tests.cast import client_of
from tests.movement.worlds import make_note

pytestmark = pytest.mark.django_db
WORDS = "Because of the hinge in the envelope."
FORM = {"text": WORDS, "months": "3"}
#: A morning on which every zone from here to Kiritimati has begun its day.
LATER = datetime(2030, 6, 3, 12, tzinfo=UTC)


def due(ally, day: date | None = None, **wishes) -> SelfNote:
    note = make_note(ally, WORDS, **wishes)
    SelfNote.objects.filter(pk=note.pk).update(due_on=day or LATER.date())
    note.refresh_from_db()
    return note


def test_it_comes_back_in_a_quarter_unless_another_time_is_chosen(ally):
    client, today = client_of(ally), timezone.localdate()
    for months in ("3", "1", "12", "6"):
        assert client.post("/me/note/", FORM | {"months": months}).status_code == 302
        assert SelfNote.objects.get().due_on == in_months(today, int(months))
    page = client.get("/me/note/").content.decode()
    assert WORDS in page
    assert f"comes back on {SelfNote.objects.get().due_on:%-d %B %Y}" in page


def test_the_last_day_of_a_longer_month_becomes_that_of_a_shorter():
    assert in_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_changed_on_its_way_it_keeps_its_day(ally):
    note = due(ally)
    client_of(ally).post("/me/note/", FORM | {"text": "In other words."})
    changed = SelfNote.objects.get()
    assert (changed.text, changed.due_on) == ("In other words.", note.due_on)


def test_it_comes_back_once_by_a_mail_that_says_nothing_of_it(ally):
    due(ally)
    assert (bring_back(LATER), bring_back(LATER), bring_back(LATER + timedelta(days=1))) == (1, 0, 0)
    mail = Email.objects.get()
    assert (mail.to, mail.subject) == ([ally.user.email], "A note from you is waiting")
    assert "/me/note/" in mail.message
    assert WORDS not in mail.message + mail.html_message


def test_the_words_are_in_the_mail_if_their_writer_wants_that(ally):
    due(ally, in_mail=True)
    bring_back(LATER)
    mail = Email.objects.get()
    assert (WORDS in mail.message, WORDS in mail.html_message, WORDS in mail.subject) == (True, True, False)


@pytest.mark.parametrize(
    ("zone", "hour", "comes"),
    [("UTC", 7, 0), ("UTC", 8, 1), ("Pacific/Kiritimati", 0, 1), ("America/New_York", 11, 0), ("Asia/Tokyo", 0, 1)],
)
def test_its_morning_is_that_of_its_writer(ally, zone, hour, comes):
    ally.user.timezone = zone
    ally.user.save()
    due(ally)
    assert bring_back(LATER.replace(hour=hour)) == comes


def test_who_prefers_no_mail_finds_it_on_today_only(ally):
    prefer(user=ally.user, choices={"note-to-myself": "never"})
    note = due(ally, timezone.localdate() - timedelta(days=1))
    assert (bring_back(), Email.objects.count()) == (1, 0)
    assert WORDS in client_of(ally).get("/me/").content.decode()
    SelfNote.objects.filter(pk=note.pk).update(came_back_at=timezone.now() - timedelta(days=30))
    assert WORDS not in client_of(ally).get("/me/").content.decode()


def test_a_closed_login_gets_nothing(ally):
    due(ally)
    ally.user.is_active = False
    ally.user.save()
    assert bring_back(LATER) == 0


@pytest.mark.parametrize("change", ["thrown away", "sent on again", "only a link now"])
def test_a_mail_on_its_way_is_held_back_when_it_is_wrong_by_now(ally, change):
    note = due(ally, in_mail=True)
    bring_back(LATER)
    note.refresh_from_db()
    event, client = note.event, client_of(ally)
    assert still_wanted(ally.user, event)
    if change == "thrown away":
        client.post("/me/note/delete/")
    elif change == "sent on again":
        client.post("/me/note/", FORM | {"in_mail": "on"})
    else:
        SelfNote.objects.update(in_mail=False)
    assert not still_wanted(ally.user, event)


def test_sent_on_again_it_comes_back_again(ally):
    due(ally)
    bring_back(LATER)
    client_of(ally).post("/me/note/", FORM)
    again = SelfNote.objects.get()
    assert (again.came_back_at, again.due_on) == (None, in_months(timezone.localdate(), 3))
    assert (bring_back(LATER), Email.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ({"text": " \r\n "}, "Write a line at least"),
        ({"text": "x" * 2001}, "2000 characters at most, and it has 2001"),
        ({"text": "a\x00b"}, "invisible character"),
        ({"text": "line\n" * 2_000_000}, "2000 characters at most"),
        ({"months": "2"}, "Select a valid choice"),
        ({"months": "9" * 40}, "Select a valid choice"),
        ({"months": ""}, "This field is required"),
    ],
    ids=["blank", "long", "nul", "ten megabytes", "two", "forty digits", "no time"],
)
def test_what_cannot_be_kept_is_refused_and_stays_in_the_form(ally, odd, says):
    response = client_of(ally).post("/me/note/", FORM | odd)
    page = response.content.decode()
    assert (response.status_code, SelfNote.objects.count()) == (422, 0)
    assert says in page
    assert (FORM | odd)["text"].strip()[:400] in page


def test_lines_are_kept_and_text_is_text(ally):
    client_of(ally).post("/me/note/", FORM | {"text": "One.\r\n\r\n\r\n\r\nTwo <b>bold</b>."})
    assert SelfNote.objects.get().text == "One.\n\nTwo <b>bold</b>."
    SelfNote.objects.update(came_back_at=timezone.now())
    assert "Two &lt;b&gt;bold" in client_of(ally).get("/me/").content.decode()


def test_nobody_else_reads_it_whatever_their_role(ally, organiser, admin, steward):
    make_note(ally, WORDS)
    assert str(SelfNote.objects.get()) == "a note to oneself"
    for other in (organiser, admin, steward):
        client = client_of(other)
        found = [client.get(path).content.decode() for path in ("/me/note/", "/me/", f"/allies/{ally.public_id}/")]
        assert [page for page in found if WORDS in page] == []
    assert client_of(organiser).post("/me/note/delete/").status_code == 404


def test_it_is_in_ones_data_and_goes_with_it(ally):
    make_note(ally, WORDS)
    told = [row for rows in export_person(user=ally.user).values() for row in rows if row.get("text") == WORDS]
    assert len(told) == 1
    erase_person(user=ally.user)
    assert SelfNote.objects.count() == 0
