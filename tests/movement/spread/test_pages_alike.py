"""Two organisations of which the same is told look the same, letter by letter: on every page and in every file."""

import re
from datetime import date

import pytest

from movement.spread import files
from movement.spread.models import ChartPicture, Estimate, UnitSnapshot
from movement.spread.publishing import tell
from movement.spread.redrawing import draw_all
from movement.spread.report.models import SpreadReport
from movement.spread.report.sections import Section
from tests.cast import client_of, make_ally

pytestmark = pytest.mark.django_db
MONTHS = [date(2026, month, 1) for month in (3, 4, 5, 6)]
#: By unit: allies month by month in one world, and in another that is told alike.
WORLDS = {
    "field-service": ([3, 6, 9, 14], [0, 5, 12, 17]),
    "customer-support": ([1, 2, 3, 4], [4, 4, 0, 1]),
    "finance": ([5, 9, 12, 27], [7, 8, 10, 30]),
    "data-and-reporting": ([0, 0, 4, 4], [2, 3, 1, 0]),
}


def build(units, *, world: int) -> None:
    UnitSnapshot.objects.all().delete()
    for slug, worlds in WORLDS.items():
        unit = units[slug]
        UnitSnapshot.objects.bulk_create(
            UnitSnapshot(
                unit=unit,
                division=unit.parent,
                month=month,
                headcount=unit.headcount,
                allies=allies,
                active=min(allies, 4) if world else min(allies, 3),
                newcomers=allies if world else 1,
                actions=40 if world else 2,
                ties=9 if world else 0,
                clubs=world,
                meetings=world,
            )
            for month, allies in zip(MONTHS, worlds[world], strict=True)
        )
    tell()
    draw_all()


def test_pages_files_and_pictures_are_the_same_where_the_same_may_be_told(organisation):
    ally = make_ally("Ada Larkin", unit=organisation["finance"])
    SpreadReport.objects.create(sections=list(Section.values))
    client = client_of(ally)
    addresses = [
        "/spread/",
        "/spread/report/",
        "/",
        *(f"/spread/figures/{name}.csv" for name in files.FILES),
        *(f"/spread/units/{slug}/" for slug in organisation),
        *(f"/spread/units/{slug}/months.csv" for slug in organisation),
    ]
    seen = []
    for world in (0, 1):
        build(organisation, world=world)
        pages = {address: _without_tokens(client.get(address).content.decode()) for address in addresses}
        pictures = list(ChartPicture.objects.order_by("name").values_list("name", "svg", "png"))
        told = list(Estimate.objects.order_by("name").values_list("name", "told"))
        seen.append((pages, pictures, told))
    assert seen[0] == seen[1]
    assert "nearly all of 30" in seen[0][0]["/spread/"]


def _without_tokens(page: str) -> str:
    """A form's token is another one each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", page)
