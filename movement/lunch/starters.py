"""What to talk about: three questions for a table, some of which fit the ones who sit there."""

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What may be true of a table; "any" is of every one.
ANY, ACROSS, NEAR, FAR, TRIO, NEWCOMER, TEACHES, OLD_HANDS, ALIAS = (
    "any", "across", "near", "far", "trio", "newcomer", "teaches", "old hands", "alias",
)  # fmt: skip
HOW_MANY, FITTING = 3, 2


@dataclass(frozen=True)
class Starter:
    fits: str
    text: Promise


POOL = (
    Starter(ANY, _("What did you hand on to somebody this week, and do you know what became of it?")),
    Starter(ANY, _("Who would notice first if you stayed at home for a fortnight, and what would they miss?")),
    Starter(ANY, _("Which question do you get asked so often that the answer could hang on a door?")),
    Starter(ANY, _("When did somebody here last make your day easier without being asked?")),
    Starter(ANY, _("What do you do that nobody sees unless it goes wrong?")),
    Starter(ANY, _("Which form, list or report would you fill in differently, if you knew who reads it?")),
    Starter(ANY, _("What were you sure of in your first month here, and what do you think of it now?")),
    Starter(ANY, _("If you could follow one piece of your work to where it ends, which would it be?")),
    Starter(ANY, _("What do people thank you for, and what would you rather be thanked for?")),
    Starter(ANY, _("Which small thing would take an hour to put right, and has been waiting for a year?")),
    Starter(ANY, _("Whom do you ring when you are stuck, and do they know that they are the one?")),
    Starter(ANY, _("What was the last thing you stopped doing, and did anybody miss it?")),
    Starter(ACROSS, _("What does your department believe about the other one, and what of it is true?")),
    Starter(ACROSS, _("Where do your two departments’ work touch, even through three others in between?")),
    Starter(ACROSS, _("Which word do both of your departments use, and mean something different by?")),
    Starter(ACROSS, _("What would you like to watch the other one do for half a morning?")),
    Starter(NEAR, _("You work not far from each other: what do you each do that the other has never seen?")),
    Starter(NEAR, _("Which visitor from another division would you invite to your corner, and what would you show?")),
    Starter(FAR, _("What does the hour at which the other one begins work do to what you ask of them?")),
    Starter(FAR, _("What is there to see from your window, and what is there for lunch?")),
    Starter(TRIO, _("Three at a table: what is each of you first to hear of, and last to hear of?")),
    Starter(TRIO, _("Could a thing made by the first of you pass the second and reach the third? What happens to it?")),
    Starter(NEWCOMER, _("One of you is new among the allies: what made you come, and what made the other stay?")),
    Starter(NEWCOMER, _("What would you tell somebody in their first week, that stands in no handbook?")),
    Starter(TEACHES, _("One of you can do what the other would like to learn. How would one begin?")),
    Starter(TEACHES, _("How did you learn what you can do best, and who had the patience?")),
    Starter(OLD_HANDS, _("You have been allies for a while: what has become easier since, and what has not?")),
    Starter(OLD_HANDS, _("Who ought to be one of us, and has only never been asked?")),
    Starter(ALIAS, _("You need not say who you are. What would you change, if it could not be traced to anybody?")),
    Starter(ALIAS, _("What can be said under a made-up name that should be sayable under one’s own?")),
)  # fmt: skip


def pick(facts: Collection[str], *, seed: int) -> list[Promise]:
    """Three, the same for everybody at the table: up to two that fit it, the rest for anybody."""
    chance = Random(seed)
    fitting = [starter.text for starter in POOL if starter.fits in facts]
    general = [starter.text for starter in POOL if starter.fits == ANY]
    chance.shuffle(fitting)
    chance.shuffle(general)
    return [*fitting[:FITTING], *general][:HOW_MANY]
