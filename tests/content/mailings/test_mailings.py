"""An article goes by mail once, in batches, to whom it is for; it is stopped and taken up again."""

import pytest
from django.utils import timezone
from post_office.models import PRIORITY, STATUS, Email

from content.mailings import services
from content.mailings.choices import Audience, GoesOut
from content.mailings.models import Mailing, State
from content.models import Subscriber
from content.pages.sorting import Topic
from content.tasks import announce_article, look_after_mailings
from postbox import sender
from postbox.models import Dispatch
from tests.cast import client_of
from tests.content.makers import make_article

pytestmark = pytest.mark.django_db


def subscribe(*names: str) -> list[Subscriber]:
    return [Subscriber.objects.create(email=f"{one}@elsewhere.example", confirmed_at=timezone.now()) for one in names]


def receivers() -> list[str]:
    return sorted(mail.to[0].partition("@")[0] for mail in Email.objects.all())


def send(article) -> int:
    return services.carry_on(mailing_id=services.start(article=article, by=None).pk)


@pytest.fixture
def article(site_pages):
    return make_article(topics=("Handovers",))


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(services, "A_BATCH", 3)


def test_it_goes_once_to_everybody_who_wants_it(article, small_batches):
    subscribe("ada", "basil", "cleo", "dora", "emil", "finn", "greta")
    Subscriber.objects.create(email="silent@elsewhere.example")
    (picky,) = subscribe("picky")
    Subscriber.objects.filter(pk=picky.pk).update(everything=False)
    picky.topics.add(Topic.objects.create(name="Leading", slug="leading"))
    assert [send(article), send(article)] == [7, 0]
    assert receivers() == ["ada", "basil", "cleo", "dora", "emil", "finn", "greta"]
    assert Dispatch.objects.count() == 7


def test_a_later_edit_and_a_later_publication_send_nothing(article, site_pages):
    subscribe("ada")
    announce_article.func(article.pk)
    article.title = "Page five"
    article.save_revision().publish()
    announce_article.func(article.pk)
    assert (receivers(), Mailing.objects.count()) == (["ada"], 1)


def test_a_writer_killed_between_two_batches_loses_and_repeats_nothing(article, small_batches):
    subscribe(*"abcdefg")
    mailing = services.start(article=article, by=None)
    assert services.write_batch(mailing_id=mailing.pk) == 3
    Mailing.objects.update(moved_at=timezone.now() - 2 * services.FORGOTTEN)
    assert services.forgotten() == [mailing.pk]
    look_after_mailings()
    services.carry_on(mailing_id=mailing.pk)
    assert receivers() == list("abcdefg")


def test_a_batch_that_fails_leaves_nothing_half_done(article, monkeypatch, small_batches):
    subscribe(*"abcd")
    mailing = services.start(article=article, by=None)

    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(services.Mailing, "save", broken)
    with pytest.raises(RuntimeError):
        services.write_batch(mailing_id=mailing.pk)
    assert (Email.objects.count(), Dispatch.objects.count()) == (0, 0)


def test_each_gets_links_of_their_own_and_nothing_in_the_title_gets_out(site_pages, server, sink):
    ada, basil = subscribe("ada", "basil")
    send(make_article("Fish & <b>chips</b> {% now %}", slug="fish"))
    assert sender.send_waiting() == 2
    for mail, person in zip(sink.mails, (ada, basil), strict=True):
        html = mail.get_body(("html",)).get_content()
        manage = services.manage_url(person).split("/")[3].split(":")[0]
        assert "Fish &amp; &lt;b&gt;chips&lt;/b&gt; {% now %}" in html
        assert (manage in html, manage in mail.get_body(("plain",)).get_content()) == (True, True)
        assert mail["List-Unsubscribe"].strip(" <>") in html
        assert str(mail["Subject"]) == "Fish & <b>chips</b> {% now %}"


