"""The wall: who sees what, by which name, page by page."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services import export_person
from movement.actions.models import Action, Audience, Kind
from movement.actions.thanking import thank
from movement.actions.wall import PAGE, sought
from movement.allies.blocks import block
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
    told = re.sub(r"<select.*?</select>", "", page, flags=re.DOTALL)
    assert [name for name in hidden if name in told] == []


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


def test_under_a_department_stands_only_what_is_shown_by_name(organisation, organiser, alias_ally, quiet_ally, ally):
    finance, others = organisation["finance"], organisation["field-service"]
    Ally.objects.filter(pk__in=[organiser.pk, alias_ally.pk, quiet_ally.pk]).update(unit=finance)
    Ally.objects.filter(pk=ally.pk).update(unit=others)
    for one in (organiser, alias_ally, quiet_ally, ally):
        one.refresh_from_db()
    shown = make_action(organiser)
    for one, more in ((alias_ally, {}), (quiet_ally, {}), (ally, {}), (organiser, {"is_unnamed": True})):
        make_action(one, **more)
    for viewer in (ally, alias_ally, quiet_ally, organiser):
        seen = [numbers(page_of(viewer, f"?unit={slug}")) for slug in ("finance", "run")]
        assert seen == [[shown.pk], [shown.pk]], viewer
    assert len(numbers(page_of(ally, "?unit=nowhere"))) == 5


def test_whoever_moves_leaves_what_they_did_under_the_department_of_then(organisation, organiser, ally):
    action = make_action(organiser)
    Ally.objects.filter(pk=organiser.pk).update(unit=organisation["finance"])
    seen = [numbers(page_of(ally, f"?unit={slug}")) for slug in ("customer-support", "serve", "finance", "run")]
    assert seen == [[action.pk], [action.pk], [], []]


@pytest.mark.parametrize(
    "later", [{"show_unit": False}, {"visibility": "alias", "alias": "Copper Heron"}, {"visibility": "quiet"}]
)
def test_nothing_stands_under_a_department_that_was_not_shown_then_or_is_not_now(organisation, organiser, ally, later):
    make_action(organiser)
    before = {field: getattr(organiser, field) for field in later}
    Ally.objects.filter(pk=organiser.pk).update(**later)
    organiser.refresh_from_db()
    make_action(organiser)
    assert numbers(page_of(ally, "?unit=customer-support")) == []
    Ally.objects.filter(pk=organiser.pk).update(**before)
    assert len(numbers(page_of(ally, "?unit=customer-support"))) == 1


def test_those_kept_apart_meet_nothing_of_each_other(organisation, ally, organiser, alias_ally):
    idea = make_idea()
    mine, unnamed = make_action(ally, idea=idea), make_action(ally, idea=idea, is_unnamed=True)
    theirs = make_action(organiser, idea=idea)
    about = make_action(alias_ally, "Rang.", for_whom="Ada Larkin, who plans")
    thank(action=about, by=organiser, line="From the desk.")
    block(by=ally, other=organiser)
    for query in ("", "?kind=", "?unit=serve", f"?idea={idea.slug}"):
        seen = [set(numbers(page_of(one, query))) for one in (ally, organiser)]
        assert (theirs.pk in seen[0], {mine.pk, unnamed.pk} & seen[1]) == (False, set()), query
    for one, other in ((ally, theirs), (organiser, mine)):
        page = client_of(one).get(idea.get_absolute_url()).text
        assert f'id="action-{other.pk}"' not in page
        assert [client_of(one).post(f"/actions/{other.pk}/{what}/").status_code for what in ("thanks", "try")] == [
            404
        ] * 2
    assert ["Ada Larkin, who plans" in page_of(one) for one in (ally, organiser, alias_ally)] == [True, False, True]
    assert ["1 thank-you" in page_of(one) for one in (ally, alias_ally)] == [False, True]


def test_the_wall_of_one_idea(ally):
    first = make_action(ally, idea=make_idea())
    make_action(ally, idea=make_idea("Hidden", is_published=False))
    assert numbers(page_of(ally, "?idea=ring-one-reader&kind=")) == [first.pk]
    assert len(numbers(page_of(ally, "?idea=hidden"))) == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by what is there: a handful it sorts")
@pytest.mark.parametrize("key", [None, (date(2026, 3, 1), 5)])
@pytest.mark.parametrize("chosen", ["everything", "kind", "idea", "unit", "division"])
def test_the_wall_walks_an_index_and_sorts_nothing(ally, organisation, chosen, key):
    """So that its first page costs the same whatever lies behind it. `tests/bench` measures it with a million."""
    only = {
        "kind": {"kind": Kind.RELATIONS},
        "idea": {"idea": make_idea()},
        "unit": {"unit": organisation["finance"]},
        "division": {"unit": organisation["run"]},
    }.get(chosen, {})
    asked = sought(viewer=ally.user, key=key, **only)[:31]
    plan = asked.explain()
    assert f"action_wall{'' if chosen == 'everything' else '_by_' + chosen}" in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan
    tables = [name for name, uses in asked.query.alias_refcount.items() if uses]
    assert tables == ["movement_action"], "a join lets the planner begin elsewhere, where there are many"


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
