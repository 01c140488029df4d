"""Service focus in an ally's own words: written, shown as they chose to appear, and gone when they choose otherwise."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services import erase_person, export_person
from content.models import ChapterPage
from movement.allies.models import Ally, Visibility
from movement.allies.services import change_appearance
from movement.definitions.forms import GIVEN
from movement.definitions.models import Definition
from movement.definitions.queries import PAGE
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_definition

pytestmark = pytest.mark.django_db
WORDS = "We make the next person’s morning easier."


def appear(ally: Ally, visibility: Visibility, **chosen) -> Ally:
    return change_appearance(ally=Ally.objects.get(pk=ally.pk), timezone="UTC", visibility=visibility, **chosen)


def others_read(viewer: Ally, writer: Ally, words: str = WORDS) -> bool:
    """On the list, and on their page as far as they have one; never on one only."""
    client = client_of(viewer)
    writer.refresh_from_db()
    on_the_list = words in client.get("/definitions/").content.decode()
    assert (words in client.get(f"/allies/{writer.public_id}/").content.decode()) == on_the_list
    return on_the_list


def test_it_is_ones_own_until_it_is_shown(ally, organiser):
    client = client_of(ally)
    assert client.post("/me/definition/", {"text": WORDS, "audience": "me"})["Location"] == "/me/definition/"
    assert not others_read(organiser, ally)
    client.post("/me/definition/", {"text": WORDS, "audience": "allies"})
    assert others_read(organiser, ally)
    client.post("/me/definition/", {"text": WORDS, "audience": "me"})
    assert not others_read(organiser, ally)
    assert WORDS in client.get("/definitions/").content.decode()


def test_it_is_shown_under_the_name_that_was_chosen(ally, alias_ally):
    make_definition(alias_ally, WORDS)
    page = client_of(ally).get("/definitions/").content.decode()
    assert ("Night Ferry" in page, "somewhere in Run" in page) == (True, True)
    assert [told for told in ("Basil", "Thorne", "Finance") if told in page] == []


def test_a_quiet_ally_keeps_it_and_cannot_show_it(quiet_ally, ally):
    client = client_of(quiet_ally)
    assert "cannot be shown" in client.get("/me/definition/").content.decode()
    client.post("/me/definition/", {"text": WORDS, "audience": "allies"})
    assert list(Definition.objects.values_list("text", "shown_at")) == [(WORDS, None)]
    assert not others_read(ally, quiet_ally)


@pytest.mark.parametrize(
    ("visibility", "chosen"), [(Visibility.QUIET, {}), (Visibility.ALIAS, {"alias": "Lamplighter"})]
)
def test_appearing_otherwise_takes_it_off_at_once(ally, organiser, visibility, chosen):
    make_definition(ally, WORDS)
    assert others_read(organiser, ally)
    appear(ally, visibility, **chosen)
    assert not others_read(organiser, ally)
    assert "you showed it once" in client_of(ally).get("/me/definition/").content.decode().lower()


def test_words_read_under_ones_name_do_not_come_back_under_an_alias(ally, organiser):
    make_definition(ally, WORDS)
    ally = appear(ally, Visibility.ALIAS, alias="Lamplighter")
    client = client_of(ally)
    refused = client.post("/me/definition/", {"text": WORDS, "audience": "allies"})
    assert refused.status_code == 422
    assert "under another name of yours" in refused.content.decode()
    client.post("/me/definition/", {"text": WORDS, "audience": "me"})
    assert client.post("/me/definition/", {"text": WORDS, "audience": "allies"}).status_code == 422
    assert client.post("/me/definition/", {"text": "Said anew.", "audience": "allies"}).status_code == 302
    assert others_read(organiser, ally, "Said anew.")


def test_quiet_for_a_while_and_open_again_shows_the_same_words(ally, organiser):
    make_definition(ally, WORDS)
    appear(ally, Visibility.QUIET)
    ally = appear(ally, Visibility.OPEN)
    assert not others_read(organiser, ally)
    client_of(ally).post("/me/definition/", {"text": WORDS, "audience": "allies"})
    assert others_read(organiser, ally)


def test_a_closed_login_shows_nothing(ally, organiser):
    make_definition(ally, WORDS)
    ally.user.is_active = False
    ally.user.save()
    assert not others_read(organiser, ally)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Say it in a few words"),
        (" \r\n\u00a0 ", "Say it in a few words"),
        ("x" * 501, "500 characters at most, and it has 501"),
        ("a\x00b", "invisible character"),
        ("a\u202eb", "invisible character"),
        ("word " * 2_000_000, "500 characters at most"),
    ],
    ids=["empty", "blank", "long", "nul", "turned", "ten megabytes"],
)
def test_what_cannot_be_kept_is_refused_and_stays_in_the_form(ally, text, says):
    response = client_of(ally).post("/me/definition/", {"text": text, "audience": "allies"})
    page = response.content.decode()
    assert (response.status_code, Definition.objects.count()) == (422, 0)
    assert says in page
    assert text.strip()[:400] in page
    assert re.search(r'value="allies"[^>]*checked', page)


def test_the_limit_counts_what_is_kept_and_text_is_text(ally, organiser):
    client = client_of(ally)
    client.post("/me/definition/", {"text": "<script>x</script>\r\n" + "y " * 240, "audience": "allies"})
    assert Definition.objects.get().text == "<script>x</script> " + ("y " * 240).strip()
    assert "<script>x" not in client_of(organiser).get("/definitions/").content.decode()


def test_it_can_begin_with_the_primers_words_which_are_those_of_chapter_one(site_pages, ally):
    chapter = ChapterPage.objects.get(slug="get-clear")
    assert str(GIVEN).replace("’", "'") in " ".join(chapter.search_text.replace("’", "'").split())
    assert f">\n{GIVEN}</textarea>" in client_of(ally).get("/me/definition/?start=given").content.decode()


def test_thrown_away_it_is_gone(ally, organiser):
    make_definition(ally, WORDS)
    client = client_of(ally)
    assert WORDS in client.get("/me/definition/delete/").content.decode()
    assert client.post("/me/definition/delete/").status_code == 302
    assert client.post("/me/definition/delete/").status_code == 404
    assert not others_read(organiser, ally)


def test_everybodys_words_are_on_exactly_one_page_and_cost_the_same(ally):
    client, costs, seen = client_of(ally), [], []
    client.get("/definitions/")
    for count in (1, 2, PAGE + 5):
        for _ in range(count):
            number = Ally.objects.count()
            make_definition(make_ally(f"Ally {number}"), f"Words {number}.")
        with CaptureQueriesContext(connection) as asked:
            client.get("/definitions/")
        costs.append(len(asked))
    address = "/definitions/"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r"<p>(Words \d+\.)</p>", page)
        more = re.search(r'rel="next" href="([^"#]+)', page)
        address = f"/definitions/{more[1]}" if more else ""
    assert seen == list(Definition.objects.newest_first().values_list("text", flat=True))
    assert (len(set(costs)), costs[0] <= 8) == (1, True), costs
    assert client.get("/definitions/?after=nonsense").status_code == 200


def test_it_is_in_ones_data_and_goes_with_it(ally):
    make_definition(ally, WORDS)
    told = [row for rows in export_person(user=ally.user).values() for row in rows if row.get("text") == WORDS]
    assert len(told) == 1
    erase_person(user=ally.user)
    assert Definition.objects.count() == 0


def test_it_is_the_exercise_of_chapter_one(site_pages, ally):
    client = client_of(ally)
    assert ChapterPage.objects.get(slug="get-clear").exercise_address == "/me/definition/"
    make_definition(ally, WORDS, show=False)
    assert "Look at it again" in client.get("/primer/get-clear/").content.decode()
