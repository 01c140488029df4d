"""What a person is given of their talk, and what stays when they leave."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from conversation import personal, services, tasks
from conversation.models import Comment, PendingComment
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
    services.rename_writer(user=person, name="Night Ferry")
    assert list(Comment.objects.values_list("user_name", flat=True)) == ["Night Ferry"]


def test_what_nobody_confirmed_is_forgotten_after_three_days(target):
    send(target, email="old@example.org")
    PendingComment.objects.update(created_at=timezone.now() - timedelta(days=3, minutes=1))
    send(target, email="new@example.org")
    assert tasks.forget_unconfirmed() == 1
    assert list(PendingComment.objects.values_list("email", flat=True)) == ["new@example.org"]
