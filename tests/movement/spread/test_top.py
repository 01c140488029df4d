"""What readers see of the spread: nothing until a steward opens it, and then its top alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from content import pagecache
from movement.allies.models import Ally
from movement.spread.services import refresh
from movement.spread.settings import SpreadSettings
from movement.tasks import draw_growth
from tests.cast import client_of, make_ally, person

pytestmark = pytest.mark.django_db
CLOSED_ALWAYS = [
    "/spread/report/",
    "/spread/report/edit/",
    "/spread/what-if/",
    "/spread/units/finance/",
    "/spread/units/finance/months.csv",
    "/spread/figures/coverage.csv",
    "/spread/figures/months.csv",
    "/spread/pictures/growth.png",
]


@pytest.fixture(autouse=True)
def own_shelf(monkeypatch):
    """What one test keeps is not known to the next."""
    monkeypatch.setattr(pagecache, "shelf", pagecache.Shelf())


@pytest.fixture
def spread(site_pages, organisation, own_shelf):
    pagecache.shelf = pagecache.Shelf()
    long_ago = datetime(timezone.now().year - 1, 3, 10, 12, tzinfo=UTC)
    for slug, count in (("finance", 8), ("data-and-reporting", 3), ("field-service", 9)):
        for number in range(count):
            make_ally(f"{slug} {number}", unit=organisation[slug], joined_at=long_ago)
    refresh()
    draw_growth.func()
    return organisation


def open_it(*, to_all: bool = True) -> None:
    SpreadSettings.objects.update_or_create(pk=1, defaults={"is_open": to_all})
    pagecache.shelf = pagecache.Shelf()  # as `forget` does, which the CMS calls


def text_of(client: Client, address: str = "/spread/") -> str:
    (main,) = html.fromstring(client.get(address).content).cssselect("main")
    return " ".join(main.text_content().split())


def test_it_is_closed_at_first(spread):
    assert client_of().get("/spread/")["Location"] == "/accounts/login/?next=/spread/"
    assert client_of(person("newcomer@larkfield.example")).get("/spread/")["Location"] == "/welcome/"
    home = html.fromstring(client_of().get("/").content)
    assert home.xpath("//a[@href='/spread/']") == []


def test_open_it_says_the_whole_and_the_stage_and_names_no_unit(spread):
    open_it()
    for client in (client_of(), client_of(person("newcomer@larkfield.example"))):
        text = text_of(client)
        assert "About 20 of 150 colleagues are allies." in text
        assert "13 in a hundred of everybody who works here." in text
        assert "A department" in text
        assert not any(unit.name in text for unit in spread.values())


def test_where_one_department_is_counted_there_is_no_total(site_pages, organisation):
    for number in range(8):
        make_ally(f"finance {number}", unit=organisation["finance"], joined_at=timezone.now() - timedelta(days=100))
    refresh()
    open_it()
    text = text_of(client_of())
    assert "Only one department is counted with five allies or more" in text
    assert "of 150 colleagues" not in text
    assert "in a hundred of everybody" not in text
    ally = Ally.objects.first()
    assert ally is not None
    assert "About 10 of 150 colleagues are allies." in text_of(client_of(ally))


def test_open_it_leads_to_nothing_that_is_for_allies(spread):
    open_it()
    page = html.fromstring(client_of().get("/spread/").content)
    (main,) = page.cssselect("main")
    assert [link for link in main.xpath(".//a/@href") if link.startswith("/spread/")] == []
    assert main.cssselect("table, .chart-drawn, .covs, .heat") == []
    for address in CLOSED_ALWAYS:
        assert client_of().get(address)["Location"].startswith("/accounts/login/"), address


def test_allies_see_all_of_it_either_way(spread, quiet_ally):
    for to_all in (False, True):
        open_it(to_all=to_all)
        assert client_of(quiet_ally).get("/spread/").context["heat"] is not None


def test_open_it_stands_in_the_navigation_and_on_the_home_page(spread):
    open_it()
    home = html.fromstring(client_of().get("/").content)
    assert home.xpath("//nav[@id='nav']/ul[1]//a/@href") == ["/primer/", "/articles/", "/clubs/", "/spread/", "/about/"]
    assert home.cssselect(".hero__here a[href='/spread/']")


def test_before_the_first_month_it_says_so(site_pages, organisation):
    open_it()
    assert "The first figures appear when this month has ended" in text_of(client_of())


def test_visitors_share_one_copy_and_people_who_signed_in_have_none(spread, ally):
    open_it()
    first = client_of().get("/spread/")
    with CaptureQueriesContext(connection) as captured:
        again = client_of().get("/spread/")
    assert (again.content, len(captured)) == (first.content, 0)
    assert (first["Cache-Control"], bool(first.cookies)) == ("public, no-cache", False)
    assert b"csrfmiddlewaretoken" not in first.content
    for someone in (ally, person("newcomer@larkfield.example")):
        assert "no-store" in client_of(someone).get("/spread/")["Cache-Control"]


def test_a_steward_opens_and_closes_it_in_the_cms(spread, steward, settings, django_capture_on_commit_callbacks):
    from accounts.roles import ensure_roles

    ensure_roles()
    SpreadSettings.objects.create(pk=1)
    client = client_of(steward)
    for is_open, status in (("on", 200), (None, 302)):
        said = {"reachable": "80"} | ({"is_open": is_open} if is_open else {})
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post("/cms/settings/movement/spreadsettings/1/", said).status_code == 302
        pagecache.shelf.read_at -= timedelta(seconds=2).total_seconds()  # a second later
        assert client_of().get("/spread/").status_code == status
