"""Who can sign in on a local trial."""

from config.demo import data
from movement.demo import address_of

FIRST_STEWARD = "steward@groundswell.example"
#: The part a person of `data/people.json` plays, by their place in it.
PARTS = {
    0: "steward",
    1: "editor",
    2: "author",
    3: "organiser",
    4: "ally",
    5: "ally (alias)",
    6: "ally (quiet)",
}


def log_ins(*, demo: bool) -> list[tuple[str, str]]:
    """Role and e-mail address, in the order in which they are printed."""
    if not demo:
        return [("steward", FIRST_STEWARD)]
    people = data.read("people")
    return [(part, address_of(people[index]["name"])) for index, part in PARTS.items()]
