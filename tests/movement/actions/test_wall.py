"""The wall: who sees what, by which name, page by page."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services import export_person
from movement.actions.models import Action, Audience, Kind
from movement.actions.wall import PAGE
from movement.allies.models import Ally
from tests.cast import client_of, make_ally
from tests.movement.worlds import make_action, make_idea


def page_of(viewer: Ally, query: str = "") -> str:
    return client_of(viewer).get("/actions/" + query).content.decode()


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="action-(\d+)"', page)]


def test_each_is_named_as_they_chose_and_nobodys_department_is_told(ally, alias_ally, quiet_ally, organiser):
    for one in (ally, alias_ally, quiet_ally):
        make_action(one)
    page = page_of(organiser)
    assert [name in page for name in ("Ada Larkin", "Night Ferry", "An ally")] == [True, True, True]
    hidden = ("Basil", "Quenby", "Finance", "Field Service", f"/allies/{quiet_ally.public_id}/")
    assert [name for name in hidden if name in page] == []


def test_what_is_for_oneself_alone_is_seen_by_nobody_else(ally, organiser):
    action = make_action(ally, audience=Audience.ONLY_ME)
    assert (numbers(page_of(ally)), numbers(page_of(organiser))) == ([action.pk], [])


def test_what_somebody_did_whose_login_is_closed_is_gone(ally, organiser):
    make_action(ally)
    ally.user.is_active = False
    ally.user.save()
    assert numbers(page_of(organiser)) == []


def test_only_ones_own_can_be_changed_from_here(ally, organiser):
    action = make_action(ally)
    address = f"/actions/{action.pk}/edit/"
    assert (address in page_of(ally), address in page_of(organiser)) == (True, False)


def test_the_wall_is_filtered_by_kind_and_an_unknown_kind_shows_all(ally):
    first, second = make_action(ally, kind=Kind.RELATIONS), make_action(ally, kind=Kind.SERVICING)
    shown = [numbers(page_of(ally, query)) for query in ("?kind=relations", "?kind=servicing", "?kind=%27--", "")]
    assert shown == [[first.pk], [second.pk], [second.pk, first.pk], [second.pk, first.pk]]


def test_paging_leaves_no_gap_and_repeats_nothing_even_while_others_write(ally):
    days = [date(2026, 3, 1 + number % 7) for number in range(2 * PAGE + 5)]
    Action.objects.bulk_create(Action(ally=ally, text=f"{day}", done_on=day, kind=Kind.RELATIONS) for day in days)
    expected = list(Action.objects.order_by("-done_on", "-pk").values_list("pk", flat=True))
    seen, query = [], "?kind=relations"
    while query:
        page = page_of(ally, query)
        seen += numbers(page)
        make_action(ally, "Something new on top.", kind=Kind.RELATIONS)
        found = re.search(r'rel="next" href="([^"#]+)"', page)
        query = found[1].replace("&amp;", "&") if found else ""
    assert seen == expected


@pytest.mark.parametrize(
    "key", ["x", "2026-03-01", "2026-13-01.5", f"2026-03-01.{10**40}", "2026-03-01.٣", ".5", "%FF.1"]
)
def test_a_key_nobody_gave_out_shows_the_beginning(ally, key):
    action = make_action(ally)
    assert numbers(page_of(ally, f"?after={key}")) == [action.pk]


def test_the_wall_costs_the_same_for_one_three_and_thirty(ally, quiet_ally):
    client, costs = client_of(ally), []
    idea = make_idea()
    client.get("/actions/")
    for count in (1, 2, 27):
        for number in range(count):
            someone = make_ally(f"Ally {Ally.objects.count()} of {number}")
            make_action(someone, idea=idea)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/actions/").status_code == 200
        costs.append(len(asked))
    assert (len(set(costs)), costs[0] <= 10) == (1, True), costs


def test_what_i_noted_is_in_my_data_and_leaves_with_me(ally):
    make_action(ally, idea=make_idea())
    told = [
        row for rows in export_person(user=ally.user).values() for row in rows if row.get("text") == "Rang the depot."
    ]
    assert [row["idea__title"] for row in told] == ["Ring one reader"]
