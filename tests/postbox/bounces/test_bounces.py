"""What comes back: counted once, only for mails of ours, and an address in trouble gets nothing more by choice."""

import mailbox
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core.management import call_command
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts.models import User
from postbox import addresses, retention, sender, unsubscribing
from postbox.bounces import emptying, services
from postbox.bounces.models import Bounce, Troubled
from postbox.models import How, Preference
from postbox.services import send_mail
from tests.cast import client_of

pytestmark = pytest.mark.django_db
ADDRESS = "ada@larkfield.example"


@pytest.fixture(autouse=True)
def kinds_of_mail(letter_kind):
    letter_kind()
    letter_kind("code", by_choice=False)


def write(number: int, kind: str = "letter", to: str = ADDRESS, **more) -> Email:
    words = {"name": str(number), "url": ""}
    return send_mail(kind=kind, to=to, event=f"news:{number}", template="letter", context=words, **more)


def sent(number: int) -> str:
    """The Message-ID of a mail that has gone out."""
    email = write(number)
    Email.objects.filter(pk=email.pk).update(status=STATUS.sent)
    return email.message_id


def report(
    message_id: str, status: str = "5.1.1", action: str = "failed", said: str = "550 Nobody of that name"
) -> bytes:
    return f"""From: Mail Delivery System <mailer-daemon@mx.elsewhere.example>
To: back@groundswell.example
Message-ID: <report-1@mx.elsewhere.example>
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: text/plain

Sorry.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.elsewhere.example

Final-Recipient: rfc822; {ADDRESS}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--B
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: A letter

--B--
""".encode()


def is_suppressed() -> bool:
    return services.is_suppressed(addresses.hashed(ADDRESS))


def test_hard_twice_is_enough_and_once_is_not():
    seen = []
    for number in (1, 2):
        assert emptying.take(report(sent(number)))
        seen.append(is_suppressed())
    row = Troubled.objects.get()
    assert (seen, row.shown, row.reason) == ([False, True], "a•••@larkfield.example", "550 5.1.1")


@pytest.mark.parametrize(
    ("status", "said", "is_gone"),
    [
        ("5.2.2", "552 5.2.2 mailbox full", False),
        ("5.0.0", "554 5.3.4 too big", False),
        ("5.2.1", "550 5.2.1 closed", True),
        ("5.0.0", "550 nobody here", True),
        ("5.1.10", "550 5.1.10 no recipient", True),
    ],
)
def test_only_an_address_that_is_gone_is_hard(status, said, is_gone):
    emptying.take(report(sent(1), status=status, said=said))
    assert Troubled.objects.get().hard == is_gone


def test_a_policy_at_the_door_suppresses_no_list(server, sink):
    async def refuse(server, session, envelope, address, options):
        return "550 5.7.1 our policy: your IP is listed"

    sink.handle_RCPT = refuse
    for number in range(6):
        write(number)
        emptying.take(report(sent(10 + number), said="550 5.7.1 our policy"))
    sender.send_waiting()
    assert Troubled.objects.count() == 0


def test_a_servers_words_name_nobody_to_a_steward(site_pages, steward):
    for number in (1, 2):
        emptying.take(report(sent(number), said=f"550 5.1.1 <{ADDRESS}> is unknown, says {ADDRESS}"))
    shown = client_of(steward).get("/cms/unreached/").content.decode()
    assert (ADDRESS in shown, "There is no such mailbox (550 5.1.1)" in shown) == (False, True)
    assert ADDRESS not in "".join(map(str, Troubled.objects.values_list()))


def test_told_twice_it_counts_once():
    message_id = sent(1)
    assert [emptying.take(report(message_id)) for _time in range(3)] == [True, False, False]
    assert (Troubled.objects.get().hard, Bounce.objects.count()) == (1, 1)


def test_a_forged_report_changes_nothing():
    never_tried = write(9).message_id
    told = [emptying.take(report(one)) for one in ("<made-up@groundswell.example>", never_tried, "<x>", "")]
    assert (told, Troubled.objects.count()) == ([False] * 4, 0)


def test_a_report_of_success_is_no_failure():
    assert not emptying.take(report(sent(1), status="2.0.0", action="delivered"))


def test_soft_failures_count_when_they_go_on_and_fade_when_they_do_not():
    for number in range(4):
        emptying.take(report(sent(number), status="4.2.2"))
    assert not is_suppressed()
    Troubled.objects.update(last_at=timezone.now() - 3 * services.HALF_LIFE)
    emptying.take(report(sent(5), status="4.2.2"))
    assert not is_suppressed()
    for number in range(10, 15):
        emptying.take(report(sent(number), status="4.2.2"))
    assert is_suppressed()


def test_a_suppressed_address_gets_codes_and_nothing_by_choice(server, sink):
    for number in (1, 2):
        emptying.take(report(sent(number)))
    write(3)
    write(4, kind="code")
    assert (sender.send_waiting(), sink.subjects) == (1, ["A letter to 4"])
    services.let_in_again(recipient=addresses.hashed(ADDRESS))
    write(5)
    assert sender.send_waiting() == 1


def test_a_refusal_at_the_door_counts(server, sink):
    sink.refused = frozenset({ADDRESS})
    for number in (1, 2):
        write(number)
    sender.send_waiting()
    assert (is_suppressed(), Troubled.objects.get().reason) == (True, "550")


