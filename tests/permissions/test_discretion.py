"""The canary: whoever chose to be quiet, or known by an alias, is named on no page that somebody else can open."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.services import export_person
from clubs.meetings.afterwards import was_there
from clubs.meetings.answering import answer
from clubs.meetings.dates import say_what_fits
from clubs.meetings.models import Coming
from content.wishes.models import PartWish
from conversation.hosts import target_of
from conversation.services import Words, place
from movement.allies.models import Ally, Visibility
from movement.definitions.models import Definition
from movement.definitions.services import define
from movement.introductions.models import Answer, Introduction, Side, State, in_order
from movement.lunch.models import Lunch, LunchRound, LunchWish, Seat
from movement.permissions import name_of
from movement.personas.models import Audience
from movement.resolve.hellos import Hello
from movement.resolve.nudges import Nudge
from tests import cast
from tests.clubs.worlds import a_member
from tests.movement.worlds import make_action, make_card, make_decision, make_idea, make_note
from tests.permissions.matrix import CMS, EVERYONE
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db

ABOUT = "Collects brass sextants"
#: Theirs alone, whoever they are.
KEPT = "the heron by the weir"
NOTE, UNSHOWN = "the evening of the lost pallet", "whoever waits for us waits in the rain"
#: What they gave to whom they met, by the name they had then.
REACH = "the bench behind the weighbridge"
#: What a search finds these people by, if it does; it repeats only what was asked for.
SEARCHES = ["Zephyrine", "brass", "Otterline", "copper"]


#: The address of a wish in the world, which is in the database and on no page.
WAITS = "waits.unseen@"


def take_part(ally: Ally, world) -> list[str]:
    """Does what allies do wherever a name could show. Returns the addresses of what they made."""
    member = a_member(world.club, ally)
    answer(meeting=world.meeting, ally=ally, coming=Coming.YES)
    was_there(meeting=world.been, membership=member, there=True)
    say_what_fits(poll=world.dates, membership=member, fits={world.dates.times.get().pk: "yes"})
    make_action(ally, text="Moved the ladder.")
    card = make_card(ally, name="Ottilie", audience=Audience.ALLIES)
    make_note(ally, f"Because of {NOTE}.")
    kept = make_decision(ally, f"Do we leave {KEPT}?", audience="only_me")
    shown = make_decision(ally, "Do we move the ladder?")
    idea = make_idea(f"Of {ally.pk}")
    Nudge.objects.create(ally=ally, monday=date(2031, 5, 5), name=idea.slug)
    Hello.objects.create(ally=ally, other=world.ally)
    # A quiet one cannot show it; were the row there all the same, it would stay theirs.
    Definition.objects.create(ally=ally, text=f"Because {UNSHOWN}.", shown_at=shown_at_of(ally))
    if name := name_of(ally.user):
        place(target=target_of(world.article), user=ally.user, words=Words(name=name, text="So it is.", press=""))
    return [
        reverse("movement:ally", kwargs={"id": ally.public_id}),
        reverse("movement:persona", kwargs={"id": card.pk}),
        *(one.get_absolute_url() for one in (kept, shown)),
        *met_before(ally, world),
    ]


def met_before(ally: Ally, world) -> list[str]:
    """An introduction and a lunch with "ally", from before they chose to appear as they do."""
    before, other = ally.appears_since - timedelta(days=1), world.ally
    low, high = in_order(ally, other)
    given = {ally.pk: REACH, other.pk: "my own desk"}
    agreed = {"state": State.AGREED, "created_at": before, "settled_at": before}
    introduction = Introduction.objects.create(low=low, high=high, by=ally, note=f"Come to {REACH}.", **agreed)
    for one in (low, high):
        Side.objects.create(introduction=introduction, ally=one, answer=Answer.YES, reach=given[one.pk])
    LunchWish.objects.create(ally=ally, days="1", reach=REACH, saved_at=before)
    week, _new = LunchRound.objects.get_or_create(monday=date(2026, 3, ally.pk % 28 + 1), matched_at=before)
    lunch = Lunch.objects.create(round=week, starts_at=before)
    seats = [Seat.objects.create(round=week, ally=one, lunch=lunch, reach=given[one.pk]) for one in (ally, other)]
    return [introduction.get_absolute_url(), *(seat.get_absolute_url() for seat in seats)]


def shown_at_of(ally: Ally) -> datetime | None:
    return timezone.now() if ally.visibility == Visibility.QUIET else None


@pytest.fixture
def hidden(world) -> dict[str, tuple[Ally, list[str]]]:
    """An ally of each kind, with what nobody else may read of them."""
    quiet = cast.make_ally(
        "Zephyrine Quillfeather",
        email="zq.unseen@larkfield.example",
        unit=world.unit,
        alias="Velvet Heron",
        about=ABOUT,
        visibility=Visibility.QUIET,
    )
    known = cast.make_ally(
        "Otterline Brackwater",
        email="ob.masked@larkfield.example",
        unit=world.unit,
        alias="Copper Lantern",
        visibility=Visibility.ALIAS,
    )
    return {
        "quiet": (quiet, ["Quillfeather", "zq.unseen", "Velvet Heron", "brass sextants", NOTE, UNSHOWN, REACH, KEPT]),
        "alias": (known, ["Brackwater", "ob.masked", NOTE, UNSHOWN, REACH, KEPT]),
    }


@pytest.mark.parametrize("role", sorted(CMS))
def test_the_cms_tells_how_many_wait_for_a_part_and_never_who(role, world, clients):
    PartWish.objects.update(confirmed_at=timezone.now())
    series = f"/cms/snippets/content/series/edit/{world.series.pk}/"
    paths = [path for path in addresses(world) if path.startswith("/cms/")] + [series, "/cms/reports/site-history/"]
    shown = {path: text_of(answer) for path, answer in walk(clients[role](), paths) if answer.status_code == 200}
    assert [path for path, text in shown.items() if WAITS in text] == []
    assert (series in shown) == (role != "author")


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_nobody_else_finds_them(role, world, clients, hidden):
    """Nor the address of somebody without a login who waits for a part of a series."""
    made = [path for ally, _strings in hidden.values() for path in take_part(ally, world)]
    asked = [f"/search/?q={word}" for word in SEARCHES] + [f"/allies/?q={word}" for word in SEARCHES]
    paths = [path for path in addresses(world) if not path.startswith("/cms/")] + made + asked
    strings = [string for _ally, some in hidden.values() for string in some] + [WAITS]
    found = [
        f"{path}: {string}"
        for path, answer in walk(clients[role](), paths)
        for string in strings
        if string in text_of(answer)
    ]
    assert found == []


def test_they_find_themselves_so_the_canary_sings(world, hidden):
    for ally, strings in hidden.values():
        take_part(ally, world)
        seen = "".join(text_of(answer) for _path, answer in walk(cast.client_of(ally), addresses(world)))
        # How they can be reached stood under a name they bear no more: only their own parcel tells it still.
        parcel = json.dumps(export_person(user=ally.user), cls=DjangoJSONEncoder)
        assert [string for string in strings if string not in seen and not (string == REACH and string in parcel)] == []


def test_the_alias_is_what_others_meet(world, hidden, clients: dict[str, Client]):
    known, _strings = hidden["alias"]
    take_part(known, world)
    define(ally=known, text="We hold the lantern for the next one.", show=True)
    naming = [path for path, answer in walk(clients["ally"](), addresses(world)) if "Copper Lantern" in text_of(answer)]
    assert {"/allies/", "/actions/", "/definitions/"} <= set(naming)
