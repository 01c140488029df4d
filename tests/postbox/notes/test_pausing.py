"""A pause: nothing by choice is mailed until it ends; then one letter tells what there was."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts.models import User
from postbox import sender, services
from postbox.digests import writing
from postbox.digests.models import DigestChoice, DigestReader
from postbox.models import How, Notification, Pause
from postbox.pauses import services as pauses

pytestmark = pytest.mark.django_db
PAGE = "/me/notifications/"


@pytest.fixture
def kinds(letter_kind):
    letter_kind("answer", digest="notifications")
    letter_kind("reminder")
    letter_kind("code", by_choice=False)


def tell(user: User, kind: str, event: str = "1") -> None:
    services.notify(kind=kind, user=user, event=event, text=f"{kind} {event}", url="/primer/")


def subjects(**wanted) -> list[str]:
    return sorted(Email.objects.filter(**wanted).values_list("subject", flat=True))


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def over(user: User) -> None:
    """The pause began four days ago and has ended a moment ago; what there was is two days old."""
    now = timezone.now()
    Pause.objects.filter(user=user).update(since=now - timedelta(days=4), ends_at=now - timedelta(seconds=1))
    DigestChoice.objects.update(told_until=now - timedelta(days=4))
    DigestReader.objects.update(next_at=now - timedelta(seconds=1))
    Notification.objects.update(created_at=now - timedelta(days=2))


def test_only_what_somebody_has_just_asked_for_still_comes(kinds, ada):
    tell(ada, "answer", "before")
    tell(ada, "reminder", "before")
    pauses.pause(user=ada, until=timezone.localdate() + timedelta(days=3))
    for kind in ("answer", "reminder", "code"):
        tell(ada, kind)
    sender.send_waiting()
    assert (subjects(status=STATUS.sent), Notification.objects.count()) == (["code 1"], 5)
    waiting = Email.objects.get(status=STATUS.queued)
    assert (waiting.subject, waiting.scheduled_time) == ("reminder before", Pause.objects.get().ends_at)
    pauses.pause(user=ada, until=timezone.localdate() + timedelta(days=9))
    assert Email.objects.get(status=STATUS.queued).scheduled_time == Pause.objects.get().ends_at
    pauses.resume(user=ada)
    sender.send_waiting()
    assert subjects(status=STATUS.sent) == ["code 1", "reminder before"]


def test_a_pause_begun_anew_while_an_old_one_is_forgotten_stays(ada):
    old = pauses.pause(user=ada, until=timezone.localdate() + timedelta(days=3))
    pauses.pause(user=ada, until=timezone.localdate() + timedelta(days=9))
    assert (pauses._forget(old), Pause.objects.count()) == (False, 1)


def test_the_digest_of_the_day_it_ends_tells_what_there_was_and_all_is_as_before(kinds, ada):
    services.prefer(user=ada, choices={"code": How.NOW})
    pauses.pause(user=ada, until=timezone.localdate() + timedelta(days=3))
    for event in ("1", "2"):
        tell(ada, "answer", event)
    assert writing.write_due(Pause.objects.get().ends_at - timedelta(seconds=1)) == 0
    over(ada)
    tell(ada, "answer", "3")
    assert writing.write_due() == 1
    sender.send_waiting()
    letter = Email.objects.get(priority=0, status=STATUS.sent)
    Pause.objects.update(ends_at=timezone.now() - pauses.TOLD_BY - timedelta(minutes=1))
    assert (pauses.forget_ended(), pauses.forget_ended()) == (1, 0)
    assert (Pause.objects.count(), DigestChoice.objects.count(), subjects(subject="answer 3")) == (0, 0, ["answer 3"])
    assert letter.to == ["ada@larkfield.example"]


def test_what_somebody_wants_never_is_not_told_by_the_digest_either(kinds, ada):
    services.prefer(user=ada, choices={"answer": How.NEVER})
    pauses.pause(user=ada, until=timezone.localdate() + timedelta(days=3))
    tell(ada, "answer")
    over(ada)
    assert writing.write_due() == 0


def test_the_page_pauses_until_a_day_and_ends_it_before(kinds, ada):
    client, today = client_of(ada), timezone.localdate()
    for until in ("", today, today + timedelta(days=400), "x"):
        assert client.post(f"{PAGE}pause/", {"until": until}).status_code == 422
    client.post(f"{PAGE}pause/", {"until": today + timedelta(days=3)})
    assert "but for codes" in client.get(PAGE).text
    choices = {kind.name: "now" for kind in services.kinds.choosable()} | {"digest-rhythm": "weekly"}
    client.post(f"{PAGE}preferences/", choices)
    assert DigestReader.objects.count() == 1
    assert client.post(f"{PAGE}resume/").status_code == 302
    assert ("but for codes" in client.get(PAGE).text, pauses.until_of(ada)) == (False, None)
