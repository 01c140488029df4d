"""What somebody chooses on their own page, and how a digest ends."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts import personal_data
from postbox import discretion, services
from postbox.digests import services as digests
from postbox.digests import writing
from postbox.digests.models import DigestReader
from postbox.models import Discretion, How
from postbox.sender import send_waiting
from tests.cast import client_of

pytestmark = pytest.mark.django_db
PAGE = "/me/notifications/"


@pytest.fixture
def letter(letter_kind):
    return letter_kind(digest="notifications")


def answers(**changes) -> dict[str, object]:
    kinds = {kind.name: "now" for kind in services.kinds.choosable()}
    return kinds | {"digest-rhythm": "weekly"} | changes


def tell(user, event="event:1", text="Basil answered you."):
    return services.notify(kind="letter", user=user, event=event, text=text, url="/articles/first/")


def morning() -> object:
    DigestReader.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    return writing.write_due()


def test_what_is_wanted_with_the_digest_waits_for_it(letter, ada, server, sink):
    page = client_of(ada).post(PAGE + "preferences/", answers(letter="digest"))
    assert page.status_code == 302
    tell(ada)
    assert Email.objects.count() == 0
    assert (morning(), send_waiting()) == (1, 1)
    assert sink.subjects == ["Basil answered you."]
    assert "/me/notifications/#digest" in sink.mails[0].get_body(("plain",)).get_content()


def test_what_was_read_on_the_site_needs_no_mail(letter, ada):
    services.prefer(user=ada, choices={"letter": How.DIGEST})
    tell(ada)
    services.mark_all_read(user=ada)
    assert morning() == 0


def test_nobody_hears_of_what_is_anothers(letter, ada, server, sink):
    other = type(ada).objects.create_user("basil@larkfield.example")
    for user in (ada, other):
        services.prefer(user=user, choices={"letter": How.DIGEST})
    tell(other, text="For Basil only.")
    assert (morning(), send_waiting()) == (1, 1)
    assert [mail["To"] for mail in sink.mails] == ["basil@larkfield.example"]


def test_a_digest_is_offered_only_for_what_can_wait(letter_kind, ada):
    letter_kind()
    assert client_of(ada).post(PAGE + "preferences/", answers(letter="digest")).status_code == 422
    assert DigestReader.objects.count() == 0


def test_the_rhythm_is_kept_and_the_last_choice_taken_back_ends_it(letter, ada):
    client = client_of(ada)
    client.post(PAGE + "preferences/", answers(letter="digest", **{"digest-rhythm": "monthly"}))
    assert list(DigestReader.objects.values_list("rhythm", "email")) == [("monthly", ada.email)]
    client.post(PAGE + "preferences/", answers(letter="digest", **{"digest-rhythm": "weekly"}))
    assert list(DigestReader.objects.values_list("rhythm", flat=True)) == ["weekly"]
    client.post(PAGE + "preferences/", answers())
    assert DigestReader.objects.count() == 0


def test_one_press_ends_it_and_looking_does_not(letter, ada):
    services.prefer(user=ada, choices={"letter": How.DIGEST})
    path = writing.stop_url(DigestReader.objects.get()).removeprefix("http://groundswell.example")
    for _look in range(3):
        assert "a•••@larkfield.example" in client_of().get(path).text
    assert digests.chosen_by(ada) == {"notifications"}
    assert client_of().post(path).status_code == 200
    assert (digests.chosen_by(ada), services.preference_of(ada, "letter")) == (set(), How.NEVER)
    assert "stopped already" in client_of().post(path).text


def test_an_inbox_that_others_see_gets_a_subject_and_a_sender_of_anybodys(letter, ada, server, sink):
    client_of(ada).post(PAGE + "preferences/", answers(**{"digest-discreet": "on"}))
    tell(ada)
    assert send_waiting() == 1
    mail = sink.mails[0]
    assert (mail["Subject"], mail["From"].split("<")[0]) == ("Your letter", "Letters ")
    assert "Basil answered you." in mail.get_body(("plain",)).get_content()
    client_of(ada).post(PAGE + "preferences/", answers())
    assert not discretion.is_discreet(ada.email)


def test_whatever_was_not_chosen_is_covered_too_but_for_codes_and_confirmations(letter_kind, ada, server, sink):
    letter_kind("verdict", by_choice=False)
    letter_kind("code", by_choice=False, is_covered=False)
    discretion.ask(address=ada.email, discreet=True)
    for kind in ("verdict", "code"):
        services.send_mail(
            kind=kind, to=ada.email, event="event:1", template="letter", context={"name": "Ada", "url": ""}
        )
    assert send_waiting() == 2
    assert sink.subjects.count("Your letter") == 1
    ours = [kind for kind in services.kinds._kinds.values() if not kind.name.startswith(("code", "letter"))]
    bare = {kind.name for kind in ours if not kind.is_covered}
    assert bare == {"comment-confirm", "mail_test", "subscription-confirm", "part-confirm"}


def test_it_is_exported_and_erased(letter, ada):
    services.prefer(user=ada, choices={"letter": How.DIGEST})
    discretion.ask(address=ada.email, discreet=True)
    ours = [one for one in personal_data.declarations() if one.model in (DigestReader, Discretion)]
    exported = [dict(row) for one in ours for row in one.export(ada)]
    assert [row.get("sections") for row in exported if "sections" in row] == [["notifications"]]
    assert {"neutral_subject": True} in exported
    for one in ours:
        one.erase(ada)
    assert (DigestReader.objects.count(), Discretion.objects.count()) == (0, 0)
