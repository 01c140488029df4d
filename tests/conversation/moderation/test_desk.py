"""The queue, deciding in bulk, the log, and the writer who is told why and may answer once."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts import tokens
from accounts.roles import ensure_roles
from conversation import judging, personal
from conversation.models import Barred, Comment, Decision
from tests import cast
from tests.conversation.conftest import link_in, mails, rendered, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor) -> Client:
    ensure_roles()
    return cast.client_of(editor)


def held(target, text: str, **others) -> Comment:
    comment = say(target, text, **others)
    Comment.objects.filter(pk=comment.pk).update(is_public=False, held_for="first")
    return comment


def logged() -> list[tuple[str, str, str]]:
    return list(Decision.objects.order_by("pk").values_list("what", "why", "by__name"))


def test_the_queue_shows_what_is_held_or_flagged_with_its_reason_context_and_history(target, desk, person):
    root = say(target, "What is a service?", name="Hester Vane")
    say(target, "Stands.", email="b@example.org")
    held(target, "Waits.", email="b@example.org", parent=root)
    cast.client_of(person).post(f"/comments/{say(target, 'Loud.').pk}/flag/")
    page = desk.get("/cms/comments/").content.decode()
    expected = ["Waits.", "Loud.", "Held: the first comment of this address", "flagged by 1 person"]
    expected += ["in reply to Hester Vane", "What is a service?", "Of this writer: 1 standing, 0 taken down."]
    assert [words for words in expected if words not in page] == []
    assert ("Stands." in page, "b@example.org" in page) == (False, False)
    assert set(Comment.objects.waiting().values_list("comment", flat=True)) == {"Waits.", "Loud."}


@pytest.mark.parametrize(
    ("act", "stands", "log"),
    [
        ("approve", 3, [("approved", "", "Edith Marlow")] * 2),
        ("remove", 1, [("removed", "off the point", "Edith Marlow")] * 2),
        ("block", 1, [("blocked", "off the point", "Edith Marlow")] * 2),
    ],
)
def test_several_are_decided_in_one_step_and_every_decision_is_logged(target, desk, act, stands, log):
    say(target)
    numbers = [held(target, text, email=f"{text}@example.org").pk for text in ("one", "two")]
    desk.post("/cms/comments/decide/", {"comment": numbers, "act": act, "why": "off  the point"})
    assert (Comment.objects.standing().count(), logged()) == (stands, log)
    assert Barred.objects.addresses().count() == (2 if act == "block" else 0)
    assert "Edith Marlow" in desk.get("/cms/comments/log/").content.decode()


def test_of_a_former_member_nobody_is_blocked_and_the_decision_is_logged_all_the_same(target, desk):
    comment = say(target, "Left behind.")
    desk.post("/cms/comments/decide/", {"comment": comment.pk, "act": "block", "why": "names a customer"})
    assert (logged(), Barred.objects.count()) == ([("removed", "names a customer", "Edith Marlow")], 0)
    assert Comment.objects.standing().count() == 0


@pytest.mark.parametrize(
    "form", [{}, {"act": "approve"}, {"act": "x", "comment": "1"}, {"act": "remove", "comment": "9" * 40}]
)
def test_deciding_on_nothing_says_so(target, desk, form):
    say(target)
    page = desk.post("/cms/comments/decide/", form, follow=True).content.decode()
    assert ("Tick one comment or more" in page, logged()) == (True, [])


def test_a_writer_is_told_why_and_answers_once(target, desk, editor):
    comment = say(target, "It was Larkfield Clinic.", email="hester@example.org")
    judging.take_down(comments=[comment], editor=editor, why="it names a customer")
    [mail] = mails("comment-removed")
    assert (mail.to, "it names a customer" in mail.message, "Larkfield" in mail.message) == (
        ["hester@example.org"],
        True,
        False,
    )
    link = link_in(mail, "answer")
    for _time in range(3):
        assert Client().get(link).status_code == 200
    assert Decision.objects.get().answered_at is None
    for text in ("They agreed to be named.", "And another thing."):
        assert "The editors have your answer" in Client().post(link, {"text": text}).content.decode()
    assert Decision.objects.get().answer == "They agreed to be named."
    judging.take_down(comments=[say(target, "Nobody answers this.", email="dora@example.org")], editor=editor)
    page = desk.get("/cms/comments/?show=answered").text
    assert ("They agreed to be named." in page, "Nobody answers this." in page) == (True, False)
    assert "They agreed to be named." not in rendered(target, AnonymousUser())


def test_odd_links_to_answer_change_nothing(target, editor):
    judging.take_down(comments=[say(target, email="hester@example.org")], editor=editor)
    number = Decision.objects.get().pk
    odd = [
        tokens.make(purpose="comment-mute", subject=number),
        "x",
        *(
            tokens.make(purpose="comment-answer", subject=subject)
            for subject in ("1", [1], None, -1, 10**30, number + 1)
        ),
    ]
    answers = [Client().post(f"/comments/answer/{token}/", {"text": "x"}).status_code for token in odd]
    assert (set(answers), Decision.objects.get().answer) == ({404}, "")


def test_editors_keep_the_list_of_words_and_let_addresses_in_again(target, desk, editor):
    desk.post("/cms/comments/rules/", {"words": "Casino\n\n  get   rich \ncasino"})
    assert list(Barred.objects.words().values_list("text", flat=True)) == ["casino", "get rich"]
    judging.block(comments=[say(target, email="barnaby@example.org")], editor=editor)
    page = desk.get("/cms/comments/rules/").content.decode()
    assert ("b•••@example.org" in page, "barnaby@" in page) == (True, False)
    desk.post(f"/cms/comments/rules/{Barred.objects.addresses().get().pk}/unblock/")
    assert (Barred.objects.addresses().count(), [what for what, _why, _by in logged()]) == (
        0,
        ["words", "blocked", "unblocked"],
    )


@pytest.mark.parametrize("who", ["reader", "author", "ally"])
def test_nobody_else_is_at_the_desk(target, request, who):
    ensure_roles()
    comment, client = say(target), cast.client_of(request.getfixturevalue(who))
    statuses = {client.get(f"/cms/comments/{page}").status_code for page in ("", "log/", "rules/")}
    statuses.add(client.post("/cms/comments/decide/", {"comment": comment.pk, "act": "remove"}).status_code)
    statuses.add(client.post("/cms/comments/rules/", {"words": "x"}).status_code)
    assert (statuses <= {302, 403}, logged(), Barred.objects.count()) == (True, [], 0)


def test_who_leaves_takes_their_answer_along(target, editor, person):
    judging.take_down(comments=[say(target, user=person)], editor=editor, why="why")
    judging.answer(decision=Decision.objects.get(), text="Mine.")
    assert [row["answer"] for row in personal.export_decisions(person)] == ["Mine."]
    personal.erase_decisions(person)
    assert list(Decision.objects.values_list("what", "why", "answer", "about")) == [("removed", "why", "", "")]


def test_the_log_names_an_editor_by_no_address(target, desk):
    nameless = cast.person("nell@larkfield.example", name="", groups=("editors",))
    judging.take_down(comments=[say(target)], editor=nameless, why="why")
    page = desk.get("/cms/comments/log/").text
    assert ("an editor" in page, "nell@larkfield.example" in page) == (True, False)
