"""Addresses beside the pages of the publishing."""

from tests.permissions.matrix import EVERYONE, SIGNED_IN, Row

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
    Row("content:chapter_read", kwargs={"slug": "get-clear"}, post=SIGNED_IN, data={"pressed": "1"}),
    Row("content:chapter_exercise", kwargs={"slug": "get-clear"}, post=SIGNED_IN),
]
