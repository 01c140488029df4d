"""Who serves whom: which edges are told and how exactly, where chains break, and what the pages show of it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from movement.allies.models import Ally, Unit, Visibility
from movement.personas import mapping
from movement.personas.mapping import OUTSIDE, counted_links, picture_of, prepare_map, shown_links, summary
from movement.personas.models import Audience, End, PersonaCard, Side
from movement.personas.service_map import ServiceLink, ServiceMap, links_of, whole_map
from tests.cast import client_of, make_ally, make_unit
from tests.movement.worlds import make_card

pytestmark = pytest.mark.django_db

OPEN = {"audience": Audience.ALLIES}
LONG_AGO = timezone.now() - timedelta(days=70)


def links() -> set[tuple[str, str, int | None]]:
    rows = ServiceLink.objects.values_list("server__slug", "served__slug", "cards")
    return {(server or "outside", served or "outside", cards) for server, served, cards in rows}


def writers(unit: Unit, count: int, **fields) -> list[Ally]:
    made = Ally.objects.count()
    return [
        make_ally(f"Writer {made + number}", alias=f"Ferry {made + number}", unit=unit, **fields)
        for number in range(count)
    ]


@pytest.fixture
def places(organisation) -> tuple[Unit, Unit]:
    return organisation["finance"], organisation["field-service"]


def test_a_card_that_all_may_read_draws_its_line_from_either_end(organisation, places):
    finance, field = places
    writer = make_ally("Ada Larkin", unit=finance)
    make_card(writer, unit=field, **OPEN)
    make_card(writer, unit=organisation["data-and-reporting"], end=End.SERVED, **OPEN)
    make_card(writer, side=Side.OUTSIDE, **OPEN)
    make_card(writer, side=Side.OUTSIDE, end=End.SERVED, **OPEN)
    make_card(writer, unit=finance, **OPEN)
    assert prepare_map() == 5
    assert links() == {
        ("finance", "field-service", None),
        ("data-and-reporting", "finance", None),
        ("finance", "outside", None),
        ("outside", "finance", None),
        ("finance", "finance", None),
    }


@pytest.mark.parametrize(
    ("fields", "card"),
    [
        ({}, {"audience": Audience.ONLY_ME}),
        ({}, {"audience": Audience.CIRCLES}),
        ({"visibility": Visibility.QUIET}, OPEN),
        ({"visibility": Visibility.ALIAS}, OPEN),
        ({"show_unit": False}, OPEN),
        ({"unit": None}, OPEN),
    ],
)
def test_fewer_than_five_who_do_not_show_it_draw_no_line(places, fields, card):
    """Whatever is not to be read by everybody beside an open name and department."""
    finance, field = places
    for writer in writers(**{"unit": finance, "count": 4} | fields):
        for _card in range(3):
            make_card(writer, unit=field, created_at=LONG_AGO, **card)
    assert (prepare_map(), links()) == (0, set())


def test_five_who_do_not_show_it_draw_one_to_the_nearest_five(places):
    finance, field = places
    for writer in writers(finance, 5, visibility=Visibility.QUIET):
        make_card(writer, unit=field, created_at=LONG_AGO)
    make_card(writer, unit=field, created_at=LONG_AGO)
    make_card(writer, unit=field, created_at=LONG_AGO)
    prepare_map()
    assert links() == {("finance", "field-service", 5)}


def test_those_count_as_the_month_began_and_not_again_in_it(places):
    finance, field = places
    quiet = writers(finance, 5, visibility=Visibility.QUIET)
    for writer in quiet[:4]:
        make_card(writer, unit=field, created_at=LONG_AGO)
    make_card(quiet[4], unit=field)
    assert prepare_map() == 0
    PersonaCard.objects.update(created_at=LONG_AGO)
    assert prepare_map() == 0
    ServiceMap.objects.update(month=LONG_AGO.date().replace(day=1))
    assert (prepare_map(), links()) == (1, {("finance", "field-service", 5)})
    quiet[0].cards.all().delete()
    assert (prepare_map(), links()) == (1, {("finance", "field-service", 5)})


def test_a_hidden_fifth_changes_no_number_that_was_told(places):
    """Four show theirs: whether a quiet one wrote a fifth this month cannot be read from the line."""
    finance, field = places
    for writer in writers(finance, 4):
        make_card(writer, unit=field, created_at=LONG_AGO, **OPEN)
    prepare_map()
    before = links()
    make_card(writers(finance, 1, visibility=Visibility.QUIET)[0], unit=field)
    prepare_map()
    assert (before, links()) == ({("finance", "field-service", None)}, before)


def test_who_has_left_draws_nothing(places):
    finance, field = places
    writer = make_ally("Ada Larkin", unit=finance)
    make_card(writer, unit=field, **OPEN)
    prepare_map()
    writer.user.is_active = False
    writer.user.save()
    assert prepare_map() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_first", [True, False])
def test_two_workers_that_prepare_it_at_once_leave_each_link_once(places, monkeypatch, is_first):
    finance, field = places
    make_card(make_ally("Ada Larkin", unit=finance), unit=field, **OPEN)
    if not is_first:
        prepare_map()
    barrier, failed = Barrier(2), []

    def both_at_once(*given):
        barrier.wait(timeout=20)  # both have counted, and neither has written
        return picture_of(*given)

    def work() -> None:
        try:
            prepare_map()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    monkeypatch.setattr(mapping, "picture_of", both_at_once)
    workers = [Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert (ServiceLink.objects.count(), links()) == (1, {("finance", "field-service", None)})


def test_chains_and_where_they_break(organisation):
    units = {slug: unit.pk for slug, unit in organisation.items()}
    finance, field, support, data = (
        units[slug] for slug in ("finance", "field-service", "customer-support", "data-and-reporting")
    )
    drawn = {(finance, field): None, (field, OUTSIDE): 5, (field, support): 10, (finance, finance): 5}
    told = summary(drawn, list(Unit.objects.choosable()))
    assert told["unnamed"] == [data]
    assert told["unserved"] == [finance]
    assert told["dead_ends"] == [support]
    assert (told["without_way_out"], told["reaches_outside"]) == ([], True)
    assert told["units"][str(field)] == {"serves": 2, "served_by": 1, "gives": 15, "gets": 0, "is_within": False}
    assert told["units"][str(finance)]["is_within"] is True
    inside = summary(
        {(finance, field): None, (support, data): None, (data, OUTSIDE): None}, list(Unit.objects.choosable())
    )
    assert inside["without_way_out"] == [finance]


def test_a_unit_sees_whom_it_serves_and_who_serves_it(ally, organisation, places):
    finance, field = places
    writer = make_ally("Wren Dale", unit=finance)
    make_card(writer, unit=field, **OPEN)
    make_card(writer, side=Side.OUTSIDE, **OPEN)
    prepare_map()
    ours = links_of(finance)
    assert {link.served for link in ours.serves} == {field, None}
    assert [link.server for link in links_of(field).served_by] == [finance]
    page = client_of(ally).get("/service-map/finance/").content.decode()
    assert ("Field Service" in page, "People outside" in page, "fewer than 5" in page) == (True, True, True)
    named = client_of(ally).get("/service-map/field-service/").content.decode()
    assert "Ines, depot planner" in named
    for slug in ("nowhere", "serve"):
        assert client_of(ally).get(f"/service-map/{slug}/").status_code == 404


def test_the_page_has_the_picture_the_list_and_the_table(ally, places):
    finance, field = places
    finance.name = "<b>Money</b>"
    finance.save()
    assert "No line is drawn yet" in client_of(ally).get("/service-map/").content.decode()
    writer = make_ally("Wren Dale", unit=finance)
    make_card(writer, unit=field, **OPEN)
    make_card(writer, side=Side.OUTSIDE, **OPEN)
    make_card(make_ally("Finn Moss", unit=field), unit=finance, **OPEN)
    prepare_map()
    page = client_of(ally).get("/service-map/").content.decode()
    assert page.count('<svg class="smap') == 1
    assert (page.count("m-arc--back"), page.count('class="m-node'), "<b>Money" in page) == (1, 3, False)
    assert "&lt;b&gt;Money&lt;/b&gt;" in page
    heads = html.fromstring(page).xpath("//table[contains(@class, 'smap-units')]/thead//th")
    assert [(head.get("scope"), " ".join(head.text_content().split())) for head in heads] == [
        ("col", "Department"), ("colgroup", "How many others"), ("colgroup", "On how many cards"),
        ("col", "it serves"), ("col", "serve it"), ("col", "it serves"), ("col", "it is served"),
    ]  # fmt: skip
    picture = whole_map().picture
    assert [one["name"] for one in picture.chain] == ["Field Service", "<b>Money</b>", ""]
    assert " style=" not in picture.svg


def test_of_many_departments_the_picture_is_by_division(ally):
    divisions = [make_unit(f"Division {n}", position=n) for n in range(3)]
    units = [make_unit(f"Department {n}", division=divisions[n % 3], position=n) for n in range(15)]
    for number, unit in enumerate(units):
        make_card(make_ally(f"Writer {number}", unit=unit), unit=units[(number + 1) % 15], **OPEN)
    prepare_map()
    found = whole_map()
    assert found.picture.is_by_division
    assert {one["name"] for one in found.picture.chain} == {"Division 0", "Division 1", "Division 2"}
    assert len([row for row in found.rows if row.serves]) == 15


def test_the_page_costs_the_same_for_few_and_many_cards(ally, organisation, places):
    finance, field = places
    client, costs = client_of(ally), []
    client.get("/service-map/")
    for count in (1, 2, 27):
        for writer in writers(finance, count):
            make_card(writer, unit=field, **OPEN)
        prepare_map()
        for address in ("/service-map/", "/service-map/finance/"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            costs.append((address, len(asked)))
    assert len(set(costs)) == 2, costs
    assert max(cost for _address, cost in costs) <= 10


def test_what_is_shown_and_what_is_counted_are_two_things(places):
    finance, field = places
    for writer in writers(finance, 3):
        make_card(writer, unit=field, created_at=LONG_AGO, **OPEN)
    for writer in writers(finance, 3, visibility=Visibility.QUIET):
        make_card(writer, unit=field, created_at=LONG_AGO)
    edge = (finance.pk, field.pk)
    assert (shown_links(), counted_links(PersonaCard.objects.all())) == ({edge: None}, {edge: 5})
