"""An author finds nobody else's draft, by whatever address of the CMS there is or will be."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from tests import cast
from tests.content.cms.drafts import CANARY, a_draft, drafts_of
from tests.content.cms.walking import cms_routes, filled

pytestmark = pytest.mark.django_db

#: What lists, choosers and bulk actions are asked with.
QUERIES = ["q=sextant", "search=sextant&search_all=1", "export=csv"]
#: A link that Wagtail's chooser would turn into a page, with its title.
ADDRESS = "http://groundswell.example/articles/a-public-piece/"
LINK = {"url": ADDRESS, "external-link-chooser-url": ADDRESS}


def numbers_of(world) -> list[int]:
    """What could stand in an address for one of the drafts or for what belongs to it."""
    pages = {world.draft.get_parent().pk, world.changed.pk, world.submitted.pk}
    return sorted({*pages, world.changed.latest_revision_id, world.state.current_task_state.pk})


def part_of(name: str) -> str:
    """Which of the walks goes there: they can be made side by side."""
    parts = ("wagtailadmin_pages", "wagtailimages", "wagtailadmin")
    return next((part for part in parts if name.startswith(part)), "others")


@pytest.fixture
def world(site_pages, author, editor):
    return drafts_of(cast.person("wren@larkfield.example", name="Wren", groups=("authors",)), editor)


def answer_to(client: Client, method: str, address: str) -> tuple[int, bytes]:
    """The answer; what the request changed is taken back."""
    with transaction.atomic():
        response = getattr(client, method)(address, LINK if method == "post" else {})
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response.status_code, content


def leaks(client: Client, path: str, ids: str) -> Iterator[str]:
    for method, query in (("get", ""), ("post", ids), *(("get", query) for query in (*QUERIES, ids))):
        status, content = answer_to(client, method, f"{path}?{query}")
        if CANARY.encode() in content or status >= 500:
            yield f"{method} {path}?{query} {status}"
        if status == 404 and not query:
            return


@pytest.mark.parametrize("part", ["wagtailadmin_pages", "wagtailimages", "wagtailadmin", "others"])
def test_an_author_meets_no_draft_of_another(world, author, part):
    numbers, client = numbers_of(world), cast.client_of(author)
    client.raise_request_exception = False
    ids = "&".join(f"id={number}" for number in numbers) + "&next=/cms/"
    routes = [route for name, some in cms_routes().items() if part_of(name) == part for route in some]
    paths = {path for route in routes for path in filled(route, numbers)} - {"/cms/failwhale/"}
    assert (len(paths) > 20, sorted(leak for path in paths for leak in leaks(client, path, ids))) == (True, [])


def test_the_walk_would_notice(world, editor):
    """The same addresses do show the drafts to whoever may see them."""
    client, draft = cast.client_of(editor), world.draft.pk
    paths = [
        f"/cms/pages/{draft}/edit/",
        "/cms/pages/search/",
        f"/cms/api/main/pages/{draft}/",
        "/cms/reports/workflow/",
    ]
    ids = f"id={draft}"
    assert [path for path in paths if not list(leaks(client, path, ids))] == []


def test_an_author_sees_what_is_public_and_all_of_their_own(world, author):
    mine, client = a_draft(author, "Mine alone"), cast.client_of(author)
    index = mine.get_parent().pk
    assert [title in client.get(f"/cms/pages/{index}/").text for title in ("Mine alone", "A public piece")] == [
        True,
        True,
    ]
    about_it = ["edit", "history", "workflow_history", "view_draft", "usage", "delete", "copy"]
    assert {path: client.get(f"/cms/pages/{mine.pk}/{path}/").status_code for path in about_it} == dict.fromkeys(
        about_it, 200
    )


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("author", {"explorer", "images", "help"}),
        ("editor", {"explorer", "images", "help", "comments", "reports", "settings"}),
        ("steward", {"explorer", "images", "help", "comments", "reports", "settings"}),
    ],
)
def test_menus_show_what_works(world, request, role, seen, rf):
    from wagtail.admin.menu import admin_menu

    asked = rf.get("/cms/")
    asked.user = request.getfixturevalue(role)
    shown = {item.name for item in admin_menu.menu_items_for_request(asked)}
    known = {"explorer", "images", "help", "comments", "reports", "settings", "documents", "users"}
    assert shown & known == seen


def test_a_steward_makes_nobody_an_administrator(world, steward, admin):
    client = cast.client_of(steward)
    for user in (steward, admin):
        client.post(f"/cms/users/edit/{user.pk}/", {"email": user.email, "is_superuser": "on", "is_active": ""})
        client.post(f"/cms/users/delete/{user.pk}/")
    client.post("/cms/users/new/", {"email": "new@larkfield.example", "is_superuser": "on"})
    kept = {
        user.email: (user.is_superuser, user.is_active) for user in User.objects.filter(pk__in=[steward.pk, admin.pk])
    }
    assert kept == {"steward@larkfield.example": (False, True), "admin@larkfield.example": (True, True)}
    assert User.objects.filter(is_superuser=True).count() == 1
