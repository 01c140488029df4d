"""Telling a signed-in person something: once, on the site, and by mail as they like."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from post_office.models import Email

from accounts import personal_data
from accounts.models import User
from postbox import sender, services
from postbox.digests import notices
from postbox.digests.sections import Due
from postbox.models import Dispatch, How, Notification, Preference

pytestmark = pytest.mark.django_db
PAGE = "/me/notifications/"


@pytest.fixture
def basil(db) -> User:
    return User.objects.create_user("basil@larkfield.example", "correct horse battery")


def tell(user: User, event: str = "comment:1", **changes) -> Notification | None:
    fields = {"kind": "letter", "event": event, "text": "Basil answered you.", "url": "/articles/first/"}
    return services.notify(user=user, **fields | changes)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_it_stands_on_the_site_and_goes_out_by_mail_once(letter_kind, ada):
    letter_kind()
    assert (tell(ada) is None, tell(ada) is None) == (False, True)
    assert list(Notification.objects.values_list("user", "text", "read_at")) == [(ada.pk, "Basil answered you.", None)]
    mail = Email.objects.get()
    assert (mail.to, mail.subject) == (["ada@larkfield.example"], "Basil answered you.")
    assert "http://groundswell.example/articles/first/" in mail.message
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_said_never_is_told_on_the_site_only(letter_kind, ada):
    letter_kind()
    services.prefer(user=ada, choices={"letter": How.NEVER})
    tell(ada)
    assert (Notification.objects.count(), Email.objects.count()) == (1, 0)


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_it_leads_nowhere_but_to_this_site(letter_kind, ada, url):
    letter_kind()
    with pytest.raises(ValueError):
        tell(ada, url=url)


def test_the_page_shows_ones_own_only_and_counts_the_new_ones(letter_kind, ada, basil):
    letter_kind()
    tell(ada, text="For Ada.")
    tell(basil, text="For Basil.")
    page = signed_in(ada).get(PAGE)
    assert ("For Ada." in page.text, "For Basil." in page.text) == (True, False)
    assert "no-store" in page["Cache-Control"]


def test_marking_as_read_takes_a_post_and_touches_nobody_elses(letter_kind, ada, basil):
    letter_kind()
    tell(ada)
    tell(basil)
    client = signed_in(ada)
    assert client.get(PAGE + "read/").status_code == 405
    assert client.post(PAGE + "read/").status_code == 302
    assert list(Notification.objects.unread().values_list("user", flat=True)) == [basil.pk]


def test_opening_one_marks_it_and_leads_on_and_it_can_be_new_again(letter_kind, ada, basil):
    letter_kind()
    note = tell(ada)
    client, stranger = signed_in(ada), signed_in(basil)
    assert [stranger.post(f"{PAGE}{note.pk}/{act}/").status_code for act in ("open", "unread")] == [404, 404]
    assert client.get(f"{PAGE}{note.pk}/open/").status_code == 405
    assert client.post(f"{PAGE}{note.pk}/open/")["Location"] == "/articles/first/"
    assert Notification.objects.unread().count() == 0
    client.post(f"{PAGE}{note.pk}/unread/")
    assert Notification.objects.unread().count() == 1


def test_the_bell_counts_up_to_nine_and_what_holds(letter_kind, ada):
    gone: set[str] = set()
    letter_kind(shown=lambda user, events: set(events) - gone)
    client, counts = signed_in(ada), []
    for total in (0, 1, 9, 12):
        for number in range(Notification.objects.count(), total):
            tell(ada, event=f"comment:{number}")
        counts.append(re.findall(r"nav__new[^>]*>([^<]+)<", client.get(PAGE).text))
    gone.update(f"comment:{number}" for number in range(10))
    counts.append(re.findall(r"nav__new[^>]*>([^<]+)<", client.get(PAGE).text))
    assert counts == [[], ["1"] * 2, ["9"] * 2, ["9+"] * 2, ["2"] * 2]  # on the menu of a phone, and by the bell


def test_what_was_taken_back_is_nowhere_any_more(letter_kind, ada):
    letter_kind(shown=lambda user, events: set())
    note = tell(ada, text="Somebody came.")
    client = signed_in(ada)
    exports = [one.export for one in personal_data.declarations() if one.model is Notification]
    assert ("Somebody came." in client.get(PAGE).text, [list(export(ada)) for export in exports]) == (False, [[]])
    assert client.post(f"{PAGE}{note.pk}/open/").status_code == 404
    sender.send_waiting()
    assert Dispatch.objects.exclude(withheld_at=None).count() == 1
    services.prefer(user=ada, choices={"letter": How.DIGEST})
    due = Due(number=1, email=ada.email, user=ada, since=note.created_at - timedelta(1), until=note.created_at)
    assert notices.gather([due]) == {}


def test_preferences_are_kept_and_shown(letter_kind, ada):
    letter_kind()
    client = signed_in(ada)
    data = {kind.name: "never" for kind in services.kinds.choosable()} | {"digest-rhythm": "weekly"}
    assert client.post(PAGE + "preferences/", data).status_code == 302
    assert Preference.objects.get(kind="letter").how == "never"
    assert 'value="never" id="id_letter_1" required checked' in client.get(PAGE).text.replace(' class=""', "")


@pytest.mark.parametrize("data", [{}, {"letter": "always"}, {"letter": "digest"}, {"letter": "\x00"}])
def test_a_choice_that_is_not_offered_changes_nothing(letter_kind, ada, data):
    letter_kind()
    assert signed_in(ada).post(PAGE + "preferences/", data).status_code == 422
    assert Preference.objects.count() == 0


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 40, "٣", "1e5"])
def test_an_odd_place_in_the_list_is_no_error(letter_kind, ada, before):
    assert signed_in(ada).get(PAGE, {"before": before}).status_code == 200


def test_the_list_is_paged_by_key_and_costs_the_same_for_many(letter_kind, ada):
    letter_kind()
    services.prefer(user=ada, choices={"letter": How.NEVER})
    client = signed_in(ada)
    costs = set()
    for total in (1, 3, 30, 35):
        for number in range(Notification.objects.count(), total):
            tell(ada, event=f"comment:{number}", text=f"Number {number}.")
        client.get(PAGE)  # whatever is kept from the first request on
        with CaptureQueriesContext(connection) as queries:
            page = client.get(PAGE)
        costs.add(len(queries))
    assert len(costs) == 1
    assert ("Number 5." in page.text, "Number 4." in page.text) == (True, False)
    assert "Number 4." in client.get(PAGE + page.context["older"]).text


def test_what_is_kept_about_a_person_is_exported_and_erased(letter_kind, ada, basil):
    letter_kind()
    for user in (ada, basil):
        tell(user)
        services.prefer(user=user, choices={"letter": How.NOW})
    ours = [one for one in personal_data.declarations() if one.model in (Notification, Preference, Dispatch)]
    exported = {one.model.__name__: list(one.export(ada)) for one in ours}
    assert exported["Preference"] == [{"kind": "letter", "how": "now"}]
    assert [row["text"] for row in exported["Notification"]] == ["Basil answered you."]
    assert [row["subject"] for row in exported["Dispatch"]] == ["Basil answered you."]
    for one in ours:
        one.erase(ada)
    left = [set(model.objects.values_list("user", flat=True)) for model in (Notification, Preference, Dispatch)]
    assert (left, [mail.to for mail in Email.objects.all()]) == ([{basil.pk}] * 3, [["basil@larkfield.example"]])


def test_only_what_can_be_decided_there_is_among_the_preferences(letter_kind, ada):
    letter_kind("letter", label="Letters of the tests")
    letter_kind("code", label="Codes of the tests", by_choice=False)
    letter_kind("newsletter", label="Newsletters of the tests", in_preferences=False)
    page = signed_in(ada).get(PAGE).text
    shown = {word: f"{word} of the tests" in page for word in ("Letters", "Codes", "Newsletters")}
    assert shown == {"Letters": True, "Codes": False, "Newsletters": False}
