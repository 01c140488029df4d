"""Cards on paper and as a picture: all of every line stands there, and nothing of it is more than text."""

import re
from xml.etree import ElementTree

import pytest

from movement.personas.models import Audience, PersonaCard
from movement.personas.paper import LETTERS, lines_of, sheets, size_of, width_of, wrapped
from tests.cast import client_of
from tests.movement.worlds import make_card

pytestmark = pytest.mark.django_db

NASTY = "<script>alert(1)</script> & \"Ines\" 'x'"
FULL = {"name": "N" * 60, "role": "r" * 120, "want": "w" * 200, "use": "u" * 200, "when": "t" * 120, "good": "g" * 200}


def test_four_cards_make_a_page(ally):
    cards = [make_card(ally, f"Card {number}") for number in range(9)]
    assert [[one.card for one in page] for page in sheets(cards)] == [cards[:4], cards[4:8], cards[8:]]
    page = client_of(ally).get("/personas/print/").content.decode()
    assert (page.count('class="a4"'), page.count('<article class="a6')) == (3, 9)


def test_one_card_fills_its_page_four_times(ally, organiser):
    card = make_card(ally, audience=Audience.ALLIES)
    page = client_of(organiser).get(f"/personas/{card.pk}/print/").content.decode()
    assert page.count("the list by half past three") == 4
    hidden = make_card(ally)
    assert client_of(organiser).get(f"/personas/{hidden.pk}/print/").status_code == 404
    assert client_of(organiser).get(f"/personas/{hidden.pk}/card.svg").status_code == 404


def test_a_long_card_is_set_smaller(ally):
    sizes = [size_of(PersonaCard(**lines)) for lines in ({"name": "Ines", "want": "a list"}, {"want": "w" * 240}, FULL)]
    assert sizes == ["", "long", "longest"]


@pytest.mark.parametrize("text", ["", "one", "word " * 60, "x" * 200, "納品書" * 40, "e\u0301 " * 90, NASTY])
def test_wrapping_loses_nothing_and_no_row_is_too_wide(text):
    rows = wrapped(text)
    assert max(width_of(row) for row in rows) <= LETTERS
    assert "".join(rows).replace(" ", "") == ("".join(text.split()) or "…")


def test_the_picture_is_well_formed_and_holds_all_the_words_as_text(ally):
    card = make_card(ally, NASTY[:60], want=NASTY, use="", good="Un café chaud", when="à 15:30")
    response = client_of(ally).get(f"/personas/{card.pk}/card.svg")
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "image/svg+xml; charset=utf-8", f'attachment; filename="card-{card.pk}.svg"',
    )  # fmt: skip
    svg = response.content.decode()
    root = ElementTree.fromstring(svg)
    tags = {element.tag.partition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "rect", "text", "path", "g", "circle"}
    assert re.findall(r"\b(?:href|style|on\w+)=|url\(", svg) == []
    said = "".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("text"))
    for words in (NASTY, "Un café chaud", "à 15:30", "… that is still a question"):
        assert words.replace(" ", "") in said.replace(" ", "")


def test_the_picture_grows_with_its_words(ally):
    short, full = lines_of(PersonaCard(name="Ines", role="x", want="y", use="z")), lines_of(PersonaCard(**FULL))
    assert full[-1].rows[-1][0] > short[-1].rows[-1][0] + 600
    ys = [y for line in full for y, _row in line.rows]
    assert ys == sorted(set(ys))
