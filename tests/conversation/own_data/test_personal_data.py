"""What a person is given of their talk, and what stays when they leave."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from accounts import leaving
from accounts.models import Leaving
from conversation import changing, personal, tasks
from conversation.models import Comment, PendingComment, RemovedBy
from tests import cast
from tests.conversation.conftest import rendered, say, send

pytestmark = pytest.mark.django_db


def test_a_person_is_given_everything_they_wrote_signed_in_or_not(target, person):
    say(target, "As an ally.", user=person, name="Ada Larkin")
    say(target, "As a reader.", email="ADA@larkfield.example", name="A. L.")
    say(target, "By another.", email="other@example.org")
    assert [(one["name"], one["text"]) for one in personal.export_comments(person)] == [
        ("Ada Larkin", "As an ally."),
        ("A. L.", "As a reader."),
    ]


def test_who_leaves_is_a_former_member_without_an_address(target, person, house, django_capture_on_commit_callbacks):
    say(target, "As an ally.", user=person, name="Ada Larkin", followup=True)
    say(target, "As a reader.", email=person.email, name="Ada L.", followup=True)
    send(target, email=person.email)
    with django_capture_on_commit_callbacks(execute=True):
        personal.erase_comments(person)
    personal.erase_pending(person)
    kept = Comment.objects.order_by("pk").values_list("user", "user_name", "user_email", "followup", "comment")
    assert list(kept) == [(None, "", "", False, "As an ally."), (None, "", "", False, "As a reader.")]
    page = rendered(target, AnonymousUser())
    assert (page.count("Former member"), "Ada" in page) == (2, False)
    assert (PendingComment.objects.count(), house.changed[-1]) == (0, target.thing.pk)


def test_another_name_holds_for_what_was_written_before(target, person):
    say(target, user=person, name="Ada Larkin")
    changing.rename_writer(user=person, name="Night Ferry")
    assert list(Comment.objects.values_list("user_name", flat=True)) == ["Night Ferry"]


def test_what_nobody_confirmed_is_forgotten_after_three_days(target):
    send(target, email="old@example.org")
    PendingComment.objects.update(created_at=timezone.now() - timedelta(days=3, minutes=1))
    send(target, email="new@example.org")
    assert tasks.forget_unconfirmed() == 1
    assert list(PendingComment.objects.values_list("email", flat=True)) == ["new@example.org"]


@pytest.mark.parametrize("ticked", [True, False])
def test_who_leaves_may_have_their_words_taken_down(target, person, editor, ticked):
    root, alone = say(target, "Root words.", user=person), say(target, "By mail.", email=person.email)
    say(target, "An answer.", parent=root)
    taken = say(target, "Taken words.", user=person)
    changing.remove(comment=taken, by=RemovedBy.EDITOR, why="Names a person")
    form = {"email": person.email, "password": cast.PASSWORD} | ({"wish_comments": "on"} if ticked else {})
    client = cast.client_of(person)
    assert "Take down what I said in comments as well" in client.get("/me/data/").text
    assert client.post("/me/data/", form).status_code == 200
    Leaving.objects.update(due_at=timezone.now())
    leaving.erase_due()
    texts = dict(Comment.objects.values_list("pk", "comment"))
    kept = {root.pk: "Root words.", alone.pk: "By mail.", taken.pk: "Taken words."}
    assert {number: texts[number] for number in kept} == (dict.fromkeys(kept, "") if ticked else kept)
    page = rendered(target, AnonymousUser())
    assert "An answer." in page
    assert ("Its writer deleted this comment." in page, "Former member" in page) == (ticked, not ticked)
    assert not Comment.objects.filter(Q(user_name="Hester Vane", user_email=person.email) | Q(user=person)).exists()
