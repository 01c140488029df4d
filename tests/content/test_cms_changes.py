"""What editors change beside pages is seen by visitors at once."""

import pytest
from django.test import Client
from django.urls import reverse

from content import pagecache
from content.pages.sorting import Topic
from content.settings import OrganisationSettings
from tests.cast import client_of
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db
EMPTY = {"navigation-count": "0", "footer_links-count": "0"}


@pytest.fixture(autouse=True)
def ask_every_time(monkeypatch):
    monkeypatch.setattr(pagecache, "GENERATION_HOLDS", 0.0)


def test_the_organisation_s_new_name_stands_on_shared_pages(site_pages, steward, django_capture_on_commit_callbacks):
    Client().get("/about/")
    row = OrganisationSettings.current()
    path = reverse("wagtailsettings:edit", args=["content", "organisationsettings", row.pk])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(steward).post(path, EMPTY | {"name": "Teasel Valley Water", "site_name": "Groundswell"})
    assert answer.status_code == 302
    assert b"Teasel Valley Water" in Client().get("/about/").content


def test_a_topic_s_new_name_stands_on_shared_pages(site_pages, editor, django_capture_on_commit_callbacks):
    make_article(topics=("Handovers",))
    topic = Topic.objects.get()
    Client().get(topic.get_absolute_url())
    path = reverse("wagtailsnippets_content_topic:edit", args=[topic.pk])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(editor).post(path, {"name": "Passing it on", "slug": topic.slug, "description": ""})
    assert answer.status_code == 302
    assert b"Passing it on" in Client().get(topic.get_absolute_url()).content
