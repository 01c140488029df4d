"""The talk as it is read: two levels, oldest first, paged by key, at a constant cost."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.test import Client

from conversation import changing, models, thread
from conversation.models import Comment, RemovedBy
from conversation.templatetags.conversation_tags import comment_count
from tests import cast
from tests.conversation.conftest import rendered, say

pytestmark = pytest.mark.django_db
READER = AnonymousUser()


def outline(target, asked: str = "") -> list[tuple[str | None, list[str]]]:
    page = thread.read(target=target, user=READER, page=thread.wanted(asked))
    return [
        (strand.root.comment.comment if strand.root else None, [entry.comment.comment for entry in strand.replies])
        for strand in page.strands
    ]


def test_replies_stand_under_their_root_oldest_first_two_levels_deep(target):
    first, second = say(target, "first"), say(target, "second")
    reply = say(target, "reply", parent=first)
    say(target, "to second", parent=second)
    say(target, "deeper", parent=reply, name="Thaddeus Birch")
    say(target, "later", parent=first)
    assert outline(target) == [("first", ["reply", "deeper", "later"]), ("second", ["to second"])]
    assert "in reply to <a" in rendered(target, READER)


def test_sixty_levels_stay_two_levels(target):
    parent = say(target, "0")
    for number in range(1, 61):
        parent = say(target, str(number), parent=parent)
    assert set(Comment.objects.values_list("level", flat=True)) == {0, 1}
    assert Comment.objects.get(comment="0").nested_count == 60


def test_pages_follow_one_another_without_a_gap_or_a_repeat(target, monkeypatch):
    monkeypatch.setattr(models, "PAGE", 4)
    for root in range(3):
        parent = say(target, f"root {root}")
        for reply in range(4):
            say(target, f"reply {root}.{reply}", parent=parent)
    seen, asked = [], ""
    while True:
        page = thread.read(target=target, user=READER, page=thread.wanted(asked))
        for strand in page.strands:
            seen += [entry.comment.comment for entry in ([strand.root] if strand.root else []) + strand.replies]
        assert page.count == 15
        asked = page.after
        if not asked:
            break
    assert seen == [
        text for root in range(3) for text in [f"root {root}", *(f"reply {root}.{reply}" for reply in range(4))]
    ]


def test_the_next_page_opens_in_place_and_by_its_address(target, monkeypatch):
    monkeypatch.setattr(models, "PAGE", 2)
    numbers = [say(target, f"word {number}").pk for number in range(3)]
    first = rendered(target, READER)
    assert re.findall(r"word \d", first) == ["word 0", "word 1"]
    assert f"/invoice/?comments=after-{numbers[1]}#comments" in first
    assert re.findall(r"word \d", rendered(target, READER, f"?comments=after-{numbers[1]}")) == ["word 2"]
    piece = (
        Client().get(f"/comments/more/{target.kind}/{target.thing.pk}/?comments=after-{numbers[1]}").content.decode()
    )
    assert (re.findall(r"word \d", piece), "<html" in piece) == (["word 2"], False)


def test_a_comments_own_address_opens_the_page_it_stands_on(target, monkeypatch):
    monkeypatch.setattr(models, "PAGE", 2)
    written = [say(target, f"word {number}") for number in range(5)]
    for comment in written:
        path, _hash, anchor = comment.get_absolute_url().partition("#")
        assert f'id="{anchor}"' in rendered(target, READER, path.removeprefix("/invoice/"))
    assert written[1].get_absolute_url() == f"/invoice/?comments=at-{written[1].pk}#comment-{written[1].pk}"


def test_a_comments_own_address_holds_in_a_long_strand_and_shows_its_root_where_it_can(target, monkeypatch):
    monkeypatch.setattr(models, "PAGE", 3)
    say(target, "before")
    root = say(target, "root")
    replies = [say(target, f"reply {number}", parent=root) for number in range(6)]
    say(target, "next")
    assert outline(target, f"at-{replies[1].pk}") == [("root", ["reply 0", "reply 1"])]
    assert outline(target, f"at-{replies[4].pk}") == [(None, ["reply 4", "reply 5"]), ("next", [])]
    assert "To the beginning of the talk" in rendered(target, READER, f"?comments=at-{replies[4].pk}")


def test_the_strand_that_was_answered_last_comes_first_when_asked_for(target, monkeypatch):
    monkeypatch.setattr(models, "PAGE", 4)
    first, second, third = (say(target, name) for name in ("first", "second", "third"))
    say(target, "answer", parent=first)
    assert outline(target, "new") == [("first", ["answer"]), ("third", []), ("second", [])]
    held = say(target, "held", parent=second)
    Comment.objects.filter(pk=held.pk).update(is_public=False)
    for number in range(3):
        say(target, f"more {number}", parent=third)
    page = thread.read(target=target, user=READER, page=thread.wanted("new"))
    assert (outline(target, "new"), page.first) == ([("third", ["more 0", "more 1", "more 2"])], True)
    assert outline(target, page.after) == [("first", ["answer"]), ("second", [])]
    say(target, "more 3", parent=third)
    assert "comments=after-" in rendered(target, READER, "?comments=new")


def test_an_answer_names_what_it_answers_on_an_earlier_page_too(target, monkeypatch):
    monkeypatch.setattr(models, "PAGE", 2)
    root = say(target, "root")
    first = say(target, "reply", parent=root, name="Thaddeus Birch")
    later = say(target, "deeper", parent=first)
    assert f"?comments=at-{first.pk}#comment-{first.pk}" in rendered(target, READER, f"?comments=at-{later.pk}")


def test_the_author_is_marked_and_nobody_else(target, house, person):
    house.authors = {(person.pk, "Ada Larkin")}
    say(target, "by the author", user=person, name="Ada Larkin")
    say(target, "by a reader")
    assert rendered(target, READER).count(">Author<") == 1


def test_an_author_who_writes_under_an_alias_is_not_marked(target, house, person):
    house.authors = {(person.pk, "Ada Larkin")}
    say(target, "by alias", user=person, name="Night Ferry")
    say(target, "of the same name", name="Ada Larkin")
    assert ">Author<" not in rendered(target, READER)


def test_what_an_editor_took_down_keeps_its_place_and_says_why(target):
    comment = say(target, "named a customer", name="Hester Vane")
    changing.remove(comment=comment, by=RemovedBy.EDITOR, why="it named a customer")
    page = rendered(target, READER)
    assert ("taken down by an editor" in page, "it named a customer" in page) == (True, True)
    assert ("Hester Vane" in page, "named a customer</p>" in page) == (False, False)


def test_removing_a_comment_leaves_its_replies_standing(target):
    root = say(target, "root")
    say(target, "reply", parent=root)
    changing.remove(comment=root, by=RemovedBy.EDITOR)
    assert outline(target) == [("root", ["reply"])]
    assert list(Comment.objects.standing().values_list("comment", flat=True)) == ["reply"]


def test_what_is_held_is_read_by_nobody(target):
    say(target, "held words")
    Comment.objects.update(is_public=False)
    assert "held words" not in rendered(target, READER)


def test_the_count_leaves_out_what_is_held_or_removed(target):
    say(target), say(target)
    changing.remove(comment=say(target), by=RemovedBy.EDITOR)
    Comment.objects.filter(pk=say(target).pk).update(is_public=False)
    assert comment_count(Context(), target.thing) == 2
    assert "2 comments" in rendered(target, READER)


def test_a_draft_without_a_number_has_no_talk(target):
    target.thing.pk = None
    assert rendered(target, READER).strip() == ""


def test_nothing_private_is_in_the_page(target, person):
    say(target, "words", email="hester@example.org")
    say(target, "words", user=person, name="Ada Larkin")
    page = rendered(target, READER)
    assert [word for word in ("example.org", person.email, "csrf", "gravatar") if word in page] == []


@pytest.mark.parametrize("signed_in", [False, True])
def test_reading_costs_the_same_for_1_3_and_30_comments(target, person, django_assert_max_num_queries, signed_in):
    reader = person if signed_in else READER
    for wanted in (1, 3, 30):
        while (written := Comment.objects.count()) < wanted:
            parent = Comment.objects.filter(level=0).first() if written % 3 else None
            say(target, parent=parent, user=person if written % 2 else None)
        rendered(target, reader)
        with django_assert_max_num_queries(4 if signed_in else 2):  # what they said to each, and tried themselves
            rendered(target, reader)


def test_who_may_not_write_is_told_why(target, house, person):
    house.open = False
    assert "Sign in</a> to join the talk." in rendered(target, READER)
    assert "No new comments can be added here." in rendered(target, cast.person("basil@larkfield.example"))