def test_a_page_only_goes_to_nobody(site_pages):
    subscribe("ada")
    announce_article.func(make_article(goes_out=GoesOut.PAGE).pk)
    assert (receivers(), Mailing.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (Audience.ALL, ["ada.larkin", "picky", "reader"]),
        (Audience.TOPIC, ["picky"]),
        (Audience.ALLIES, ["ada.larkin"]),
        (Audience.OTHERS, ["picky", "reader"]),
    ],
)
def test_a_segment_narrows_whom_it_reaches(site_pages, ally, audience, reached):
    Subscriber.objects.create(email="Ada.Larkin@larkfield.example", confirmed_at=timezone.now())
    _reader, picky = subscribe("reader", "picky")
    article = make_article(topics=("Handovers",), mail_to=audience)
    picky.topics.add(article.topics.get())
    article.mail_topic = article.topics.get()
    article.save()
    announce_article.func(article.pk)
    assert [name.lower() for name in receivers()] == reached


def test_stopped_it_sends_nothing_and_taken_up_it_sends_the_rest(article, small_batches, server, sink):
    subscribe(*"abcde")
    mailing = services.start(article=article, by=None)
    services.write_batch(mailing_id=mailing.pk)
    services.stop(mailing=mailing, by=None)
    assert (services.carry_on(mailing_id=mailing.pk), sender.send_waiting()) == (0, 0)
    services.take_up(mailing=mailing)
    services.carry_on(mailing_id=mailing.pk)
    assert (sender.send_waiting(), len(sink.mails)) == (5, 5)
    services.settle()
    mailing.refresh_from_db()
    assert (mailing.state, mailing.sent) == (State.DONE, 5)


def test_taking_the_article_off_stops_it_and_it_goes_on_only_when_it_is_out_again(article, server, sink):
    subscribe(*"abc")
    send(article)
    article.unpublish()
    mailing = Mailing.objects.get()
    assert (mailing.state, sender.send_waiting()) == (State.STOPPED, 0)
    with pytest.raises(services.CannotGoOn):
        services.take_up(mailing=mailing)
    article.save_revision().publish()
    services.take_up(mailing=mailing)
    assert sender.send_waiting() == 3


@pytest.mark.parametrize("choice", [{"pace": "weekly"}, {"everything": False}, {"confirmed_at": None}])
def test_a_waiting_mail_goes_by_what_its_reader_chose_since(article, server, sink, choice):
    ada, _basil = subscribe("ada", "basil")
    send(article)
    Subscriber.objects.filter(pk=ada.pk).update(**choice)
    assert (sender.send_waiting(), sink.mails[0]["To"]) == (1, "basil@elsewhere.example")


def test_one_that_stays_stopped_is_given_up(article):
    subscribe(*"ab")
    send(article)
    mailing = Mailing.objects.get()
    services.stop(mailing=mailing, by=None)
    Mailing.objects.update(stopped_at=timezone.now() - 2 * services.GIVEN_UP)
    services.settle()
    mailing.refresh_from_db()
    assert (mailing.state, mailing.withheld) == (State.DONE, 2)
    assert set(Email.objects.values_list("status", flat=True)) == {STATUS.failed}


def test_its_mails_are_the_least_urgent(article):
    subscribe("ada")
    send(article)
    assert Email.objects.get().priority == PRIORITY.low


def test_an_editor_sees_how_far_it_is_stops_it_and_sends_the_rest(article, editor):
    subscribe(*"abc")
    send(article)
    mailing, client = Mailing.objects.get(), client_of(editor)
    address = f"/cms/mailings/{mailing.pk}/"
    assert "of 3 mails sent" in client.get(address).content.decode()
    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert ("every 3s" in piece, "<html" in piece) == (True, False)
    assert client.post(f"{address}stop/").status_code == 302
    assert "Send the rest" in client.get(address).content.decode()
    mailing.refresh_from_db()
    assert (mailing.state, mailing.stopped_by) == (State.STOPPED, editor)
    client.post(f"{address}take-up/")
    mailing.refresh_from_db()
    assert mailing.state == State.SENDING
    assert article.title in client.get("/cms/mailings/").content.decode()


def test_the_list_asks_a_fixed_number_of_questions_for_finished_ones(article, editor, django_assert_max_num_queries):
    for number in range(5):
        other = make_article(f"Piece {number}")
        Mailing.objects.create(article=other, finished_at=timezone.now(), sent=4)
    client = client_of(editor)
    client.get("/cms/mailings/")
    with django_assert_max_num_queries(20):
        client.get("/cms/mailings/")
