"""How an article goes out: as a page, by mail, or by mail only; and that nobody sends it by mistake."""

import pytest
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from content.links.models import Link
from content.mailings import counting, services, trying
from content.mailings.body import html_of, text_of
from content.mailings.choices import Audience, GoesOut
from content.mailings.models import Mailing
from content.mailings.publishing import would_be_mailed
from content.models import ArticlePage, Findable, Subscriber
from content.pages.articles import ArticleIndexPage
from content.tasks import announce_article
from postbox import sender
from tests.cast import client_of
from tests.content.makers import make_article, make_part

pytestmark = pytest.mark.django_db
PLACES = [
    "/articles/",
    "/articles/feed/",
    "/feed.json",
    "/sitemap.xml",
    "/search/?q=counter",
    "/",
    "/articles/topics/handovers/",
]


@pytest.fixture
def subscriber(site_pages) -> Subscriber:
    return Subscriber.objects.create(email="reader@elsewhere.example", confirmed_at=timezone.now())


@pytest.fixture
def letter(subscriber) -> ArticlePage:
    return make_article("A counter letter", topics=("Handovers",), goes_out=GoesOut.LETTER)


def draft_of(owner, **fields) -> ArticlePage:
    return make_article("A draft", live=False, owner=owner, topics=("Handovers",), **fields)


def test_a_letter_has_no_page_and_stands_nowhere(letter):
    make_article("Beside the counter", topics=("Handovers",))
    texts = {path: Client().get(path).content.decode() for path in PLACES}
    assert [path for path, text in texts.items() if "counter letter" in text or "counter-letter" in text] == []
    assert Client().get("/articles/a-counter-letter/").status_code == 404
    assert Client().get("/articles/beside-the-counter/").content.decode().count("counter letter") == 0
    assert not Findable.objects.filter(page_id=letter.pk).exists()
    assert not Link.objects.filter(page_id=letter.pk).exists()


def test_a_letter_is_wholly_in_its_mail(letter, server, sink):
    announce_article.func(letter.pk)
    assert sender.send_waiting() == 1
    (mail,) = sink.mails
    for kind in ("plain", "html"):
        said = mail.get_body((kind,)).get_content()
        assert [words for words in ("Where the bill hid.", "More words.", "One sentence") if words not in said] == []
        assert "http://groundswell.example/primer/get-clear/" in said
        assert "/articles/a-counter-letter/" not in said


def test_a_letter_does_not_keep_the_promise_of_a_page(subscriber):
    part = make_part()
    article = make_article(series=part.series, announced_part=part, goes_out=GoesOut.LETTER)
    announce_article.func(article.pk)
    assert [mail.to for mail in Email.objects.all()] == [[subscriber.email]]


def test_nothing_in_a_letter_acts(site_pages):
    article = make_article()
    article.body = [("text", '<p onclick="x()">Hello <a href="javascript:x()">you</a><script>x()</script></p>')]
    html = html_of(article)
    assert "Hello" in html
    assert [bad for bad in ("onclick", "javascript", "script") if bad in html] == []


def test_a_letter_as_text():
    html = (
        "<p>One<br>two <a href='https://a.example/'>there</a></p><ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"
        "<img src='x' alt='A hall'><table><caption>T</caption><tr><th>x</th><th>y</th></tr></table><hr>"
    )
    assert text_of(html).split("\n") == [
        *("One", "two there (https://a.example/)", "", "- a", "- b", "", "1. c", "", "[A hall]", "", "T", "", "x | y"),
        *("", "* * *"),
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "fewer than 5 addresses"),
        (4, "fewer than 5 addresses"),
        (5, "5 addresses"),
        (100, "100 addresses"),
        (1_249, "about 1,200 addresses"),
        (49_731, "about 50,000 addresses"),
    ],
)
def test_numbers_are_rounded_honestly(number, words):
    assert counting.in_words(number) == words


def test_no_two_numbers_tell_who_is_an_ally(editor, ally, subscriber):
    for number in range(9):
        Subscriber.objects.create(email=f"{number}@elsewhere.example", confirmed_at=timezone.now())
    Subscriber.objects.create(email=ally.user.email, confirmed_at=timezone.now())
    page, client = draft_of(editor, mail_to=Audience.OTHERS), client_of(editor)
    assert counting.of_every_audience(page) == [("Everybody who wants articles like this one", "11 addresses")]
    asked = client.get(f"/cms/mailings/of/{page.pk}/publish/").content.decode()
    assert ("10 addresses" in asked, "this part of the subscribers" in asked) == (False, True)
    page.save_revision().publish()
    announce_article.func(page.pk)
    mailing = Mailing.objects.get()
    for address in (f"/cms/mailings/{mailing.pk}/", "/cms/mailings/"):
        shown = client.get(address).content.decode()
        assert ("of 10" in shown, "10 wait" in shown, "0 %" in shown) == (False, False, True)


def post_of(page: ArticlePage, client: Client) -> dict[str, str]:
    """The form as the CMS shows it, sent with its publishing button."""
    form = client.get(f"/cms/pages/{page.pk}/edit/").context["form"]
    found = {}
    for field in form:
        value = field.value()
        if value not in (None, False) and not isinstance(value, (list, tuple)) and field.name != "body":
            found[field.html_name] = str(value)
    for formset in form.formsets.values():
        prefix = formset.prefix
        found |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return found | {"body-count": "0", "action-publish": "1"}


