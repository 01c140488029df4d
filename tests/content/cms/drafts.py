"""Another author's drafts in every state they can be in, each with canaries in title and body."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils.timezone import now
from wagtail.models import Comment, Page

from accounts.models import User
from content.markdown_pages import blocks_of
from content.pages.articles import ArticlePage
from tests.content.makers import make_article

#: Stands in everything unpublished, next to "sextant", which is what searches ask for.
CANARY = "Quillfeather"
TITLE, BODY = f"The sextant of {CANARY}", f"A sextant is what {CANARY} carried."


def a_draft(owner: User, title: str = TITLE, **fields: Any) -> ArticlePage:
    count = Page.objects.count()
    slug = fields.pop("slug", f"draft-{count}")
    return make_article(title, slug=slug, standfirst=BODY, live=False, owner=owner, **fields)


def change_of(page: ArticlePage, user: User, title: str = TITLE) -> ArticlePage:
    """A new title and text, saved as a draft of a page that is out."""
    page = ArticlePage.objects.get(pk=page.pk)
    page.title, page.standfirst, page.body = title, BODY, blocks_of(BODY)
    page.save_revision(user=user, log_action=True)
    return page


def drafts_of(owner: User, editor: User) -> SimpleNamespace:
    draft, submitted, scheduled, locked = (a_draft(owner, topics=("Handovers",)) for _each in range(4))
    public = make_article("A public piece", slug="a-public-piece", owner=owner)
    changed = change_of(public, owner)
    Comment.objects.create(page=draft, user=owner, text=BODY, contentpath="title")
    for page in (draft, submitted, scheduled, locked):
        page.title = TITLE
        page.save_revision(user=owner, log_action=True)
    submitted.save_revision(user=owner)
    state = submitted.get_workflow().start(submitted, owner)
    scheduled.go_live_at = now() + timedelta(days=3)
    scheduled.save_revision(user=owner).publish(user=editor)
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=owner, locked_at=now())
    return SimpleNamespace(
        draft=draft, submitted=submitted, scheduled=scheduled, locked=locked, changed=changed, state=state
    )
