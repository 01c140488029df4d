"""What the worker and the clock do for the publishing."""

from datetime import timedelta

from django.core.management import call_command
from wagtail.models import Page

from content import sizes
from content.images import Picture
from content.links import checking
from content.mailings import services as mailings
from content.mailings.choices import GoesOut
from content.pages.articles import ArticlePage
from content.reads.folding import fold_old_days
from content.search import keeping
from content.subscriptions import importing
from content.subscriptions import services as subscriptions
from content.wishes import services as wishes
from postbox.clock import job
from postbox.queue import patient_task, retrying, task


@task
@retrying(attempts=6, base=timedelta(seconds=20))
def announce_article(article_id: int) -> None:
    """Mail an article to its subscribers, then to whoever waits for just this part; nobody gets it twice.

    Not while it isn't public (any more).
    """
    article = ArticlePage.objects.out().filter(pk=article_id).select_related("live_revision__user").first()
    if article is None:
        return
    if article.goes_out != GoesOut.PAGE:
        by = article.live_revision.user if article.live_revision else None
        mailings.carry_on(mailing_id=mailings.start(article=article, by=by).pk)
    if not article.is_letter:
        wishes.tell(article=article)


@task
@retrying(attempts=6, base=timedelta(seconds=20))
def write_mailing(mailing_id: int) -> None:
    mailings.carry_on(mailing_id=mailing_id)


@job(name="mailings", every=timedelta(minutes=1))
def look_after_mailings() -> None:
    mailings.settle()
    for mailing_id in mailings.forgotten():
        write_mailing.enqueue(mailing_id)


@patient_task
@retrying(attempts=3, base=timedelta(minutes=1))
def make_sizes(picture_id: int) -> None:
    """After everything that somebody waits for: a large import brings thousands."""
    if picture := Picture.objects.filter(pk=picture_id).first():
        picture.get_renditions(*sizes.ALL)


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


@task
@retrying(attempts=6, base=timedelta(seconds=20))
def invite_imported() -> None:
    importing.invite()


job(name="forget-unconfirmed-subscribers", every=timedelta(days=1))(subscriptions.forget_the_unconfirmed)


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
