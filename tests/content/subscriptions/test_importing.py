"""Addresses from a file: each with proof that it agreed, none gets a letter without pressing the button."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from post_office.models import PRIORITY, Email

from clubs import news as clubs_news
from content.models import Consent, Subscriber
from content.subscriptions import exporting, importing, services
from content.tasks import invite_imported
from tests.cast import client_of, person
from tests.clubs.worlds import a_club
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db
PAGE = "/cms/subscribers/import/"
GOOD = "email,consent,date\nann@elsewhere.example,Sheet at the fair,2026-04-30\n"


def upload(client, text: str, **data):
    return client.post(PAGE, {"file": io.BytesIO(text.encode())} | data)


def test_looking_through_a_file_writes_nothing(steward, site_pages):
    page = upload(client_of(steward), GOOD)
    assert "1 address will be asked to confirm" in page.text
    assert (Subscriber.objects.count(), Email.objects.count()) == (0, 0)


def test_whoever_is_brought_in_is_asked_once_and_gets_nothing_before(steward, site_pages):
    client = client_of(steward)
    assert client.post(PAGE, {"text": GOOD, "do": "import"}).status_code == 302
    invite_imported.func()
    invite_imported.func()
    ann = Subscriber.objects.get()
    assert (ann.confirmed_at, ann.consents.get().words) == (None, "Sheet at the fair")
    mail = Email.objects.get()
    assert (mail.to, mail.subject) == (["ann@elsewhere.example"], "May we go on writing to you?")
    assert "Sheet at the fair" in mail.message
    assert mail.priority < PRIORITY.high
    assert not Subscriber.objects.wanting(make_article()).exists()
    services.confirm(subscriber=ann)
    assert list(Consent.objects.values_list("how", flat=True)) == ["import", "page"]


def test_bad_rows_are_named_with_their_line_and_keep_no_good_one_out(site_pages):
    lines = [
        "Email;Date;Consent;Name",
        "ann@elsewhere.example;2026-04-30;Sheet at the fair;Ann",
        "no address;2026-04-30;Sheet;",
        "bo@elsewhere.example;2026-04-30;;Bo",
        "cy@elsewhere.example;;Sheet;Cy",
        "di@elsewhere.example;30.04.2026;Sheet;Di",
        "ed@elsewhere.example;2999-01-01;Sheet;Ed",
        "ANN@elsewhere.example;2026-04-30;Sheet;Ann again",
        "x@evil.example\r;2026-04-30;Sheet;",
        f"fy@elsewhere.example;2026-04-30;{'w' * 501};",
        ";;;",
    ]
    reading = importing.read("\n".join(lines).encode())
    assert [agreed.email for agreed in reading.new] == ["ann@elsewhere.example"]
    assert {row.line for row in reading.refused} >= {3, 4, 5, 6, 7, 8}
    assert "line 2" in next(row.why for row in reading.refused if row.line == 8)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff", b"a,b\n1,2", b'email,consent,date\n"x', b"\xef\xbb\xbf", b"x" * 2_100_000]
)
def test_what_is_no_such_file_is_said(site_pages, data):
    reading = importing.read(data)
    assert (reading.new, len(reading.refused)) == ([], 1)


def test_what_windows_saved_is_proof_in_the_same_words(steward, site_pages):
    client = client_of(steward)
    data = GOOD.replace("Sheet at the fair", "Café “Zum Anfang” für alle").encode("cp1252")
    text = client.post(PAGE, {"file": io.BytesIO(data)}).context["text"]
    page = client.post(PAGE, {"text": text, "do": "import"}, follow=True)
    assert Consent.objects.get().words == "Café “Zum Anfang” für alle"
    assert "1 person is asked to confirm. 0 were known already. 0 rows were refused." in page.text


def test_nobody_is_told_which_address_has_a_login(subscribed, steward):
    ada = person("ada@larkfield.example")
    client_of(ada).post("/subscribe/")
    subscribed("bo@elsewhere.example")
    client = client_of(steward)
    response = client.get("/cms/subscribers/export/")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
    assert [row["consent_how"] for row in rows] == ["confirmed", "confirmed"]
    page = client.get("/cms/subscribers/").text
    assert ("signed in" in page, page.count("confirmed: “Yes, send me")) == (False, 2)


def test_who_is_known_is_left_alone(subscribed):
    mine = subscribed("ann@elsewhere.example")
    reading = importing.bring_in(data=GOOD.encode())
    assert (reading.known, reading.new, Subscriber.objects.get()) == (1, [], mine)
    assert mine.consents.count() == 1


def test_the_list_taken_along_holds_no_formula(subscribed, steward):
    mine = subscribed("=cmd@elsewhere.example")
    Consent.objects.create(subscriber=mine, at=mine.created_at, how="import", words="+1 for letters")
    Consent.objects.filter(how="page").delete()
    Subscriber.objects.create(email="unconfirmed@elsewhere.example")
    response = client_of(steward).get("/cms/subscribers/export/")
    rows = list(csv.reader(io.StringIO(response.getvalue().decode())))
    assert rows[0] == list(exporting.COLUMNS)
    assert [(row[0], row[2], row[4]) for row in rows[1:]] == [
        ("'=cmd@elsewhere.example", "all new articles", "'+1 for letters")
    ]


def test_the_list_finds_counts_and_forgets(subscribed, steward):
    mine = subscribed("ann@elsewhere.example")
    subscribed("bo@elsewhere.example", pace="weekly")
    Subscriber.objects.create(email="cy@elsewhere.example")
    client = client_of(steward)
    page = client.get("/cms/subscribers/?q=ann@")
    assert ("ann@elsewhere.example" in page.text, "bo@elsewhere.example" in page.text) == (True, False)
    assert page.context["counts"] == {"confirmed": 2, "gained": 2, "at_once": 1, "waiting": 1}
    for odd in ("?before=x", "?before=" + "9" * 40, "?q=" + "a" * 500):
        assert client.get("/cms/subscribers/" + odd).status_code == 200
    assert client.post(f"/cms/subscribers/{'9' * 30}/forget/").status_code == 404
    client.post(f"/cms/subscribers/{mine.pk}/forget/")
    assert not Subscriber.objects.filter(pk=mine.pk).exists()


def test_the_list_and_the_file_cost_the_same_for_1_and_6(subscribed, steward, organiser):
    club, client, costs = a_club(organiser), client_of(steward), []
    follows = frozenset({(clubs_news.SOURCE, club.slug)})
    for number in range(6):
        subscribed(f"reader{number}@elsewhere.example", followed=follows)
        if number in (0, 5):
            with CaptureQueriesContext(connection) as asked:
                page = client.get("/cms/subscribers/").text
                file = client.get("/cms/subscribers/export/").getvalue().decode()
            costs.append(len(asked))
            both = [text.count("all new articles; news of The Thursday Table") for text in (page, file)]
            assert both == [2 * (number + 1), 2 * (number + 1)]
    assert costs[0] == costs[1]
