"""What every test stands on: the named cast of tests/cast.py as fixtures."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from wagtail.models import Site

from accounts.models import User
from content import pagecache
from content.pages.home import HomePage
from content.starting import ensure_pages
from movement.allies.models import Ally, Unit, Visibility
from tests import cast, database
from tests.replay import Replay

# The same examples each time: what fails, fails for everybody, and again.
hypothesis.settings.register_profile(
    "steady",
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # a busy machine is no fault of the code
)
hypothesis.settings.load_profile("steady")

PAGES = Replay(ensure_pages)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """What stands in the copied file is taken over."""
    return database.is_file() or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    if not database.is_file():
        yield
        return
    database.begin()
    yield
    database.end()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    if database.is_file():
        with django_db_blocker.unblock():
            database.keep()


@pytest.fixture(autouse=True)
def _fresh_redis(request: pytest.FixtureRequest) -> None:
    """A rolled back transaction takes the cache with it in the database, not in Redis. A browser walk keeps its own."""
    if settings.REDIS_URL and request.node.get_closest_marker("e2e") is None:
        cache.clear()


@pytest.fixture(autouse=True)
def _pages_first(request: pytest.FixtureRequest) -> None:
    """On the database as it comes, whatever else the test asks for: that is what can be written again."""
    if "site_pages" in request.fixturenames:
        request.getfixturevalue("site_pages")


@pytest.fixture
def organisation(db) -> dict[str, Unit]:
    """Units by slug: serve (field-service, customer-support) and run (finance, data-and-reporting)."""
    return cast.make_organisation()


@pytest.fixture
def unit(organisation: dict[str, Unit]) -> Unit:
    return organisation["field-service"]


@pytest.fixture
def reader() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def ally(unit: Unit) -> Ally:
    return cast.make_ally("Ada Larkin", unit=unit, role="Route planner", about="Asks drivers what they need.")


@pytest.fixture
def alias_ally(organisation: dict[str, Unit]) -> Ally:
    finance = organisation["finance"]
    return cast.make_ally("Basil Thorne", unit=finance, alias="Night Ferry", visibility=Visibility.ALIAS)


@pytest.fixture
def quiet_ally(organisation: dict[str, Unit]) -> Ally:
    return cast.make_ally("Quenby Marsh", unit=organisation["finance"], visibility=Visibility.QUIET)


@pytest.fixture
def organiser(organisation: dict[str, Unit]) -> Ally:
    """An ally meant to run a reading group; the tests of clubs give them one."""
    return cast.make_ally("Orla Penrose", unit=organisation["customer-support"])


@pytest.fixture
def author(db) -> User:
    return cast.person("author@larkfield.example", name="Auden Vale", groups=("authors",))


@pytest.fixture
def editor(db) -> User:
    return cast.person("editor@larkfield.example", name="Edith Marlow", groups=("editors",))


@pytest.fixture
def steward(db) -> User:
    return cast.person("steward@larkfield.example", name="Stella Wick", groups=("stewards",))


@pytest.fixture
def admin(db) -> User:
    return cast.person("admin@larkfield.example", name="Adrian Poole", is_staff=True, is_superuser=True)


@pytest.fixture
def site_pages(db):
    """Home, primer, articles and the standard pages, as every new site has them. Returns the home page."""
    pagecache.shelf = pagecache.Shelf()
    PAGES()
    Site.clear_site_root_paths_cache()
    return HomePage.objects.get()
