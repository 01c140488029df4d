"""Subscribing is confirmed by a button, sends each article once, and ends for good."""

import re

import pytest
from django.test import Client
from post_office.models import Email
from wagtail.models import PageViewRestriction

from accounts import tokens
from content.mailings import services as mailings
from content.models import Subscriber
from content.pages.sorting import Topic
from content.subscriptions import services
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def subscriber(site_pages) -> Subscriber:
    person = Subscriber.objects.create(email="reader@elsewhere.example")
    services.confirm(subscriber=person)
    person.refresh_from_db()
    return person


def ask(email: str = "reader@elsewhere.example") -> None:
    assert Client().post("/subscribe/", {"email": email}).status_code == 200


def send(article) -> int:
    return mailings.carry_on(mailing_id=mailings.start(article=article, by=None).pk)


def link_of(mail: Email) -> str:
    return re.search(r"http://groundswell\.example(/\S+)", mail.message)[1]


def test_the_button_behind_the_link_confirms_and_looking_does_not(site_pages):
    ask()
    path = link_of(Email.objects.get())
    for _look in range(3):
        assert Client().get(path).status_code == 200
    assert Subscriber.objects.get().confirmed_at is None
    assert Client().post(path).status_code == 200
    confirmed_at = Subscriber.objects.get().confirmed_at
    assert confirmed_at is not None
    Client().post(path)
    assert Subscriber.objects.get().confirmed_at == confirmed_at


def test_the_answer_is_the_same_for_an_address_that_subscribes_already(subscriber):
    first = Client().post("/subscribe/", {"email": subscriber.email})
    other = Client().post("/subscribe/", {"email": "other@elsewhere.example"})
    assert first.content.decode().replace(subscriber.email, "") == other.content.decode().replace(
        "other@elsewhere.example", ""
    )
    assert {mail.to[0]: "already" in mail.subject for mail in Email.objects.all()} == {
        subscriber.email: True,
        "other@elsewhere.example": False,
    }


def test_an_address_is_subscribed_once_whatever_its_capitals(site_pages):
    ask("Reader@Elsewhere.example")
    ask("reader@elsewhere.example")
    assert Subscriber.objects.count() == 1


def test_a_bad_address_is_kept_in_the_form(site_pages):
    response = Client().post("/subscribe/", {"email": "reader@"})
    assert response.status_code == 422
    assert b'value="reader@"' in response.content


@pytest.mark.parametrize("name", ["confirm", "manage"])
@pytest.mark.parametrize("token", ["x", "a" * 5_000, "😀", "..", "null"])
def test_a_wrong_token_is_a_clear_page(site_pages, name, token):
    response = Client().get(f"/subscriptions/{name}/{token}/")
    assert response.status_code in (400, 404)
    assert b"<h1" in response.content


def test_a_token_for_one_purpose_does_not_serve_another(subscriber):
    token = tokens.make(services.MANAGE, subscriber.pk)
    assert Client().post(f"/subscriptions/confirm/{token}/").status_code == 400


def test_one_click_ends_it_without_cookie_and_looking_does_not(subscriber):
    send(make_article())
    headers = Email.objects.get().headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.search(r"<http://groundswell\.example([^>]+)>", headers["List-Unsubscribe"])[1]
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert Subscriber.objects.count() == 1
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscriber.objects.count() == 0
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_links_come_from_the_configured_origin_whatever_the_host(site_pages):
    Client().post("/subscribe/", {"email": "reader@elsewhere.example"}, headers={"host": "evil.example"})
    assert "evil.example" not in Email.objects.get().message


def test_asking_too_often_is_refused(site_pages):
    codes = [Client().post("/subscribe/", {"email": "reader@elsewhere.example"}).status_code for _time in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_choosing_topics_and_ending(subscriber):
    make_article(topics=("Handovers",))
    path = services.manage_url(subscriber)
    topic = Topic.objects.get(slug="handovers")
    chosen = {"articles": "some", "topics": [topic.pk], "pace": "now", "timezone": "UTC"}
    assert Client().post(path, chosen).status_code == 302
    subscriber.refresh_from_db()
    assert (list(subscriber.topics.all()), subscriber.everything) == ([topic], False)


@pytest.mark.parametrize("topic", ["9" * 25, "-1", "x", "१", "9" * 18])
def test_a_topic_that_cannot_be_is_refused_in_the_form(subscriber, topic):
    make_article(topics=("Handovers",))
    response = Client().post(services.manage_url(subscriber), {"articles": "some", "topics": [topic], "pace": "now"})
    assert response.status_code == 422
    assert b"field__error" in response.content or b"_error" in response.content
    assert not subscriber.topics.exists()


def test_whether_an_article_is_for_everybody_is_asked_again_before_sending(subscriber):
    article = make_article()
    event = mailings.article_event(article, subscriber)
    wanted = [mailings.still_wanted(None, event)]
    closed = PageViewRestriction.objects.create(page=article.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    wanted.append(mailings.still_wanted(None, event))
    closed.delete()
    article.unpublish()
    wanted.append(mailings.still_wanted(None, event))
    assert wanted == [True, False, False]
