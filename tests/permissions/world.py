"""One of everything, with known owners: "ally" owns the action and the card, "organiser" and "member" have the club."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts import tokens
from content.pages.articles import ArticleIndexPage, ArticlePage
from content.pages.sorting import AnnouncedPart, Author, Series, Tag, Topic
from content.subscriptions import services as subscriptions
from content.subscriptions.models import Subscriber
from content.wishes import services as wishes
from content.wishes.models import PartWish
from movement.allies.models import Ally
from movement.invitations.letters import write_to
from movement.invitations.services import open_invitation, open_occasion
from postbox.models import Notification
from tests.clubs.worlds import clubs_world
from tests.movement.pulses import pulse_world
from tests.movement.worlds import doing_world, finding_world

#: An address that an ally has typed, and nobody is shown.
INVITED = "plover.unheard@elsewhere.example"


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
        "subscriber": Subscriber.objects.create(email="forgotten@elsewhere.example"),
        "confirm_token": tokens.make(subscriptions.CONFIRM, subscriber.pk),
        "manage_token": tokens.make(subscriptions.MANAGE, subscriber.pk),
    }


def make_world(people: dict[str, Any]) -> SimpleNamespace:
    """Everybody by role (`world.ally`), and one of everything they can meet."""
    parts = publishing_world() | clubs_world(people) | doing_world(people) | finding_world(people)
    return SimpleNamespace(**people, **parts, **asking_world(people["ally"]), **pulse_world(people["ally"]))


def asking_world(owner: Ally) -> dict[str, Any]:
    """What "ally" asks others in by, and something they were told."""
    soon = timezone.now() + timedelta(days=7)
    told = {"kind": "definition-taken-down", "event": "x", "text": "A wren sang for nobody else.", "url": "/invite/"}
    write_to(owner=owner, email=INVITED, words="Because of the unheard plover.")
    return {
        "invitation": open_invitation(owner=owner),
        "occasion": open_occasion(owner=owner, occasion="The supper of the moorhen", expires_at=soon, seats=5),
        "note_to_ally": Notification.objects.create(user=owner.user, **told),
    }
