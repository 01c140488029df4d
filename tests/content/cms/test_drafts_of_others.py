"""An author finds nobody else's draft, by whatever address of the CMS there is or will be."""

import pytest
from django.db import transaction
from django.test import Client

from tests import cast
from tests.content.cms.drafts import CANARY, drafts_of
from tests.content.cms.walking import cms_routes, filled

pytestmark = pytest.mark.django_db

#: What lists, choosers and bulk actions are asked with.
QUERIES = ["", "q=sextant", "search=sextant", "q=sextant&search_all=1&p=1", "export=csv", "export=xlsx", "for_explorer=1"]


def numbers_of(world) -> list[int]:
    """What could stand in an address for one of the drafts or for what belongs to it."""
    pages = [world.draft.get_parent().pk, world.draft.pk, world.changed.pk, world.submitted.pk]
    state = world.state.current_task_state
    return sorted({*pages, world.changed.latest_revision_id, state.pk, state.revision_id})


@pytest.fixture
def world(site_pages, author, editor):
    return drafts_of(cast.person("wren@larkfield.example", name="Wren", groups=("authors",)), editor)


def leaks(client: Client, path: str, ids: str) -> list[str]:
    found = []
    for query in (*QUERIES, ids):
        for method in ("get", "post"):
            with transaction.atomic():
                response = getattr(client, method)(f"{path}?{query}", {"url": "http://groundswell.example/articles/a-public-piece/"} if method == "post" else {})
                content = b"".join(response.streaming_content) if response.streaming else response.content
                transaction.set_rollback(True)
            if CANARY.encode() in content or response.status_code >= 500:
                found.append(f"{method} {path}?{query} {response.status_code}")
            if response.status_code == 404:
                break
        if response.status_code == 404:
            break
    return found


def test_an_author_meets_no_draft_of_another(world, author):
    numbers, client = numbers_of(world), cast.client_of(author)
    client.raise_request_exception = False
    ids = "&".join(f"id={number}" for number in numbers) + "&next=/cms/"
    names = cms_routes()
    paths = {path for name in names for route in names[name] for path in filled(route, numbers)} - {"/cms/failwhale/"}
    found = sorted(leak for path in paths for leak in leaks(client, path, ids))
    assert (len(paths) > 500, found) == (True, [])
