"""What the worker and the clock do for the publishing."""

from datetime import timedelta

from django.core.management import call_command
from wagtail.models import Page

from content.links import checking
from content.pages.articles import ArticlePage
from content.reads.folding import fold_old_days
from content.search import keeping
from content.subscriptions.services import send_article
from content.wishes import services as wishes
from postbox.clock import job
from postbox.queue import retrying, task


@task
@retrying(attempts=6, base=timedelta(seconds=20))
def announce_article(article_id: int) -> None:
    """Mail an article to its subscribers, then to whoever waits for just this part; nobody gets it twice.

    Not while it isn't public (any more).
    """
    article = ArticlePage.objects.live().public().filter(pk=article_id).first()
    if article is not None:
        send_article(article=article)
        wishes.tell(article=article)


@task
def keep_below(page_id: int) -> None:
    """A door before this page was opened: search may find again what is below, if no other stands there."""
    if page := Page.objects.filter(pk=page_id).first():
        keeping.keep_below(page)


@job(name="rebuild-search", every=timedelta(days=1))
def rebuild_search() -> None:
    keeping.rebuild()


@job(name="publish-scheduled", every=timedelta(minutes=1))
def publish_scheduled() -> None:
    call_command("publish_scheduled", verbosity=0)


job(name="fold-old-reads", every=timedelta(days=1))(fold_old_days)


@job(name="part-wishes", every=timedelta(minutes=10))
def part_wishes() -> None:
    wishes.keep_promises()
    wishes.forget_the_told()
    wishes.forget_the_unconfirmed()


@task
def check_links() -> None:
    """Not in the clock: other sites may take their time to answer."""
    checking.check_some()


@job(name="check-links", every=timedelta(minutes=15))
def have_links_checked() -> None:
    checking.follow_the_pages()
    if checking.anything_due():
        check_links.enqueue()


@job(name="dead-links", every=timedelta(days=7))
def tell_of_dead_links() -> None:
    checking.tell_editors()
