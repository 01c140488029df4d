"""Most read: what counts as a read, what it costs, and that no number is lost or counted twice."""

import os
import subprocess
import sys
import threading
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from content.pages.sorting import Author
from content.reads import counting, folding, keeping
from content.reads.counting import Read, Tally, tally
from content.reads.models import PageReads
from content.reads.readers import is_machine
from tests.cast import client_of, person
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
ARTICLE = "/articles/page-four/"


@pytest.fixture(autouse=True)
def nothing_counted():
    tally.begin_anew()
    yield
    tally.begin_anew()


@pytest.fixture
def article(site_pages):
    return make_article()


def kept() -> dict[int, int]:
    tally.flush()
    return dict(PageReads.objects.values_list("page_id", "reads"))


def test_a_visitor_s_reads_count_from_the_shared_copy_too(article):
    for _time in range(3):
        Client().get(ARTICLE, headers=FIREFOX)
    assert kept() == {article.pk: 3}


def test_a_browser_that_has_the_page_already_reads_it_again(article):
    etag = Client().get(ARTICLE, headers=FIREFOX)["ETag"]
    assert Client().get(ARTICLE, headers=FIREFOX | {"if-none-match": etag}).status_code == 304
    assert kept() == {article.pk: 2}


def test_counting_asks_the_database_nothing(article, ally):
    Client().get(ARTICLE)
    with CaptureQueriesContext(connection) as shared:
        Client().get(ARTICLE, headers=FIREFOX)
    signed_in = client_of(ally)
    asked = []
    for headers in ({}, FIREFOX):
        signed_in.get(ARTICLE)
        with CaptureQueriesContext(connection) as captured:
            signed_in.get(ARTICLE, headers=headers)
        asked.append(len(captured))
    assert (len(shared), asked[0] - asked[1]) == (0, 0)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "curl/8.7.1"},
        FIREFOX | {"sec-purpose": "prefetch;prerender"},
        FIREFOX | {"purpose": "prefetch"},
        FIREFOX | {"hx-request": "true"},
    ],
)
def test_machines_and_what_is_fetched_in_advance_do_not_count(article, headers):
    Client().get(ARTICLE, headers=headers)
    assert kept() == {}


def test_asking_for_the_head_is_no_read(article):
    Client().head(ARTICLE, headers=FIREFOX)
    assert kept() == {}


def test_a_telephone_that_is_called_like_a_machine_is_none():
    assert not is_machine(
        "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
    )


@pytest.mark.parametrize("path", ["/", "/articles/", "/articles/feed/", "/search/?q=four", "/nothing-here/"])
def test_what_only_leads_to_reading_is_not_counted(article, path):
    Client().get(path, headers=FIREFOX)
    assert kept() == {}


def test_an_ally_s_reads_count_and_those_of_people_at_work_on_the_page_do_not(article, ally, editor, author, steward):
    article.owner = author
    article.save()
    byline = Author.objects.get()
    byline.user = person("byline@larkfield.example")
    byline.save()
    other_author = person("other@larkfield.example", groups=("authors",))
    for someone in (ally, editor, author, steward, byline.user, other_author):
        client_of(someone).get(ARTICLE, headers=FIREFOX)
    assert kept() == {article.pk: 2}


def test_a_preview_is_no_read(article, editor):
    client = client_of(editor)
    client.get(f"/cms/pages/{article.pk}/view_draft/", headers=FIREFOX)
    assert not tally.numbers


def test_a_deleted_page_takes_no_other_s_reads_with_it(article):
    other = make_article("Ringing back")
    tally.add(Read(article.pk, date(2026, 5, 4)))
    tally.add(Read(other.pk, date(2026, 5, 4)))
    article.delete()
    assert kept() == {other.pk: 1}


def test_what_is_counted_while_the_database_is_away_is_kept(article):
    down = [True]

    def keep(counts):
        if down:
            raise DatabaseError("away")
        keeping.keep(counts)

    waiting = Tally(keep)
    for _time in range(2):
        waiting.add(Read(article.pk, date(2026, 5, 4)))
        waiting.flush()
    down.clear()
    waiting.flush()
    waiting.flush()
    assert list(PageReads.objects.values_list("page_id", "day", "reads")) == [(article.pk, date(2026, 5, 4), 2)]


def test_the_memory_has_an_end(monkeypatch):
    monkeypatch.setattr(counting, "MOST_NUMBERS", 2)
    full = Tally(keeping.keep)
    for page in (1, 2, 3, 1):
        full.add(Read(page, date(2026, 5, 4)))
    assert full.numbers == Counter({Read(1, date(2026, 5, 4)): 2, Read(2, date(2026, 5, 4)): 1})


def test_old_days_are_folded_into_their_month_and_recent_ones_are_not(article):
    days = [
        date(2026, 1, 1),
        date(2026, 1, 2),
        date(2026, 1, 31),
        date(2026, 2, 3),
        date(2026, 4, 30),
        date(2026, 5, 1),
    ]
    keeping.add([(article.pk, day, 10) for day in days])
    keeping.add([(article.pk, date(2026, 1, 2), 5)], is_demo=True)
    for _time in range(2):
        folding.fold_old_days(today=date(2026, 8, 10))
    rows = PageReads.objects.order_by("day", "is_demo").values_list("day", "reads", "is_demo")
    assert list(rows) == [
        (date(2026, 1, 1), 30, False),
        (date(2026, 1, 1), 5, True),
        (date(2026, 2, 1), 10, False),
        (date(2026, 4, 1), 10, False),
        (date(2026, 5, 1), 10, False),
    ]


def test_the_last_thirty_days_are_thirty(article):
    today = timezone.localdate()
    keeping.add([(article.pk, today - timedelta(days=back), 1) for back in (0, 29, 30)])
    assert PageReads.objects.of_last(30).count() == 2


@pytest.mark.django_db(transaction=True)
def test_threads_that_count_and_keep_at_once_lose_nothing(site_pages):
    pages, day = list(Page.objects.filter(depth__gt=2).values_list("pk", flat=True)), date(2026, 5, 4)
    tallies = [Tally(keeping.keep), Tally(keeping.keep)]

    def count(number: int) -> None:
        try:
            for turn in range(100):
                for page in pages if number % 2 else reversed(pages):
                    tallies[number % 2].add(Read(page, day))
                if turn % 10 == 9:
                    tallies[number % 2].flush()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=count, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in tallies:
        each.flush()
    assert dict(PageReads.objects.values_list("page_id", "reads")) == dict.fromkeys(pages, 400)


A_WEB_PROCESS = """
import os, sys
from datetime import date
import django
django.setup()
from django.conf import settings
settings.READS_KEPT_EVERY = 3600
from content.reads.counting import Read, tally
for _time in range(50):
    tally.add(Read(int(sys.argv[1]), date(2026, 5, 4)))
if not os.fork():
    tally.add(Read(int(sys.argv[1]), date(2026, 5, 4)))
    sys.exit()
os.wait()
"""


@pytest.mark.django_db(transaction=True)
def test_processes_add_up_and_bring_their_numbers_when_they_end(site_pages):
    page, given = site_pages.pk, connection.settings_dict
    address = f"sqlite:///{given['NAME']}"
    if connection.vendor == "postgresql":
        where = "{HOST}:{PORT}/{NAME}".format(**given)
        address = f"postgres://{given['USER']}:{given['PASSWORD']}@{where}"
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    running = [
        subprocess.Popen([sys.executable, "-c", A_WEB_PROCESS, str(page)], env=environment, cwd=ROOT) for _one in "ab"
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    assert list(PageReads.objects.values_list("page_id", "reads")) == [(page, 102)]
