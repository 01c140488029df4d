"""Pictures as files: drawn by the worker, kept, and for whom the page is."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from movement.personas.gap import GapMonth
from movement.spread import charts
from movement.spread.models import ChartPicture, UnitSnapshot
from movement.spread.pictures_months import gap_spec, heat_spec
from movement.spread.pictures_png import INK, INK_SOFT, LIGHT, on_white, png
from movement.spread.publishing import tell
from movement.spread.redrawing import draw_all
from tests.cast import client_of, make_ally

pytestmark = pytest.mark.django_db
TOKENS = Path(__file__).parents[3] / "site/static/css/core/tokens.css"


@pytest.fixture
def drawn(organisation):
    for number, allies in enumerate((5, 8, 13), start=4):
        UnitSnapshot.objects.create(
            unit=organisation["finance"],
            division=organisation["run"],
            month=date(2026, number, 1),
            headcount=30,
            allies=allies,
        )
        GapMonth.objects.create(month=date(2026, number, 1), pairs=10, server=4, served=3.2)
    tell()
    draw_all()


def test_the_colours_are_the_light_ones_of_the_stylesheet():
    tokens = dict(re.findall(r"--([\w-]+):\s+light-dark\((#\w+),", TOKENS.read_text()))
    assert {name: tokens[name] for name in LIGHT} == LIGHT
    assert (tokens["ink"], tokens["ink-soft"]) == (INK, INK_SOFT)


def test_each_picture_of_the_page_is_a_file_on_white(drawn):
    client = client_of(make_ally("Ada Larkin"))
    page = client.get("/spread/").content.decode()
    for name in ("growth", "heat", "gap"):
        assert f"/spread/pictures/{name}.png" in page
        answer = client.get(f"/spread/pictures/{name}.png")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert answer["Content-Disposition"] == f'attachment; filename="spread-{name}.png"'
        assert "no-store" in answer["Cache-Control"]
        picture = Image.open(io.BytesIO(answer.content)).convert("RGBA")
        assert picture.getpixel((2, 2)) == (255, 255, 255, 255)
        assert picture.width >= 600


def test_what_is_not_drawn_is_not_offered_and_not_there(drawn):
    client = client_of(make_ally("Ada Larkin"))
    assert "/spread/pictures/staying.png" not in client.get("/spread/").content.decode()
    for name in ("staying", "people", charts.ON_PAPER[charts.GROWTH]):
        assert client.get(f"/spread/pictures/{name}.png").status_code == 404


def test_files_are_for_allies(drawn):
    assert client_of().get("/spread/pictures/growth.png")["Location"].startswith("/accounts/login/")


def test_the_same_figures_are_not_drawn_again_and_gone_ones_are_forgotten(drawn):
    before = dict(ChartPicture.objects.values_list("name", "drawn_at"))
    draw_all()
    assert dict(ChartPicture.objects.values_list("name", "drawn_at")) == before
    GapMonth.objects.all().delete()
    draw_all()
    assert set(before) - set(ChartPicture.objects.values_list("name", flat=True)) == {"gap"}


def test_odd_names_and_empty_months_are_drawn():
    """Two units of one name stay two rows; what a picture cannot hold is left out of a name."""
    told = {"months": ["2026-05-01", "2026-06-01"], "rows": [["Sales", "sales", [[None, "few"], [30, ""]]]]}
    told["rows"] += [["Sales", "sales-2", [[4, ""], [None, "few"]]], ["O\x1f'dd\u200b <b>", "odd", [[0, ""], [60, ""]]]]
    spec = heat_spec(told)
    assert len({row["unit"] for row in spec["data"]["values"]}) == 3
    assert png(spec, "Title").startswith(b"\x89PNG")
    assert png(gap_spec([GapMonth(month=date(2026, 5, 1), server=None, served=None)]), "Title").startswith(b"\x89PNG")
    assert "var(" not in str(on_white(spec))
