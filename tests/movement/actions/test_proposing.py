"""Choosing from the catalogue, proposing an idea for it, and the stewards' desk."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.roles import ensure_roles
from accounts.services import export_person
from movement.actions.models import Effort, Idea, Kind, Role
from movement.actions.proposing import TitleTaken, erase_proposals, judge
from movement.allies.models import Ally
from postbox.models import Notification
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_idea, make_proposal

SAID = {"title": "Carry it up", "text": "Two hands are free.", "kind": "relations", "role": "hands", "effort": "easy"}


def post(ally: Ally, **told: str):
    return client_of(ally).post("/actions/ideas/propose/", SAID | {"minutes": "5"} | told)


def test_the_catalogue_is_chosen_from_by_role_kind_effort_and_time(ally):
    make_idea("Quick", minutes=5, role=Role.HANDS)
    make_idea("Slow", minutes=60, kind=Kind.RELATIONS, effort=Effort.NERVE)
    client = client_of(ally)

    def shown(query: str) -> list[str]:
        return re.findall(r'<a href="/actions/ideas/(quick|slow)/">', client.get("/actions/ideas/" + query).text)

    queries = ["?role=hands", "?kind=relations", "?effort=nerve", "?minutes=15", "?role=leads", "?role=x&minutes=y"]
    assert [shown(query) for query in queries] == [["quick"], ["slow"], ["slow"], ["quick"], [], ["quick", "slow"]]
    assert "Nothing fits all of that." in client.get("/actions/ideas/?role=leads").text


def test_a_proposal_waits_until_a_steward_publishes_it_with_a_word(ally, organiser, steward, editor):
    ensure_roles()
    assert post(ally)["Location"] == "/actions/ideas/"
    idea = Idea.objects.get()
    assert (idea.slug, idea.is_published, idea.proposed_by) == ("carry-it-up", False, ally)
    assert client_of(organiser).get("/actions/ideas/carry-it-up/").status_code == 404
    address = f"/cms/idea-proposals/{idea.pk}/"
    assert client_of(editor).post(address, {"publish": "1"}).status_code == 404
    desk = client_of(steward)
    page = desk.get("/cms/idea-proposals/").text
    assert ("Carry it up" in page, "Ada Larkin" in page, "An ally proposes one." in desk.get("/cms/").text) == (
        True,
    ) * 3
    desk.post(address, {"publish": "1", "word": "Gladly."})
    page = client_of(organiser).get("/actions/ideas/carry-it-up/").text
    assert ("Two hands are free." in page, "Ada Larkin" in page) == (True, False)
    note = Notification.objects.get(user=ally.user)
    assert (note.text, note.url) == ("Your idea “Carry it up” is published. Gladly.", "/actions/ideas/carry-it-up/")
    assert desk.post(address, {"publish": "1"}).status_code == 404


def test_left_out_only_with_a_reason_that_is_told(quiet_ally, steward):
    ensure_roles()
    idea, desk = make_proposal(quiet_ally), client_of(steward)
    page = desk.get("/cms/idea-proposals/").text
    assert ("An ally ·" in page, "Quenby" in page) == (True, False)
    desk.post(f"/cms/idea-proposals/{idea.pk}/")
    assert Idea.objects.waiting().count() == 1
    desk.post(f"/cms/idea-proposals/{idea.pk}/", {"word": "We have one like it."})
    assert (Idea.objects.waiting().count(), Idea.objects.published().count()) == (0, 0)
    assert Notification.objects.get(user=quiet_ally.user).text.endswith("stays out. We have one like it.")


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"title": "RING one  reader"}, '<a href="/actions/ideas/ring-one-reader/">Ring one reader</a>'),
        ({"title": "Ríng Öne Reader!"}, '<a href="/actions/ideas/ring-one-reader/">Ring one reader</a>'),
        ({"title": "carry the second box"}, "was proposed before"),
        ({"title": "Carry  thé second-box"}, "was proposed before"),
        ({"text": "word " * 5000}, "500 characters at most, and it has 2"),
        ({"minutes": "999"}, "less than or equal to 480"),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"role": "kings"}, "Select a valid choice"),
        ({"title": " "}, "required"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(ally, organiser, told, complaint):
    make_idea()
    make_proposal(organiser)
    answer = post(ally, **told)
    assert (answer.status_code, complaint in answer.text, Idea.objects.count()) == (422, True, 2)
    assert told.get("text") or "Two hands are free." in answer.text


def test_titles_that_make_one_address_get_two_and_one_may_wait_with_ten(ally):
    post(ally, title="Propose")
    post(ally, title="Propose 一")
    assert sorted(Idea.objects.values_list("slug", flat=True)) == ["propose-2", "propose-3"]
    for number in range(8):
        make_proposal(ally, f"Box {number}")
    assert (post(ally).status_code, Idea.objects.count()) == (422, 10)


def test_what_is_published_stays_without_its_proposer_and_the_rest_goes(ally):
    kept = make_proposal(ally)
    judge(idea=kept, publish=True, word="")
    make_proposal(ally, "Another box")
    rows = [row for rows in export_person(user=ally.user).values() for row in rows]
    assert sorted(row["title"] for row in rows if "proposed_at" in row) == ["Another box", "Carry the second box"]
    erase_proposals(ally.user)
    assert [(idea.title, idea.proposed_by) for idea in Idea.objects.all()] == [("Carry the second box", None)]


@pytest.mark.django_db(transaction=True)
def test_of_two_of_one_title_at_the_same_moment_one_is_told_and_loses_no_word():
    people = [make_ally("Ada Larkin"), make_ally("Bo Finch")]
    together = Barrier(2)

    def send(ally, title):
        try:
            client = client_of(ally)
            together.wait()
            return client.post("/actions/ideas/propose/", SAID | {"minutes": "5", "title": title})
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, people, ("Oil the hinge", "Öil the HINGE")))
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    refused = next(answer.text for answer in answers if answer.status_code == 422)
    assert ("idea of this title" in refused, "Two hands are free." in refused) == (True, True)
    assert Idea.objects.count() == 1


def test_whoever_comes_second_by_the_service_is_told_and_two_of_one_address_get_two(ally, organiser):
    make_proposal(ally, "Oil the hinge")
    with pytest.raises(TitleTaken):
        make_proposal(organiser, "OIL THE HÌNGE")
    assert [make_proposal(ally, title).slug for title in ("Oil it", "Oil it 一")] == ["oil-it", "oil-it-2"]


def test_a_steward_is_told_in_the_cms_that_the_title_is_taken(steward):
    ensure_roles()
    make_idea()
    said = {"title": "RING ONE READÉR", "slug": "again", "text": "kept", "kind": "relations"}
    said |= {"role": "anyone", "effort": "easy", "minutes": "5", "is_published": "on"}
    answer = client_of(steward).post("/cms/snippets/movement/idea/add/", said)
    assert ("There is an idea of this title already." in answer.text, Idea.objects.count()) == (True, 1)
