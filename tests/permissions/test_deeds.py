"""The canary of small actions: what is somebody's alone, and who did what without a name, is on no page of others."""

import json
import re
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils import timezone

from accounts.services import export_person
from conversation.hosts import target_of
from conversation.services import Words, place
from movement.actions.committing import commit_to, remind
from movement.actions.models import Audience
from movement.actions.services import count_tried
from movement.actions.thanking import thank
from movement.allies.models import Ally
from movement.spread.idea_building import build_idea_months
from movement.spread.idea_figures import spread_of
from postbox.models import Notification
from tests import cast
from tests.movement.worlds import make_action, make_card
from tests.permissions.matrix import EVERYONE
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db

#: A commitment, one that was done, an action for oneself alone and how it went; the name behind an unnamed one.
PRIVATE = ["quincunx at dawn", "halyard by the kiln", "samphire in the till", "it went gallimaufry"]
NAME = "Wilhelmina Gosling"
SEARCHES = ["quincunx", "halyard", "samphire", "gallimaufry", "tessellated"]


@pytest.fixture
def doer(world) -> Ally:
    """An open ally whom nobody else has to do with: their name on any page would come from what they noted."""
    return cast.make_ally(NAME, unit=world.unit, email="wg.unseen@larkfield.example")


@pytest.fixture
def deeds(world, doer) -> list[str]:
    """What they did and mean to do; the addresses under which it is to be had, for them."""
    today = timezone.localdate()
    meant = commit_to(ally=doer, text=PRIVATE[0], by_on=today - timedelta(days=1))
    commit_to(ally=doer, text=PRIVATE[1], by_on=today + timedelta(days=3))
    remind()
    spoken = place(
        target=target_of(world.idea),
        user=world.member.user,
        words=Words(name="Milo Ferrant", text="So it is.", press=""),
    )
    alone = {"audience": Audience.ONLY_ME, "idea": world.idea, "comment": spoken, "went": PRIVATE[3]}
    private = make_action(doer, f"Put {PRIVATE[2]}.", **alone)
    unnamed = make_action(doer, "Tessellated the ramp.", is_unnamed=True, idea=world.idea, kind="relations")
    thank(action=unnamed, by=world.organiser)
    count_tried([spoken.pk])
    card = make_card(doer, "Selwyn")
    return [
        f"/actions/mine/{meant.pk}/",
        f"/actions/{private.pk}/edit/",
        f"/actions/{private.pk}/thanks/",
        f"/actions/{unnamed.pk}/thanks/",
        f"/actions/tried/{spoken.pk}/",
        *(f"/actions/?{query}" for query in ("kind=relations", f"idea={world.idea.slug}", f"unit={world.unit.slug}")),
        *(f"/search/?q={word}" for word in SEARCHES),
        card.get_absolute_url(),
        "/me/data/",
        "/cms/reports/site-history/",
    ]


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_nobody_else_reads_what_is_somebodys_alone_nor_who_did_what_has_no_name(role, world, clients, deeds, doer):
    """On no page, in no search, in the CMS nor in a feed. Where something stands without a name, neither a name nor an
    address of whoever did it stands, and it stands under no department.
    """
    paths = [path for path in addresses(world) if not path.startswith("/mails/")] + deeds
    shown = {path: read(path, answer) for path, answer in walk(clients[role](), paths)}
    assert [f"{path}: {string}" for path, text in shown.items() for string in PRIVATE if string in text] == []
    told = {path: text for path, text in shown.items() if "Tessellated the ramp." in text}
    assert [path for path, text in told.items() if NAME in text or str(doer.public_id) in text] == []
    assert f"/actions/?unit={world.unit.slug}" not in told
    if role == "ally":
        assert {"/actions/", world.idea.get_absolute_url()} <= set(told)


def read(path: str, answer: HttpResponse) -> str:
    """A search repeats what was asked."""
    text = text_of(answer)
    return re.sub("|".join(SEARCHES), "?", text, flags=re.IGNORECASE) if path.startswith("/search/") else text


def test_nor_do_others_find_it_in_what_they_take_along_or_are_told(world, deeds, doer, people):
    others = [getattr(one, "user", one) for role, one in people.items() if one is not None]
    parcels = json.dumps([export_person(user=user) for user in others], cls=DjangoJSONEncoder)
    told = " ".join(Notification.objects.exclude(user=doer.user).values_list("text", flat=True))
    strings = [*PRIVATE, NAME, "Tessellated"]
    assert [string for string in strings if string in parcels or string in told] == []


def test_what_is_kept_to_oneself_is_counted_nowhere(world, deeds, doer, monkeypatch):
    """Neither beside the comment it came from nor in the spread of the idea; what is shown without a name is."""
    spoken = next(path for path in deeds if path.startswith("/actions/tried/"))
    assert "1 ally tried this" not in cast.client_of(world.ally).get(spoken).text
    later = timezone.now() + timedelta(days=40)
    monkeypatch.setattr(timezone, "now", lambda: later)
    build_idea_months()
    assert sum(row.begun for row in world.idea.months.all()) == 1
    assert spread_of(world.idea).latest.allies is None


def test_the_doer_finds_all_of_it_so_the_canary_sings(world, deeds, doer):
    mine = cast.client_of(doer)
    seen = "".join(text_of(answer) for _path, answer in walk(mine, [*addresses(world), *deeds]))
    assert [string for string in [*PRIVATE, "Tessellated the ramp."] if string not in seen] == []
    assert PRIVATE[0] in " ".join(Notification.objects.filter(user=doer.user).values_list("text", flat=True))