def test_what_is_refused_for_its_words_says_nothing_of_the_address(server, sink):
    sink.answer = "554 Looks like spam"
    write(1)
    sender.send_waiting()
    assert Troubled.objects.count() == 0


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe" * 50,
        b"Content-Type: multipart/report; boundary=\n\n--\n--",
        b"Content-Type: multipart/mixed; boundary=B\n\n"
        + b"--B\nContent-Type: multipart/mixed; boundary=B\n\n" * 2_000,
        b"Subject: =?utf-8?B?////?= unsubscribe\n\nx",
        b"Subject: unsubscribe \xff\xfe\n\nx",
        b"From: mailer-daemon\nMessage-ID: <a@b>\n\nMessage-ID: <" + b"x" * 5_000 + b">",
        b"From: mailer-daemon\n\n" + b"Message-ID: <none@there>\n" * 100_000,
        b"A" * 10_000_000,
    ],
    ids=["nothing", "binary", "no boundary", "nested", "odd subject", "bytes", "long id", "many ids", "10 MB"],
)
def test_bad_mail_changes_nothing_and_breaks_nothing(raw):
    assert not emptying.take(raw)
    assert Troubled.objects.count() == 0


@pytest.mark.parametrize("box", [mailbox.Maildir, mailbox.mbox])
def test_a_mailbox_is_read_and_emptied(box, tmp_path, settings, capsys):
    folder = tmp_path / "box"
    kept = box(folder, create=True)
    kept.add(message_from_bytes(report(sent(1))))
    kept.add(b"From: somebody@elsewhere.example\nSubject: Hello\n\nA holiday note.\n")
    kept.close()
    settings.BOUNCE_MAILBOX = f"{box.__name__.lower()}://{folder}"
    call_command("read_bounces")
    assert "2 mails read" in capsys.readouterr().out
    assert (Troubled.objects.get().hard, len(box(folder))) == (1, 0)


def test_a_mail_that_breaks_us_does_not_block_the_others(tmp_path, settings, monkeypatch, caplog):
    kept, first = mailbox.mbox(tmp_path / "box", create=True), sent(1)
    for one in (b"Subject: bad\n\n", report(first)):
        kept.add(message_from_bytes(one))
    kept.close()

    def read(raw, known=emptying.reading.read):
        if b"Subject: bad" in raw:
            raise ValueError("A string literal cannot contain NUL (0x00) characters.")
        return known(raw)

    monkeypatch.setattr(emptying.reading, "read", read)
    settings.BOUNCE_MAILBOX = f"mbox://{tmp_path / 'box'}"
    assert emptying.read_mailbox() == 2
    assert (Troubled.objects.get().hard, "taken away" in caplog.text) == (1, True)


def test_nothing_of_control_gets_into_the_database():
    raw = report(sent(1), said="550 5.1.1 no\x00body")
    said = emptying.reading.read(raw.replace(b"Message-ID: <", b"Message-ID: <\x00\x01x@y>\nMessage-ID: <", 2))
    assert said.refusal.code == "550 5.1.1"
    assert not any(ord(sign) < 32 for one in said.message_ids for sign in one)


def test_a_link_that_no_mail_can_answer_is_offered_as_a_link_only(settings):
    settings.BOUNCE_ADDRESS, settings.BOUNCE_MAILBOX = "back@groundswell.example", "maildir:///none"
    mute = "http://groundswell.example/comments/mute/some-token/"
    assert write(1, unsubscribe_url=mute).headers["List-Unsubscribe"] == f"<{mute}>"


def test_a_mail_to_unsubscribe_ends_it_with_its_token_only(settings, ada: User):
    settings.BOUNCE_ADDRESS, settings.BOUNCE_MAILBOX = "back@groundswell.example", "maildir:///none"
    email = write(1, unsubscribe_url=unsubscribing.link("notification", user=ada.pk, kind="letter"))
    https, mailto = email.headers["List-Unsubscribe"].split(", ")
    assert (https[:5], mailto[:33]) == ("<http", "<mailto:back@groundswell.example?")
    subject = mailto.partition("subject=")[2].rstrip(">").replace("%20", " ")
    assert [emptying.take(f"Subject: {one}\n\n".encode()) for one in ("unsubscribe me", f"{subject}x")] == [
        False,
        False,
    ]
    assert not Preference.objects.exists()
    folded = f"{subject[:40]}\n {subject[40:]}"
    assert emptying.take(f"Subject: {folded}\n\n".encode())
    assert Preference.objects.get().how == How.NEVER


def test_mail_comes_back_to_its_own_address_and_its_sender_stays(server, sink, settings):
    settings.BOUNCE_ADDRESS = "back@groundswell.example"
    envelopes = []

    async def note(server, session, envelope, address, options):
        envelopes.append(address)
        envelope.mail_from = address
        return "250 OK"

    sink.handle_MAIL = note
    write(1)
    sender.send_waiting()
    assert (envelopes, "back@" in str(sink.mails[0]["From"])) == (["back@groundswell.example"], False)


def test_a_steward_sees_them_masked_and_lets_them_in_again(site_pages, steward):
    for number in (1, 2):
        emptying.take(report(sent(number)))
    client = client_of(steward)
    shown = client.get("/cms/unreached/").content.decode()
    assert ("a•••@larkfield.example" in shown, ADDRESS in shown) == (True, False)
    client.post("/cms/unreached/let-in/", {"recipient": addresses.hashed(ADDRESS)})
    assert not is_suppressed()


def test_old_ones_are_forgotten():
    emptying.take(report(sent(1)))
    long_ago = timezone.now() - retention.BOUNCES - timedelta(days=1)
    Troubled.objects.update(last_at=long_ago)
    Bounce.objects.update(at=long_ago)
    retention.forget_old_rows()
    assert (Troubled.objects.count(), Bounce.objects.count()) == (0, 0)
