"""One of everything, with known owners: "ally" owns the action and the card, "organiser" and "member" have the club."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from accounts import tokens
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.sorting import AnnouncedPart, Author, Series, Tag, Topic
from content.subscriptions import services as subscriptions
from content.subscriptions.models import Subscriber
from content.wishes import services as wishes
from content.wishes.models import PartWish
from movement.invitations.services import open_invitation
from tests.clubs.worlds import clubs_world
from tests.movement.worlds import doing_world


def publishing_world() -> dict[str, Any]:
    topic = Topic.objects.create(name="Handovers", slug="handovers")
    tag = Tag.objects.create(name="Night shift")
    series = Series.objects.create(title="Paper trail", slug="paper-trail")
    part = AnnouncedPart.objects.create(series=series, title="The label", expected=date(2031, 5, 1))
    wish = PartWish.objects.create(part=part, email="waits.unseen@elsewhere.example")
    byline = Author.objects.create(name="Auden Vale", slug="auden-vale")
    article = ArticlePage(title="Page four", slug="page-four", standfirst="Where the bill hid.", series=series)
    ArticleIndexPage.objects.get().add_child(instance=article)
    article.authors.set([byline])
    article.topics.set([topic])
    article.save()
    subscriber = Subscriber.objects.create(email="reader@elsewhere.example")
    return {
        "topic": topic,
        "tag": tag,
        "series": series,
        "part": part,
        "wish_token": tokens.make(wishes.CONFIRM, wish.pk),
        "byline": byline,
        "article": article,
        "confirm_token": tokens.make(subscriptions.CONFIRM, subscriber.pk),
        "manage_token": tokens.make(subscriptions.MANAGE, subscriber.pk),
    }


def make_world(people: dict[str, Any]) -> SimpleNamespace:
    """Everybody by role (`world.ally`), and one of everything they can meet."""
    parts = publishing_world() | clubs_world(people) | doing_world(people)
    return SimpleNamespace(**people, **parts, invitation=open_invitation(owner=people["ally"]))
