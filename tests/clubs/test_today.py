"""Today with everything on it: what it shows, and what that costs."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import STEWARDS
from clubs.reading.models import SectionRead
from content.pages.primer import ChapterPage
from content.progress.models import What
from content.progress.services import mark
from movement.actions.committing import commit_to
from movement.allies.models import Ally
from movement.allies.reorganising import close_unit
from movement.allies.steps import StepTaken
from movement.resolve.hellos import Hello
from movement.resolve.marking import mark_milestones
from movement.resolve.models import SelfNote
from movement.spread.second_ally.models import Hint
from movement.today import cards, steps
from postbox.services import notify
from tests import cast
from tests.clubs.worlds import a_club, a_meeting, a_member, a_reading
from tests.movement.pulses import make_pulse
from tests.movement.worlds import make_action, make_card, make_idea, make_introduction, make_lunch, make_note

pytestmark = pytest.mark.django_db
MOST = 20


@pytest.fixture
def busy(site_pages, ally: Ally, organiser: Ally) -> Ally:
    """An ally for whom every card of Today has something to say."""
    club = a_club(organiser)
    membership = a_member(club, ally)
    first, _second = a_reading(club).sections.all()
    SectionRead.objects.create(membership=membership, section=first)
    a_meeting(club, sections=list(first.reading.sections.all()))
    for number in range(3):
        make_idea(f"Idea {number}")
        make_action(ally, f"Action {number}.")
        make_card(ally, f"Ines {number}")
        cast.make_ally(f"Friend {number}", invited_by=ally)
        notify(kind="came-through-me", user=ally.user, event=f"came:{number}", text="Thank you.", url="/invite/")
    mark(user=ally.user, chapters=list(ChapterPage.objects.live()[:1]), what=What.READ)
    make_introduction(organiser, ally)
    make_lunch(ally, cast.make_ally("Perpetua Lisle"))
    commit_to(ally=ally, text="Ring the depot.")
    make_note(ally)
    make_pulse(3)
    SelfNote.objects.update(came_back_at=timezone.now())
    Hello.objects.create(ally=ally, other=organiser)
    mark_milestones()
    Hint.objects.create(ally=ally, unit=ally.unit, month=date(2026, 5, 1))
    close_unit(unit=ally.unit)
    return ally


def cost_of(client) -> int:
    client.get("/me/")  # whatever is kept from the first request on
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/me/").status_code == 200
    return len(queries)


def test_today_costs_no_more_than_twenty_queries_with_everything_on_it(busy: Ally):
    client = cast.client_of(busy)
    with_a_step = cost_of(client)
    StepTaken.objects.bulk_create(StepTaken(ally=busy, name=step.name) for step in steps())
    without = cost_of(client)
    page = client.get("/me/")
    shown = {
        page.context["act"]["name"],
        *(card["name"] for part in ("below", "asides", "rows") for card in page.context[part]),
    }
    assert {card.name for card in cards()} - shown <= ON_REQUEST
    assert max(with_a_step, without) <= MOST


#: Cards of parts that this test gives nothing to.
ON_REQUEST: set[str] = set()


def test_the_line_beside_the_greeting_says_what_waits(busy: Ally):
    assert "You meet on" in cast.client_of(busy).get("/me/").text


def test_it_costs_the_same_for_much_and_for_little(busy: Ally):
    client, costs = cast.client_of(busy), set()
    for more in (0, 2, 27):
        for number in range(more):
            make_action(busy, f"More {more} {number}.")
            make_card(busy, f"Thad {more} {number}")
        costs.add(cost_of(client))
    assert len(costs) == 1


def test_a_steward_pays_no_more_for_the_list_of_what_to_set_up(busy: Ally):
    busy.user.groups.add(Group.objects.get_or_create(name=STEWARDS)[0])
    assert cost_of(cast.client_of(busy)) <= MOST
