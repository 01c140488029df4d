"""What an organisation adds to every page: its mark, its links, its small print."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from PIL import Image
from wagtail.test.utils.form_data import nested_form_data, streamfield

from content import pagecache
from content.images import Picture
from content.settings import OrganisationSettings
from tests.cast import client_of

pytestmark = pytest.mark.django_db
LINKS = [("Our intranet", "https://intranet.example/"), ("Works council", "/about/")]


@pytest.fixture(autouse=True)
def ask_every_time(monkeypatch):
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 0.0)


@pytest.fixture
def mark(db, settings, tmp_path) -> Picture:
    settings.MEDIA_ROOT = str(tmp_path)
    out = BytesIO()
    Image.new("RGBA", (300, 120), "#1a40b4").save(out, "PNG")
    picture = Picture(title="Our mark", file=ContentFile(out.getvalue(), name="mark.png"))
    picture.save()
    return picture


def form(**fields):
    """What the CMS's form sends; `navigation` and `footer_links` as (words, address)."""
    links = {name: fields.pop(name, []) for name in ("navigation", "footer_links")}
    streams = {
        name: streamfield([("link", {"label": label, "address": address}) for label, address in rows])
        for name, rows in links.items()
    }
    return nested_form_data({"name": "Teasel Valley Water", "site_name": "Groundswell"} | fields | streams)


def save(user, **fields):
    path = reverse("wagtailsettings:edit", args=["content", "organisationsettings", OrganisationSettings.current().pk])
    return client_of(user).post(path, form(**fields))


def page(client: Client | None = None) -> html.HtmlElement:
    return html.fromstring((client or Client()).get("/about/").content)


def test_what_a_steward_adds_is_seen_at_once(site_pages, steward, ally, mark, django_capture_on_commit_callbacks):
    page()
    with django_capture_on_commit_callbacks(execute=True):
        answer = save(
            steward, mark=mark.pk, navigation=LINKS, footer_links=LINKS[:1], small_print="Teasel Valley Water plc"
        )
    assert answer.status_code == 302
    for seen in (page(), page(client_of(ally))):
        assert seen.xpath("//ul[@id='nav-extras']//a/@href") == [address for _label, address in LINKS]
        assert seen.xpath("//ul[@id='nav-extras']//a[@aria-current]/text()") == ["Works council"]
        assert seen.xpath("//div[@class='site-foot__small']//a/text()") == ["Our intranet"]
        assert seen.xpath("string(//div[@class='site-foot__small']/p)") == "Teasel Valley Water plc"
        assert [image.get("alt") for image in seen.xpath("//a[@class='brand']/img")] == [""]
        assert seen.xpath("//a[@class='brand']/*[name()='svg']") == []


def test_the_fixed_links_stay_the_first(site_pages):
    settings = OrganisationSettings.current()
    settings.navigation = [("link", {"label": label, "address": address}) for label, address in LINKS]
    settings.save()
    links = page().xpath("//nav[@id='nav']//a/@href")
    assert links[:6] == ["/primer/", "/articles/", "/clubs/", "/about/", "https://intranet.example/", "/about/"]


def test_words_in_the_mark_are_read_out(site_pages, mark):
    settings = OrganisationSettings.current()
    settings.mark, settings.mark_alt = mark, "Water since 1911"
    settings.save()
    assert page().xpath("//a[@class='brand']/img/@alt") == ["Water since 1911"]


def test_a_picture_that_is_deleted_leaves_the_circles(site_pages, mark):
    settings = OrganisationSettings.current()
    settings.mark = mark
    settings.save()
    mark.delete()
    assert len(page().xpath("//a[@class='brand']/*[name()='svg']")) == 1


@pytest.mark.parametrize(
    "links",
    [
        [("Script", "javascript:alert(1)")],
        [("Elsewhere", "//evil.example")],
        [("A label that is far too long for it", "/about/")],
        [("", "/about/")],
        [(f"Link {number}", "/about/") for number in range(5)],
    ],
)
def test_unsafe_addresses_long_words_and_a_fifth_link_are_refused(site_pages, steward, links):
    assert save(steward, navigation=links).status_code == 200
    assert list(OrganisationSettings.current().navigation) == []


def test_too_long_a_small_print_is_refused(site_pages, steward):
    assert save(steward, small_print="x" * 251).status_code == 200
    assert OrganisationSettings.current().small_print == ""


def test_an_author_may_not(site_pages, author):
    assert save(author, small_print="Mine").status_code in (302, 403)
    assert OrganisationSettings.current().small_print == ""


def test_all_of_it_costs_no_query_more(site_pages, mark):
    def asked() -> int:
        Client().get("/about/?fresh=1")
        with CaptureQueriesContext(connection) as captured:
            Client().get("/about/?fresh=1")
        return len(captured)

    before = asked()
    settings = OrganisationSettings.current()
    settings.mark, settings.small_print = mark, "Teasel Valley Water plc"
    settings.navigation = [("link", {"label": label, "address": address}) for label, address in LINKS]
    settings.save()
    assert asked() == before
