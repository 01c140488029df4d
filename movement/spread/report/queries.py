"""What the report reads: only what was told for the spread page, and of that what its sections need."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from movement.actions.models import Kind
from movement.personas import gap_picture
from movement.personas.gap import published
from movement.pulse.reading import latest_gap
from movement.spread import charts, estimates, milestones
from movement.spread.figures import FEWEST_COUNTED, of_several, points
from movement.spread.report.sections import Section
from movement.spread.stages import from_told, standing, steps

#: What each section reads besides the page and the months, which tell whether there is a total.
READS = {
    Section.GROWTH: (estimates.AHEAD,),
    Section.DOING: (estimates.DOING,),
    Section.CARRYING: (estimates.CARRYING,),
    Section.MILESTONES: (estimates.MILES,),
    Section.STAYING: (estimates.STAYING,),
    Section.TIES: (estimates.TIES,),
}
#: A table on paper has so many months, divisions, cohorts.
MOST_MONTHS, MOST_ROWS, MOST_COHORTS = 12, 6, 2


def figures_for(chosen: Sequence[Section]) -> dict[str, Any]:
    """The figures of these sections, by the names that their templates use."""
    names = {estimates.SPREAD, estimates.GROWTH, *(name for section in chosen for name in READS.get(section, ()))}
    found = estimates.kept(*names)
    told = {name: estimate.told for name, estimate in found.items()}
    page, (ahead, carrying, _rogers) = told.get(estimates.SPREAD), estimates.read(found)
    months = points(told.get(estimates.GROWTH) or [])
    growth, counted = of_several(months), months[-1].units if months else 0
    drawn = charts.pictures(*charts.ON_PAPER.values())
    gaps = published() if Section.GAP in chosen else []
    return {
        "month": found[estimates.SPREAD].month if page else None,
        "page": page,
        "is_of_one": counted < FEWEST_COUNTED,
        "standing": from_told(page["standing"]) if page else standing(None, has_allies=True),
        "steps": steps(),
        "pictures": {name: drawn.get(on_paper) for name, on_paper in charts.ON_PAPER.items()},
        "points": growth,
        "latest_points": growth[-MOST_MONTHS:],
        "ahead": ahead if counted >= FEWEST_COUNTED else None,
        "carrying": carrying,
        "doing": told.get(estimates.DOING),
        "by_kind": by_kind(told.get(estimates.DOING)),
        "staying": told.get(estimates.STAYING),
        "cohorts": (told.get(estimates.STAYING) or [])[-MOST_COHORTS:],
        "ties": told.get(estimates.TIES),
        "milestones": milestones.from_told(told.get(estimates.MILES) or []),
        "gaps": gaps,
        "columns": gap_picture.columns(gaps),
        "levels": gap_picture.levels(),
        "latest": latest_gap() if Section.PULSE in chosen else None,
        "divisions": divisions(page, counted),
        "more": max(0, len(page["divisions"]) - MOST_ROWS) + page["more"] if page else 0,
    }


def by_kind(doing: dict[str, Any] | None) -> list[tuple[str, int, int]]:
    """Of each kind of action: how many in the earlier and in the later half of the weeks. Kinds without any are left
    out."""
    if doing is None:
        return []
    names = [str(Kind(kind).label).partition(":")[0] for kind in Kind.values] + [_("Not said")]
    weeks = [counts for _week, counts in doing["weeks"]]
    half = len(weeks) // 2
    sums = [[sum(count) for count in zip(*part, strict=True)] for part in (weeks[:half], weeks[half:])]
    rows = zip(names, *(part or [0] * len(names) for part in sums), strict=True)
    return [row for row in rows if any(row[1:])]


def divisions(page: dict[str, Any] | None, counted: int) -> list[dict[str, Any]]:
    """As many as are printed, with what may leave the circle of each. `counted` departments make the total.

    The total less the divisions that are told is the figure of what is left: where that is one department, the
    division with the fewest allies is not told either.
    """
    rows = [
        {**division, "is_told": division.get("counted", 0) >= FEWEST_COUNTED}
        for division in (page or {}).get("divisions", [])[:MOST_ROWS]
    ]
    told = [row for row in rows if row["is_told"]]
    if told and 0 < counted - sum(row["counted"] for row in told) < FEWEST_COUNTED:
        min(told, key=lambda row: row["allies"])["is_told"] = False
    return rows
