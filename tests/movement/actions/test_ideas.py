"""Ideas: their pages, the one on Today, the weeks, finding them, and who writes them."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.roles import ensure_roles
from content.search.sources import Found, Hit, Wanted
from content.search.words import read
from movement.actions import finding, today
from movement.actions.models import Idea
from movement.actions.starter import ensure_ideas
from movement.allies.models import Ally
from movement.today import steps
from tests.cast import client_of
from tests.movement.worlds import make_action, make_card, make_idea

THURSDAY = date(2025, 11, 20)


def test_a_new_site_has_ideas_and_keeps_what_was_changed(db):
    ensure_ideas()
    Idea.objects.filter(slug="name-the-hour").update(title="In our words")
    ensure_ideas()
    assert (Idea.objects.count(), Idea.objects.get(slug="name-the-hour").title) == (40, "In our words")


def test_an_idea_has_a_page_with_the_way_to_note_it(ally: Ally, organiser: Ally):
    make_action(organiser, "Rang Ines.", idea=make_idea())
    page = client_of(ally).get("/actions/ideas/ring-one-reader/").content.decode()
    assert ("/actions/log/?idea=ring-one-reader" in page, "Rang Ines." in page) == (True, True)


def test_unknown_and_withdrawn_ideas_are_not_found(ally: Ally):
    make_idea("Hidden", is_published=False)
    client = client_of(ally)
    assert [client.get(f"/actions/ideas/{slug}/").status_code for slug in ("hidden", "nonsense")] == [404, 404]
    assert "Hidden" not in client.get("/actions/ideas/").content.decode()


def test_the_list_says_which_ones_i_did(ally: Ally, organiser: Ally):
    make_action(ally, idea=make_idea())
    assert "you did it" in client_of(ally).get("/actions/ideas/").content.decode()
    assert "you did it" not in client_of(organiser).get("/actions/ideas/").content.decode()


def test_one_idea_stays_for_the_week_until_it_is_done(ally: Ally):
    for number in range(6):
        make_idea(f"Idea {number}")
    week = {today.idea_of_the_week(ally, date(2025, 11, day)) for day in range(17, 24)}
    assert len(week) == 1
    make_action(ally, idea=week.pop())
    left = {today.idea_of_the_week(ally, date.fromordinal(THURSDAY.toordinal() + days)) for days in range(0, 350, 7)}
    assert len(left) == 5


def test_when_all_is_done_nothing_is_suggested(ally: Ally):
    make_action(ally, idea=make_idea())
    assert (today.idea_of_the_week(ally, THURSDAY), today.suggestion(ally)) == (None, None)


def test_today_has_the_idea_as_its_one_act_once_no_step_is_left(ally: Ally, monkeypatch):
    monkeypatch.setattr("movement.today._steps", {})
    make_idea()
    page = client_of(ally).get("/me/").content.decode()
    assert (page.count('class="do-now'), "/actions/log/?idea=ring-one-reader" in page) == (1, True)
    assert 'action="/actions/log/"' in page


def test_a_first_action_and_a_first_card_end_their_steps(ally: Ally):
    done = {step.name: step.done for step in steps()}
    assert [done[name](ally).exists() for name in ("first-action", "first-card")] == [False, False]
    make_action(ally)
    make_card(ally)
    assert [done[name](ally).exists() for name in ("first-action", "first-card")] == [True, True]


def test_allies_find_ideas_by_their_words_and_visitors_do_not(ally: Ally, admin):
    idea = make_idea()

    def found(who, text: str) -> list[Found]:
        return list(finding.search(who, read(text), Wanted()))

    hit = Hit(
        title="Ring one <mark>reader</mark>", url=idea.get_absolute_url(), text="Ask what they read <mark>first</mark>."
    )
    assert found(ally.user, "READER first") == [Found(kind="ideas", hits=[hit], total=1, strength=0.5)]
    assert [group.total for group in found(ally.user, "reader whale")] == [0]
    assert [found(who, "reader") for who in (AnonymousUser(), admin)] == [[], []]


def test_stewards_write_ideas_in_the_cms_and_authors_do_not(db, steward, author):
    ensure_roles()
    idea = make_idea()
    address = f"/cms/snippets/movement/idea/edit/{idea.pk}/"
    assert (client_of(steward).get(address).status_code, client_of(author).get(address).status_code) == (200, 404)