def test_publishing_asks_first_and_keeps_the_draft(editor, subscriber):
    page, client = draft_of(editor), client_of(editor)
    response = client.post(f"/cms/pages/{page.pk}/edit/", post_of(page, client) | {"title": "A better title"})
    assert response["Location"] == f"/cms/mailings/of/{page.pk}/publish/"
    page.refresh_from_db()
    assert (page.live, page.get_latest_revision_as_object().title) == (False, "A better title")
    shown = client.get(response["Location"]).content.decode()
    assert "fewer than 5 addresses" in shown
    assert not ArticlePage.objects.get(pk=page.pk).live


@pytest.mark.parametrize(("how", "mails"), [("mail", 1), ("page", 0)])
def test_the_answer_publishes_with_or_without_mail(editor, subscriber, how, mails):
    page, client = draft_of(editor), client_of(editor)
    address = f"/cms/mailings/of/{page.pk}/publish/"
    client.post(address, {"how": how, "revision": "0"})
    assert not ArticlePage.objects.get(pk=page.pk).live
    client.post(address, {"how": how, "revision": str(page.latest_revision_id)})
    assert ArticlePage.objects.get(pk=page.pk).live
    announce_article.func(page.pk)
    assert (Email.objects.count(), Mailing.objects.count()) == (mails, mails)


@pytest.mark.parametrize("below", [False, True])
def test_publishing_many_at_once_does_not_mail_unasked(editor, subscriber, below):
    page = draft_of(editor)
    chosen = page.get_parent() if below else page
    address = f"/cms/bulk/wagtailcore/page/publish/?id={chosen.pk}&next=/cms/"
    response = client_of(editor).post(address, {"include_descendants": "on"} if below else {}, follow=True)
    assert not ArticlePage.objects.get(pk=page.pk).live
    assert "published one by one, to be asked about: “A draft”" in response.content.decode()


def test_publishing_many_at_once_goes_on_where_nothing_is_mailed(editor, subscriber):
    page = draft_of(editor, goes_out=GoesOut.PAGE)
    client_of(editor).post(f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}&next=/cms/", {})
    assert ArticlePage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("somebody_wants_it", [True, False])
def test_approving_asks_before_it_is_mailed(editor, author, subscriber, somebody_wants_it):
    Subscriber.objects.update(everything=somebody_wants_it)
    page, client = draft_of(author), client_of(editor)
    page.get_workflow().start(page, author)
    state = page.current_workflow_task_state
    action = {"action-workflow-action": "1", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    response = client.post(f"/cms/pages/{page.pk}/edit/", post_of(page, client) | action | {"action-publish": ""})
    state.refresh_from_db()
    assert state.status == state.STATUS_APPROVED
    asked = response["Location"] == f"/cms/mailings/of/{page.pk}/publish/"
    assert (ArticlePage.objects.get(pk=page.pk).live, asked) == (not somebody_wants_it, somebody_wants_it)


def test_it_does_not_ask_when_nothing_would_go(editor, subscriber):
    assert [
        would_be_mailed(page)
        for page in (
            draft_of(editor),
            draft_of(editor, slug="b", goes_out=GoesOut.PAGE),
            draft_of(editor, slug="c", mail_to=Audience.ALLIES),
            ArticlePage.objects.get(pk=make_article("Out already").pk),
        )
    ] == [True, False, True, False]


def test_a_segment_by_topic_needs_one(editor, subscriber):
    page, client = draft_of(editor), client_of(editor)
    response = client.post(f"/cms/pages/{page.pk}/edit/", post_of(page, client) | {"mail_to": "topic"})
    assert "Say which topic" in response.content.decode()


def test_an_author_sees_the_mail_of_their_own_draft_and_sends_a_test_to_themselves_only(author, editor, subscriber):
    page, client = draft_of(author, goes_out=GoesOut.LETTER), client_of(author)
    address = f"/cms/mailings/of/{page.pk}/"
    shown = client.get(address).content.decode()
    assert ("More words." in shown, author.email in shown) == (True, True)
    framed = client.get(f"{address}mail/")
    assert framed["Content-Security-Policy"].startswith("sandbox")
    assert "More words." in framed.content.decode()
    client.post(f"{address}test/", {"to": "other@elsewhere.example"})
    assert [(mail.to, mail.subject) for mail in Email.objects.all()] == [([author.email], "Test: A draft")]
    assert client.get(f"{address}publish/").status_code == 404
    assert client_of(author).get(f"/cms/mailings/of/{draft_of(editor, slug='x').pk}/").status_code == 404


def test_tests_have_a_limit(author, site_pages):
    page, client = draft_of(author), client_of(author)
    for _time in range(trying.MOST_AN_HOUR + 2):
        client.post(f"/cms/mailings/of/{page.pk}/test/")
    assert Email.objects.count() == trying.MOST_AN_HOUR


def test_an_articles_form_shows_the_numbers(editor, subscriber):
    page = draft_of(editor)
    shown = client_of(editor).get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert ("How it goes out" in shown, "fewer than 5 addresses" in shown) == (True, True)
    new = client_of(editor).get(f"/cms/pages/add/content/articlepage/{ArticleIndexPage.objects.get().pk}/")
    assert new.status_code == 200
    services.start(article=page, by=None)
    assert "It has gone by mail" in client_of(editor).get(f"/cms/pages/{page.pk}/edit/").content.decode()
