"""The top of the spread page, which the stewards may open to readers.

It is what the whole organisation has come to: how many are allies in all, how many departments are past one in ten,
the month of that, and the stage. All of it is in what allies read; no unit is named, and where one department alone is
counted there is no total, which would be its own. The curve, the map, the tables,
the files and all that is estimated stay with the allies: of a small organisation they tell more to somebody who sees
them month by month and knows the people.
"""

from typing import Any

from content.pagecache import remembered
from movement.allies.models import Ally
from movement.spread import estimates, safety
from movement.spread.figures import of_several, percent, points
from movement.spread.settings import SpreadSettings
from movement.spread.stages import from_told, standing, steps


def is_open() -> bool:
    """Known to every page of a visitor; a change in the CMS is heard of within a second (`content.pagecache`)."""
    return remembered("the spread is open", lambda: SpreadSettings.current().is_open)


def figures() -> dict[str, Any]:
    kept = estimates.kept(estimates.SPREAD, estimates.GROWTH)
    found, growth = kept.get(estimates.SPREAD), kept.get(estimates.GROWTH)
    page = found.told if found else None
    if found is None or page is None:
        has_allies = Ally.objects.active().exists()
        return {"page": None, "standing": standing(None, has_allies=has_allies), "steps": steps()}
    shown, headcount = page["total"][0], page["headcount"]
    months = points(growth.told if growth else [])
    is_of_one = not of_several(months[-1:])
    return {
        "month": found.month,
        "page": page,
        "is_of_one": is_of_one,
        "share": None if is_of_one else percent(safety.coverage(shown or None, headcount)),
        "standing": from_told(page["standing"]).of_nobody,
        "steps": steps(),
    }
