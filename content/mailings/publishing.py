"""Publishing an article that goes by mail, once its editor has said so twice."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from accounts.models import User
from content.mailings.choices import GoesOut
from content.mailings.counting import count_of, is_counted, mailing_of
from content.pages.articles import ArticlePage


def would_be_mailed(article: ArticlePage) -> bool:
    """Whether publishing it now sends mails: it is its first time, and somebody is there to get it.

    Where the number may not be told, not even that it is none is.
    """
    is_first = article.first_published_at is None and mailing_of(article) is None
    return is_first and article.goes_out != GoesOut.PAGE and (not is_counted(article.mail_to) or count_of(article) > 0)


def mailed_among(pages: Sequence[Page], *, and_below: bool = False) -> list[ArticlePage]:
    """Which of their drafts would be mailed if all were published now."""
    numbers = {page.pk for page in pages}
    for page in pages if and_below else ():
        numbers |= set(page.get_descendants().not_live().values_list("pk", flat=True))
    return list(_mailed(ArticlePage.objects.filter(pk__in=numbers, first_published_at=None).order_by("title")))


def _mailed(articles: Iterable[ArticlePage]) -> Iterable[ArticlePage]:
    return filter(would_be_mailed, (one.get_latest_revision_as_object() for one in articles))  # type: ignore[arg-type]


@transaction.atomic
def publish(*, draft: ArticlePage, by: User, with_mail: bool) -> None:
    """Raises Wagtail's own error when this person may not publish it."""
    if not with_mail:
        draft.goes_out = GoesOut.PAGE
    revision = draft.save_revision(user=by, log_action=not with_mail)
    PublishPageRevisionAction(revision, user=by, changed=True).execute()
