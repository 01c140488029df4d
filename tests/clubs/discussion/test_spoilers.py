"""The canary of what is behind a gate: nobody who has not read as far finds it on a page, in search, mail or feed."""

import pytest

from clubs.discussion.models import Question
from clubs.discussion.pool import POOL
from clubs.discussion.services import ask, highlight, show_anyway, write_note
from clubs.reading.services import mark_read
from conversation.hosts import target_of
from conversation.models import Comment
from conversation.services import Words, post
from postbox.models import Notification
from tests.cast import client_of
from tests.clubs.worlds import a_meeting, a_reading

pytestmark = pytest.mark.django_db
CANARIES = ["Marmalade gave", "Tamarisk stood", "Quicksilver leave", "Bellwether, of course"]
CLUB = "/clubs/the-thursday-table/"


@pytest.fixture
def told(club, organiser):
    """Something of each kind at the second section, by an organiser who has read it."""
    section = a_reading(club).sections.last()
    host = club.memberships.organisers().get()
    mark_read(section=section, membership=host)
    write_note(section=section, membership=host, text="Marmalade gave it away.")
    highlight(section=section, membership=host, quotation="The Tamarisk stood empty.")
    question = ask(section=section, texts=["Why did Quicksilver leave?"])[0]
    words = Words(name="Orla", text="For the Bellwether, of course.", press="p1")
    post(target=target_of(question), user=organiser.user, words=words)
    a_meeting(club, sections=[section])
    return question


def pages(question):
    section = question.section
    talk = f"{CLUB}talk/{section.pk}/"
    return [CLUB, f"{CLUB}polls/", talk, f"{CLUB}talk/questions/{question.pk}/"]


def sung(reader, question):
    elsewhere = [f"/search/?q={phrase.split()[0].strip(',')}" for phrase in CANARIES]
    elsewhere += ["/me/", "/me/data/", "/articles/feed/", "/feed.json", "/clubs/"]
    browser = client_of(reader)
    text = "".join(browser.get(path, follow=True).content.decode() for path in [*pages(question), *elsewhere])
    return [phrase for phrase in CANARIES if phrase in text]


def test_what_could_spoil_is_nowhere_until_the_section_is_open(told, member):
    assert sung(member.ally, told) == []
    show_anyway(section=told.section, membership=member)
    assert sung(member.ally, told) == CANARIES


def test_a_question_and_its_thread_are_closed_to_those_behind_and_to_everybody_outside(told, member, ally, club):
    people = [member.ally, ally]
    assert [Question.objects.visible_to(one.user).exists() for one in people] == [False, False]
    answer = client_of(member.ally).get(told.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, f"{CLUB}talk/{told.section_id}/")
    assert target_of(told).visible_to(member.ally.user) is False
    mark_read(section=told.section, membership=member)
    assert [Question.objects.visible_to(one.user).exists() for one in people] == [True, False]


def test_no_notification_says_more_than_that_there_is_a_question(told, member):
    mark_read(section=told.section, membership=member)
    words = Words(name="Milo", text="Not so.", press="p2", reply_to=Comment.objects.get().pk)
    post(target=target_of(told), user=member.ally.user, words=words)
    said = " ".join(str(vars(one)) for one in Notification.objects.all())
    assert [word for word in CANARIES if word in said] == []


def test_an_organiser_asks_in_their_own_words_and_from_the_pool(told, organiser):
    asking = f"{CLUB}talk/{told.section_id}/questions/"
    assert len(POOL) >= 20
    assert client_of(organiser).post(asking, {}).status_code == 422
    for _twice in range(2):
        client_of(organiser).post(asking, {"text": "Who waits?", "pool": ["0", "3"]})
    texts = set(told.section.questions.values_list("text", flat=True))
    assert texts == {"Why did Quicksilver leave?", "Who waits?", str(POOL[0]), str(POOL[3])}


def test_a_passage_is_kept_with_its_page_and_leads_to_a_small_action(told, member):
    browser = client_of(member.ally)
    sent = {"quotation": "A bench is an apology.", "page": "31", "why": "Ours has no bench."}
    assert browser.post(f"{CLUB}talk/{told.section_id}/highlight/", sent).status_code == 302
    show_anyway(section=told.section, membership=member)
    page = browser.get(f"{CLUB}talk/{told.section_id}/").content.decode()
    assert ["A bench is an apology." in page, "section 2, page 31" in page] == [True, True]
    link = f"/actions/log/?section={told.section_id}&text=Ours%20has%20no%20bench."
    form = browser.get(link).context["form"]
    assert [link.replace("&", "&amp;") in page, form["text"].value()] == [True, "Ours has no bench."]
    browser.post("/actions/log/", {one.name: one.value() or "" for one in form} | {"text": "Put a bench there."})
    assert "From reading “The queue you cannot see”" in browser.get("/actions/").text


def test_one_s_own_words_are_taken_down_and_an_organiser_s_hand_reaches_all(told, member, organiser):
    own = write_note(section=told.section, membership=member, text="Mine.")
    theirs = told.section.notes.exclude(pk=own.pk).get()
    for one in (own, theirs):
        client_of(member.ally).post(f"{CLUB}talk/notes/{one.pk}/remove/")
    assert list(told.section.notes.all()) == [theirs]
    client_of(organiser).post(f"{CLUB}talk/notes/{theirs.pk}/remove/")
    assert told.section.notes.count() == 0
