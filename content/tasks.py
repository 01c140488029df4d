"""What the worker and the clock do for the publishing."""

from datetime import timedelta

from django.core.management import call_command

from content.pages.articles import ArticlePage
from content.reads.folding import fold_old_days
from content.subscriptions.services import send_article
from postbox.clock import job
from postbox.queue import retrying, task


@task
@retrying(attempts=6, base=timedelta(seconds=20))
def announce_article(article_id: int) -> None:
    """Mail an article to its subscribers, if it is still public; nobody gets it twice."""
    article = ArticlePage.objects.live().public().filter(pk=article_id).first()
    if article is not None:
        send_article(article=article)


@job(name="publish-scheduled", every=timedelta(minutes=1))
def publish_scheduled() -> None:
    call_command("publish_scheduled", verbosity=0)


job(name="fold-old-reads", every=timedelta(days=1))(fold_old_days)
