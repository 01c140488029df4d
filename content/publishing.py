"""What follows a publication, by hand or by the clock."""

from typing import Any

from wagtail.models import Page, PageViewRestriction

from content import pagecache
from content.links import gathering
from content.mailings import services as mailings
from content.mailings.models import Mailing
from content.pages.articles import ArticlePage
from content.search import keeping
from content.tasks import announce_article, keep_below


def something_changed(**_kwargs: Any) -> None:
    """Wagtail's signals on publishing, unpublishing and moving: visitors must not see an older copy."""
    pagecache.forget()


def page_published(instance: Page, **_kwargs: Any) -> None:
    gathering.gather(instance)
    keeping.keep(instance)


def page_unpublished(instance: Page, **_kwargs: Any) -> None:
    gathering.drop(instance)
    keeping.drop(instance)


def page_moved(instance: Page, **_kwargs: Any) -> None:
    keeping.keep_below(instance)


def door_closed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    pagecache.forget()
    keeping.drop_below(instance.page)


def door_opened(instance: PageViewRestriction, **_kwargs: Any) -> None:
    pagecache.forget()
    keep_below.enqueue(instance.page_id)


def article_published(sender: type[Page], instance: ArticlePage, **_kwargs: Any) -> None:
    """Wagtail's signal is the one place that also sees scheduled publications. The first one is told by mail, once."""
    is_first = instance.first_published_at == instance.last_published_at
    if is_first and not instance.is_demo:
        announce_article.enqueue(instance.pk)


def article_unpublished(sender: type[Page], instance: ArticlePage, **_kwargs: Any) -> None:
    """What has not gone out by then does not."""
    for mailing in Mailing.objects.filter(article=instance):
        mailings.stop(mailing=mailing, by=None)
