"""The table of links holds what published pages point to, and nothing else."""

import pytest
from wagtail.models import PageViewRestriction

from content.links.gathering import ensure_gathered, rebuild
from content.links.models import Link
from content.markdown_pages import blocks_of
from content.models import ArticlePage
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db

BODY = [
    ("text", '<p>As <a href="https://example.org/gap">the study</a> says, and <a linktype="page" id="7">here</a>.</p>'),
    *blocks_of(":::resource\ntitle: A book\ngood_for: long evenings\n:::\n"),
    ("act", {"title": "Write a card", "text": "", "label": "Begin", "address": "/personas/new/"}),
]


def rows(page) -> list[tuple[str, str, str, str]]:
    return list(Link.objects.filter(page_id=page.pk).values_list("kind", "title", "address", "good_for"))


def test_publishing_writes_every_kind_of_link_in_order(site_pages):
    page = make_article()
    page.body = BODY
    page.save_revision().publish()
    assert rows(page) == [
        ("text", "the study", "https://example.org/gap", ""),
        ("text", "here", "page:7", ""),
        ("resource", "A book", "", "long evenings"),
        ("text", "Write a card", "/personas/new/", ""),
    ]


def test_publishing_again_leaves_no_old_link_and_a_draft_changes_nothing(site_pages):
    page = make_article()
    page.body = BODY
    page.save_revision()
    assert [row[1] for row in rows(page)] == ["The first chapter"]
    page.save_revision().publish()
    assert "The first chapter" not in [row[1] for row in rows(page)]


def test_what_is_not_published_has_no_links(site_pages):
    page = make_article()
    hidden = make_article("Not yet", live=False)
    page.unpublish()
    assert (rows(page), rows(hidden)) == ([], [])


def test_a_private_page_s_links_are_not_public(site_pages):
    page = make_article()
    assert Link.objects.public_ones().filter(page_id=page.pk).exists()
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert not Link.objects.public_ones().filter(page_id=page.pk).exists()


def test_a_site_with_pages_and_no_table_yet_gets_it_at_the_next_release(site_pages):
    make_article()
    before = list(Link.objects.values_list("page_id", "kind", "title", "address", "place"))
    Link.objects.all().delete()
    ensure_gathered()
    rebuild()
    assert list(Link.objects.values_list("page_id", "kind", "title", "address", "place")) == before
    assert {link.page.specific_class for link in Link.objects.resources()} >= {ArticlePage}
