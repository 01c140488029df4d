"""What lies on the demo's desk in the CMS: a draft just begun, one that waits for an editor, one that will appear."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from content.demo import Text
from content.markdown_pages import blocks_of
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.sorting import Author, Topic


def add_drafts(*, texts: Sequence[Text]) -> None:
    """Each belongs to the login behind its byline. `content.demo.remove` takes them away with the articles."""
    index = ArticleIndexPage.objects.get()
    for text in texts:
        byline = Author.objects.get(name=text["author"], is_demo=True)
        days = text.get("appears_in_days")
        appears = timezone.now() + timedelta(days=days) if days else None
        page = ArticlePage(
            title=text["title"],
            slug=text["slug"],
            standfirst=text["standfirst"],
            summary=text["standfirst"][:300],
            body=blocks_of(text.content),
            owner_id=byline.user_id,
            live=False,
            go_live_at=appears,
            shown_at=appears or timezone.now(),
            is_demo=True,
        )
        index.add_child(instance=page)
        page.authors.set([byline])
        page.topics.set(Topic.objects.filter(slug__in=text.get("topics") or []))
        page.save()
        revision = page.save_revision(user=byline.user, approved_go_live_at=appears)
        if text.get("handed_in"):
            hand_in(page, revision)
        index.refresh_from_db()


def hand_in(page: ArticlePage, revision: Revision) -> None:
    """What the button “Submit to an editor” leaves behind, without its mails."""
    workflow = page.get_workflow()
    state = WorkflowState.objects.create(
        content_type=page.get_content_type(),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        workflow=workflow,
        requested_by=revision.user,
    )
    state.current_task_state = TaskState.objects.create(
        workflow_state=state, revision=revision, task=workflow.tasks.first()
    )
    state.save(update_fields=["current_task_state"])
