"""Sending an article to everybody who wants it: started once, written in batches, stopped and taken up again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from content.mailings.audience import receivers
from content.mailings.body import html_of, text_of
from content.mailings.models import Mailing, State
from content.pages.articles import ArticlePage
from content.subscriptions.models import Subscriber
from content.subscriptions.services import manage_url, stop_url
from postbox import bulk, links
from postbox.bulk import Addressed, Progress
from postbox.models import Mould

KIND = "article"
A_BATCH = 500
#: A mailing that nobody has written on for so long is taken up again.
FORGOTTEN = timedelta(minutes=2)
#: One that stays stopped for so long is over: its mails are forgotten as others are.
GIVEN_UP = timedelta(days=14)


class CannotGoOn(Exception):
    """Its article is not out (any more)."""


@transaction.atomic
def start(*, article: ArticlePage, by: User | None) -> Mailing:
    """The article's one mailing, begun if it was not yet; `carry_on` writes its mails."""
    mailing, _new = Mailing.objects.get_or_create(
        article=article,
        defaults={
            "audience": article.mail_to,
            "topic": article.mail_topic,
            "started_by": by,
            "expected": receivers(article, audience=article.mail_to, topic=article.mail_topic).count(),
        },
    )
    return mailing


def carry_on(*, mailing_id: int) -> int:
    """Write what is not written yet; returns how many mails that were. Killed and run again, it goes on there."""
    written = 0
    while (more := write_batch(mailing_id=mailing_id)) is not None:
        written += more
    return written


@transaction.atomic
def write_batch(*, mailing_id: int) -> int | None:
    """How many mails were written now; None when there are no more to write, or may be none."""
    mailing = Mailing.objects.preparing().select_for_update(of=("self",)).filter(pk=mailing_id).first()
    if mailing is None:
        return None
    article = ArticlePage.objects.out().filter(pk=mailing.article_id).first()
    if article is None:
        _stop(mailing, by=None)
        return None
    found = receivers(article, audience=mailing.audience, topic=mailing.topic)
    batch = list(found.filter(pk__gt=mailing.position)[:A_BATCH])
    mould = mailing.mould or _cast(article)
    written = bulk.write(mould=mould, addressed=_addressed(article, batch))
    mailing.mould = mould
    mailing.position = batch[-1].pk if batch else mailing.position
    mailing.prepared_at = timezone.now() if len(batch) < A_BATCH else None
    mailing.save()
    return written


def _cast(article: ArticlePage) -> Mould:
    template, context = letter_of(article)
    return bulk.cast(kind=KIND, template=template, context=context, fills=["manage_url", "unsubscribe_url"])


def letter_of(article: ArticlePage) -> tuple[str, dict[str, Any]]:
    """The mail's template and its words: where to read it, or all of it."""
    if not article.is_letter:
        return "article", {"article": article, "link": links.absolute(article.get_absolute_url())}
    html = html_of(article)
    return "letter", {"article": article, "body": html, "body_as_text": text_of(html)}


def _addressed(article: ArticlePage, subscribers: Sequence[Subscriber]) -> list[Addressed]:
    return [
        Addressed(
            to=one.email,
            event=article_event(article, one),
            fills={
                "manage_url": links.absolute(manage_url(one)),
                "unsubscribe_url": stop_url(one),
            },
        )
        for one in subscribers
    ]


def article_event(article: ArticlePage, subscriber: Subscriber) -> str:
    """The name of "this article to this subscriber", by which its mail is written once."""
    return f"article:{article.pk}:{subscriber.pk}"


def still_wanted(_user: User | None, event: str) -> bool:
    """Asked right before sending: the article may have been taken back since, or the reader chosen otherwise."""
    _article, article_id, subscriber_id = event.split(":")
    article = ArticlePage.objects.out().filter(pk=int(article_id)).first()
    if article is None:
        return False
    mailing = Mailing.objects.filter(article=article).select_related("topic").first()
    audience, topic = (mailing.audience, mailing.topic) if mailing else (article.mail_to, article.mail_topic)
    return receivers(article, audience=audience, topic=topic).filter(pk=int(subscriber_id)).exists()


@transaction.atomic
def stop(*, mailing: Mailing, by: User | None) -> None:
    """What has not gone out stays here until somebody takes the mailing up again. A second time changes nothing."""
    found = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    if found.state in (State.PREPARING, State.SENDING):
        _stop(found, by=by)


def _stop(mailing: Mailing, *, by: User | None) -> None:
    if mailing.mould:
        bulk.hold(mailing.mould)
    mailing.stopped_at, mailing.stopped_by = timezone.now(), by
    mailing.save()


@transaction.atomic
def take_up(*, mailing: Mailing) -> None:
    """Go on where it was stopped. Raises CannotGoOn while the article is not out."""
    found = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    if found.state is not State.STOPPED:
        return
    if not ArticlePage.objects.out().filter(pk=found.article_id).exists():
        raise CannotGoOn
    if found.mould:
        bulk.let_go(found.mould)
    found.stopped_at = found.stopped_by = None
    found.save()


def progress_of(mailing: Mailing) -> Progress:
    if mailing.finished_at or mailing.mould is None:
        told = mailing.sent + mailing.withheld + mailing.failed
        return Progress(written=told, sent=mailing.sent, withheld=mailing.withheld, failed=mailing.failed)
    return bulk.progress(mailing.mould)


def settle() -> None:
    """Keep the numbers of those whose last mail has gone; let those go that nobody takes up any more."""
    for mailing in Mailing.objects.filter(stopped_at__lt=timezone.now() - GIVEN_UP, finished_at=None):
        if mailing.mould:
            bulk.give_up(mailing.mould)
        _finish(mailing, progress_of(mailing))
    for mailing in Mailing.objects.under_way():
        progress = progress_of(mailing)
        if not progress.waiting:
            _finish(mailing, progress)


def _finish(mailing: Mailing, progress: Progress) -> None:
    numbers: dict[str, Any] = {"sent": progress.sent, "withheld": progress.withheld, "failed": progress.failed}
    Mailing.objects.filter(pk=mailing.pk).update(finished_at=timezone.now(), **numbers)


def forgotten() -> list[int]:
    """Mailings whose writer was killed, or never came."""
    long_ago = timezone.now() - FORGOTTEN
    return list(Mailing.objects.preparing().filter(moved_at__lt=long_ago).values_list("pk", flat=True))
