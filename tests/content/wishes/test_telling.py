"""Who waits for a part is told once when it is out, and forgotten."""

import re
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.test import Client
from django.utils import timezone
from post_office.models import STATUS, Email
from wagtail.models import PageViewRestriction

from content.models import ArticlePage, Subscriber
from content.pages.sorting import AnnouncedPart
from content.tasks import announce_article, part_wishes
from content.wishes import services
from content.wishes.models import PartWish
from tests.content.makers import make_article, make_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(site_pages) -> AnnouncedPart:
    return make_part()


def waits(part: AnnouncedPart, email: str = "reader@elsewhere.example") -> PartWish:
    return PartWish.objects.create(part=part, email=email, confirmed_at=timezone.now())


def out(part: AnnouncedPart, **fields) -> ArticlePage:
    return make_article("The label on the long side", series=part.series, announced_part=part, **fields)


def mails() -> list[str]:
    return sorted(mail.to[0] for mail in Email.objects.all())


def lists_written_to() -> list[str]:
    """The lists that the mails name, without the words before them."""
    return [parseaddr(mail.headers["List-Id"])[1] for mail in Email.objects.all()]


def send_all(status: int = STATUS.sent) -> None:
    Email.objects.update(status=status)


def test_each_confirmed_wish_gets_one_mail_and_is_then_forgotten(part):
    waits(part)
    PartWish.objects.create(part=part, email="silent@elsewhere.example")
    article = out(part)
    for _again in range(2):
        announce_article.func(article.pk)
    assert mails() == ["reader@elsewhere.example"]
    assert Email.objects.get().subject == "It is out: The label on the long side"
    services.forget_the_told()
    assert PartWish.objects.confirmed().count() == 1  # its mail has not gone yet
    send_all()
    services.forget_the_told()
    assert [wish.email for wish in PartWish.objects.all()] == ["silent@elsewhere.example"]


def test_a_subscriber_to_everything_gets_one_mail_for_it(part):
    waits(part)
    Subscriber.objects.create(email="Reader@elsewhere.example", confirmed_at=timezone.now())
    announce_article.func(out(part).pk)
    assert lists_written_to() == ["article.groundswell.example"]
    assert PartWish.objects.count() == 0


def test_a_subscriber_to_other_topics_hears_of_the_part(part):
    from content.pages.sorting import Topic

    waits(part)
    subscriber = Subscriber.objects.create(
        email="reader@elsewhere.example", everything=False, confirmed_at=timezone.now()
    )
    subscriber.topics.add(Topic.objects.create(name="Leading", slug="leading"))
    announce_article.func(out(part).pk)
    assert lists_written_to() == ["part-out.groundswell.example"]


def test_an_article_named_as_the_part_later_keeps_the_promise_by_the_clock(part):
    waits(part)
    article = make_article("Named later", series=part.series)
    part_wishes()
    assert mails() == []
    ArticlePage.objects.filter(pk=article.pk).update(
        announced_part=part, last_published_at=timezone.now() - timedelta(hours=1)
    )
    part_wishes()
    part_wishes()
    assert mails() == ["reader@elsewhere.example"]


def test_a_draft_tells_nobody(part):
    waits(part)
    out(part, live=False)
    part_wishes()
    assert mails() == []


def test_whether_it_is_wanted_and_public_is_asked_again_before_sending(part):
    wish, article = waits(part), out(part)
    services.tell(article=article)
    wish.refresh_from_db()
    answers = [services.still_wanted(None, wish.told_event)]
    closed = PageViewRestriction.objects.create(page=article.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    answers.append(services.still_wanted(None, wish.told_event))
    closed.delete()
    services.stop(wish_id=wish.pk)
    answers.append(services.still_wanted(None, wish.told_event))
    assert answers == [True, False, False]


def test_who_was_not_told_because_the_article_was_taken_back_is_told_the_next_time(part):
    from postbox.sender import send_waiting

    waits(part)
    article = out(part)
    announce_article.func(article.pk)
    article.unpublish()
    send_waiting()
    services.forget_the_told()
    assert PartWish.objects.untold().count() == 1
    article.refresh_from_db()
    article.save_revision().publish()
    announce_article.func(article.pk)
    assert Email.objects.filter(status=STATUS.queued).count() == 1


def test_one_click_stops_it_without_cookie_and_looking_does_not(part):
    waits(part)
    services.tell(article=out(part))
    headers = Email.objects.get().headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.search(r"<http://groundswell\.example([^>]+)>", headers["List-Unsubscribe"])[1]
    strict = Client(enforce_csrf_checks=True)
    assert (strict.get(path).status_code, PartWish.objects.count()) == (200, 1)
    assert (strict.post(path).status_code, PartWish.objects.count()) == (200, 0)


def test_the_announced_entry_gives_way_to_the_article_and_comes_back_when_it_is_taken_back(part):
    other = make_article("First part", series=part.series)
    pages = (part.series.get_absolute_url(), other.get_absolute_url())
    ask = f"/articles/parts/{part.pk}/tell-me/".encode()

    def announced() -> list[bool]:
        client = Client()
        client.cookies["sessionid"] = "nobody"
        return [ask in client.get(path).content for path in pages]

    seen = [announced()]
    article = out(part)
    seen.append(announced())
    article.unpublish()
    seen.append(announced())
    assert seen == [[True, True], [False, False], [True, True]]


def test_a_part_that_is_given_up_forgets_who_waited_and_writes_to_nobody(part):
    waits(part)
    part.delete()
    part_wishes()
    assert (PartWish.objects.count(), mails()) == (0, [])


def test_unconfirmed_wishes_are_forgotten_when_their_links_are_too_old(part):
    PartWish.objects.create(part=part, email="a@x.example", created_at=timezone.now() - timedelta(days=15))
    PartWish.objects.create(part=part, email="b@x.example", created_at=timezone.now() - timedelta(days=13))
    part_wishes()
    assert [wish.email for wish in PartWish.objects.all()] == ["b@x.example"]
