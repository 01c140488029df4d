"""Addresses beside the pages of the publishing."""

from content.mailings.models import Mailing
from tests.permissions.matrix import EDITORS, EVERYONE, SIGNED_IN, STEWARDS, Row


def the_mailing(world):
    return {"mailing_id": Mailing.objects.get_or_create(article=world.article)[0].pk}


def the_article(world):
    """Nobody's draft but the editors'."""
    return {"page_id": world.article.pk}


ROWS = [
    Row("content:feed", get=EVERYONE),
    Row("content:topic", kwargs=lambda world: {"slug": world.topic.slug}, get=EVERYONE),
    Row("content:topic_feed", kwargs=lambda world: {"slug": world.topic.slug}, get=EVERYONE),
    Row("content:tag", kwargs=lambda world: {"slug": world.tag.slug}, get=EVERYONE),
    Row("content:series", kwargs=lambda world: {"slug": world.series.slug}, get=EVERYONE),
    Row("content:wish", kwargs=lambda world: {"pk": world.part.pk}, get=EVERYONE, post=EVERYONE),
    Row("content:confirm_wish", kwargs=lambda world: {"token": world.wish_token}, get=EVERYONE, post=EVERYONE),
    Row("content:author", kwargs=lambda world: {"slug": world.byline.slug}, get=EVERYONE),
    Row("content:author_feed", kwargs=lambda world: {"slug": world.byline.slug}, get=EVERYONE),
    Row("content:booklet", get=EVERYONE),
    Row("content:json_feed", get=EVERYONE),
    Row("content:sitemap", get=EVERYONE),
    Row("content:robots", get=EVERYONE),
    Row("content:search", get=EVERYONE),
    Row("content:subscribe", get=EVERYONE, post=EVERYONE),
    # The token is the permission: whoever holds the mail may press its button.
    Row(
        "content:confirm_subscription", kwargs=lambda world: {"token": world.confirm_token}, get=EVERYONE, post=EVERYONE
    ),
    Row("content:manage_subscription", kwargs=lambda world: {"token": world.manage_token}, get=EVERYONE, post=EVERYONE),
    Row("content:my_subscription", get=SIGNED_IN, post=SIGNED_IN),
    Row("subscribers_cms:subscribers", get=STEWARDS),
    Row("subscribers_cms:import", get=STEWARDS, post=STEWARDS),
    Row("subscribers_cms:export", get=STEWARDS),
    Row("subscribers_cms:forget", kwargs=lambda world: {"pk": world.subscriber.pk}, post=STEWARDS),
    Row("content:chapter_read", kwargs={"slug": "get-clear"}, post=SIGNED_IN, data={"pressed": "1"}),
    Row("content:chapter_exercise", kwargs={"slug": "get-clear"}, post=SIGNED_IN),
    # Who may publish may send by mail.
    Row("mailings_cms:mailings", get=EDITORS),
    Row("mailings_cms:mailing", kwargs=the_mailing, get=EDITORS),
    Row("mailings_cms:preview", kwargs=the_article, get=EDITORS),
    Row("mailings_cms:preview_page", kwargs=the_article, get=EDITORS),
    Row("mailings_cms:send_test", kwargs=the_article, post=EDITORS),
    Row("mailings_cms:confirm", kwargs=the_article, get=EDITORS, post=EDITORS),
    Row("mailings_cms:stop_mailing", kwargs=the_mailing, post=EDITORS),
    Row("mailings_cms:take_up_mailing", kwargs=the_mailing, post=EDITORS),
]
