"""Writing a mail: once, in the caller's transaction, with the right headers."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError
from django.core.mail import send_mail as django_send_mail
from django.db import transaction
from post_office.models import PRIORITY, STATUS, Email

from content.settings import OrganisationSettings
from postbox import services
from postbox.models import Dispatch

pytestmark = pytest.mark.django_db


def write(**changes) -> Email | None:
    letter = {
        "kind": "letter",
        "to": "ada@larkfield.example",
        "event": "comment:1",
        "template": "letter",
        "context": {"name": "Ada", "url": "http://groundswell.example/"},
    }
    return services.send_mail(**letter | changes)


def test_a_mail_is_written_as_a_row_from_its_templates(letter_kind):
    letter_kind()
    mail = Email.objects.get(pk=write().pk)
    assert (mail.to, mail.subject, mail.message, mail.status) == (
        ["ada@larkfield.example"],
        "A letter to Ada",
        "Dear Ada, here is http://groundswell.example/\n",
        STATUS.queued,
    )


def test_the_look_is_written_into_the_elements_and_media_rules_stay(letter_kind):
    letter_kind()
    html = write().html_message
    assert 'style="color: #123456;"' in html
    assert "@media" in html


def test_text_is_not_escaped_and_html_is(letter_kind):
    letter_kind()
    mail = write(context={"name": "O'Hara <b>", "url": ""})
    assert mail.subject == "A letter to O'Hara <b>"
    assert "O&#x27;Hara &lt;b&gt;" in mail.html_message or "O'Hara &lt;b&gt;" in mail.html_message


def test_the_same_mail_is_written_once(letter_kind):
    letter_kind()
    assert (write() is None, write() is None, write(to="ADA@larkfield.example") is None) == (False, True, True)
    assert (write(event="comment:2") is None, write(to="basil@larkfield.example") is None) == (False, False)
    assert (Email.objects.count(), Dispatch.objects.count()) == (3, 3)


def test_a_mail_goes_with_its_cause_when_that_is_rolled_back(letter_kind):
    letter_kind()

    @transaction.atomic
    def comment() -> None:
        write()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        comment()
    assert (Email.objects.count(), Dispatch.objects.count()) == (0, 0)


def test_headers_say_what_it_is_and_how_to_stop_it(letter_kind):
    letter_kind()
    mail = write(
        unsubscribe_url="http://groundswell.example/unsubscribe/x/", headers={"Reply-To": "s@larkfield.example"}
    )
    assert mail.headers == {
        "Auto-Submitted": "auto-generated",
        "List-Id": '"letters" <letter.groundswell.example>',
        "List-Unsubscribe": "<http://groundswell.example/unsubscribe/x/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Reply-To": "s@larkfield.example",
    }


def test_the_message_id_is_the_same_for_the_same_mail(letter_kind):
    letter_kind()
    first = write()
    number = first.message_id
    Dispatch.objects.all().delete()
    assert (write().message_id, write(event="comment:2").message_id == number) == (number, False)
    assert number.endswith("@groundswell.example>")


def test_what_somebody_asked_for_goes_before_what_is_sent_to_many(letter_kind):
    letter_kind("letter")
    letter_kind("code", by_choice=False)
    assert (write().priority, write(kind="code").priority) == (PRIORITY.medium, PRIORITY.high)


@pytest.mark.parametrize(
    "changes",
    [
        {"context": {"name": "Ada\r\nBcc: all@larkfield.example", "url": ""}},
        {"headers": {"Reply-To": "a@b.example\nBcc: all@larkfield.example"}},
        {"headers": {"X-One\r\nBcc": "all@larkfield.example"}},
        {"unsubscribe_url": "http://groundswell.example/\r\nBcc: all@larkfield.example"},
    ],
)
def test_a_line_break_starts_no_header_of_somebody_elses(letter_kind, changes):
    letter_kind()
    with pytest.raises(BadHeaderError):
        write(**changes)
    assert Email.objects.count() == 0


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "a@b.example\x00"]
)
def test_what_is_not_one_address_is_refused(letter_kind, to):
    letter_kind()
    with pytest.raises(ValidationError):
        write(to=to)


def test_a_kind_that_nobody_registered_says_what_to_do():
    with pytest.raises(LookupError, match=r"postbox\.kinds\.register"):
        write(kind="unheard-of")


def test_mails_of_libraries_are_rows_too_and_are_never_run_as_templates(settings):
    settings.EMAIL_BACKEND = "postbox.backend.QueueBackend"
    django_send_mail(
        "Draft of {% now %}", "{{ settings }} {% include 'x' %}", "cms@larkfield.example", ["e@larkfield.example"]
    )
    mail = Email.objects.get()
    assert (mail.subject, mail.message, mail.to) == (
        "Draft of {% now %}",
        "{{ settings }} {% include 'x' %}",
        ["e@larkfield.example"],
    )


def test_every_letter_can_bear_the_organisations_name(letter_kind):
    letter_kind()
    OrganisationSettings.objects.update_or_create(
        pk=1, defaults={"name": "Larkfield Instruments", "site_name": "Swell"}
    )
    mail = write(template="notification", context={"text": "Basil answered you.", "url": "", "kind": "letters"})
    assert "Swell at Larkfield Instruments" in mail.message
    assert "at Larkfield Instruments" in mail.html_message
