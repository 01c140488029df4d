"""The primer on Today: one truth with the chapters themselves, and one next thing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.models import ChapterMark, ChapterPage
from movement import today
from movement.allies.models import Ally
from movement.allies.steps import take_step
from movement.resolve.models import SelfNote
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_action, make_card, make_definition, make_note

pytestmark = pytest.mark.django_db
READ = {"pressed": "1"}


def step_of(ally: Ally) -> str | None:
    step = client_of(ally).get("/me/").context["step"]
    return step.name if step else None


def test_reading_chapter_one_and_saying_so_on_today_are_the_same_thing(site_pages, ally, organiser):
    client_of(ally).post("/primer/get-clear/read/", READ)
    client_of(organiser).post("/me/steps/chapter-one/", {"did": "1"})
    assert set(ChapterMark.objects.values_list("user", "chapter__slug", "what")) == {
        (ally.user_id, "get-clear", "read"),
        (organiser.user_id, "get-clear", "read"),
    }
    assert (step_of(ally), step_of(organiser)) == ("definition", "definition")
    assert not ally.steps_taken.exists()
    client_of(ally).post("/primer/get-clear/read/", READ | {"take_back": "1"})
    assert step_of(ally) == "chapter-one"


def test_not_for_me_is_no_word_about_the_chapter(site_pages, ally):
    client_of(ally).post("/me/steps/chapter-one/")
    assert (step_of(ally), ChapterMark.objects.count()) == ("definition", 0)


def test_the_step_leads_to_the_first_chapter_whatever_it_is_called(site_pages, ally):
    first = ChapterPage.objects.order_by("path").first()
    first.slug = "begin-here"
    first.save_revision().publish()
    assert 'href="/primer/begin-here/"' in client_of(ally).get("/me/").content.decode()


def test_the_row_begins_with_the_first_chapter_and_goes_with_the_last(site_pages, ally):
    client = client_of(ally)
    told = ["Next: read “Find allies”", "Next: Say it in your own words"]
    assert [line for line in told if line in client.get("/me/").content.decode()] == []
    client.post("/primer/get-clear/read/", READ)
    assert told[1] in client.get("/me/").content.decode()
    make_definition(ally)
    page = client.get("/me/").content.decode()
    assert told[0] in page
    assert page.count('class="do-now') == 1
    for chapter in ChapterPage.objects.all():
        client.post(f"{chapter.get_absolute_url()}read/", READ)
        client.post(f"{chapter.get_absolute_url()}exercise/")
    assert 'id="primer-h"' not in client.get("/me/").content.decode()


def test_today_costs_the_same_however_much_was_done(site_pages, ally):
    client, costs = client_of(ally), []
    make_definition(ally)
    make_note(ally)
    SelfNote.objects.update(came_back_at=timezone.now())
    client.post("/primer/get-clear/read/", READ)
    for step in today.steps():
        if step.done is None or step.name == "reading-group":
            take_step(ally=ally, name=step.name)
    for upto in (1, 3, 30):
        for number in range(ally.brought.count(), upto):
            make_action(ally)
            make_card(ally)
            make_ally(f"Ally {number}", invited_by=ally)
        client.get("/me/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/me/").status_code == 200
        costs.append(len(asked))
    assert (len(set(costs)), costs[0] <= 20) == (1, True), costs
