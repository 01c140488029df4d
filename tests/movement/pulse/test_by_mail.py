"""A pulse for everyone: tickets by mail, an anonymous link, and addresses that are forgotten."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from accounts.models import Mode, SignupPolicy
from movement.pulse import closing, letters, lists
from movement.pulse.models import Pulse
from movement.pulse.papers import AddressList, ListCount, NoTicket, Ticket, Urn
from postbox import bulk, fates
from postbox.models import Dispatch
from postbox.sender import send_waiting
from tests.cast import client_of
from tests.movement.pulses import close, make_pulse

pytestmark = pytest.mark.django_db
POSTED = {"q1-serving": "4", "q1-served": "2", "unit": "", "text": ""}


def pulse_for(*addresses: str) -> Pulse:
    return make_pulse(audience="everyone", addresses="\n".join(addresses))


def links() -> list[str]:
    """The addresses of the tickets in the mails that wait to be sent, by receiver."""
    waiting = sorted(Email.objects.all(), key=lambda one: one.to)
    return [one.context["fills"]["ticket_url"].removeprefix("http://groundswell.example") for one in waiting]


def test_each_address_gets_one_ticket_which_works_once_and_then_shows_the_results():
    pulse = pulse_for(
        "ada@larkfield.example, BO@larkfield.example", "ada+two@larkfield.example", "cleo@larkfield.example"
    )
    assert lists.write_tickets(pulse.pk) == 3
    names = ["ada", "bo", "cleo"]
    assert sorted(email.to[0] for email in Email.objects.all()) == [f"{name}@larkfield.example" for name in names]
    first, *_others = links()
    client = Client()
    assert "Count my answer for" in client.get(first).content.decode()
    assert client.post(first, POSTED)["Location"] == first
    assert "You have taken part. Thank you." in client.get(first).content.decode()
    assert "This ticket has been used already" in client.post(first, POSTED).content.decode()
    assert Ticket.objects.filter(is_used=True).count() == 1
    close(pulse)
    assert "Fewer than five people took part." in client.get(first).content.decode()


def test_who_took_part_by_ticket_reads_the_results_by_it_and_nothing_else():
    pulse = pulse_for(*(f"p{number}@larkfield.example" for number in range(9)))
    lists.write_tickets(pulse.pk)
    for number, link in enumerate(links()):
        Client().post(link, POSTED | {"q1-serving": str(number % 4 + 2), "q1-served": str(number % 3 + 1)})
    close(pulse)
    page = Client().get(links()[0])
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert "About 10 of 10 people took part" in page.content.decode()
    assert Client().get(f"/pulse/{pulse.pk}/results/").status_code == 302


def test_what_is_no_address_or_not_of_our_domains_gets_nothing_and_its_line_is_told():
    SignupPolicy.objects.create(mode=Mode.DOMAINS, domains="larkfield.example")
    pulse = pulse_for("ada@larkfield.example", "no address", "eve@elsewhere.example", "x@", "", "bo@larkfield.example")
    lists.look_through(pulse.pk)
    kept = ListCount.objects.get()
    assert (kept.found, kept.wrong, kept.wrong_lines) == (2, 3, [2, 3, 4])
    assert lists.write_tickets(pulse.pk) == 2
    kept = ListCount.objects.get()
    assert (kept.found, kept.wrong, kept.wrong_lines, kept.is_written) == (2, 3, [2, 3, 4], True)
    assert not AddressList.objects.exists()
    lists.look_through(pulse.pk)  # late, after the list is gone: nothing changes
    assert ListCount.objects.get().is_written


@pytest.mark.parametrize("step", [lists.look_through, lists.write_tickets])
def test_a_list_without_one_address_calls_its_pulse_off(step, ally):
    pulse = pulse_for("ada@larkfield.example")
    lists.keep_list(pulse=pulse, text="foo@@bar\nnobody\n")
    step(pulse.pk)
    pulse.refresh_from_db()
    assert pulse.called_off_at is not None
    assert (AddressList.objects.exists(), Urn.objects.exists(), Email.objects.exists()) == (False, False, False)
    assert (ListCount.objects.get().found, ListCount.objects.get().wrong_lines) == (0, [1, 2])
    assert "Your ticket came by mail" not in client_of(ally).get("/pulse/").content.decode()
    assert client_of(ally).get(pulse.get_absolute_url()).status_code == 404
    assert closing.uncounted() == []
    assert closing.count(pulse.pk) is False
    pulse_for("ada@larkfield.example")  # the next one need not wait


def test_a_pulse_with_tickets_is_never_called_off():
    pulse = pulse_for("ada@larkfield.example")
    lists.write_tickets(pulse.pk)
    lists.keep_list(pulse=pulse, text="nobody")
    lists.write_tickets(pulse.pk)
    pulse.refresh_from_db()
    assert (pulse.is_open, pulse.called_off_at) == (True, None)


def test_the_letter_holds_the_ticket_and_a_way_out_and_names_nobody():
    pulse = pulse_for("ada@larkfield.example")
    lists.write_tickets(pulse.pk)
    email = Email.objects.get()
    bulk.fill(email, Dispatch.objects.get().mould)
    (link,) = links()
    assert (link in email.message, link in email.html_message) == (True, True)
    assert "One question and a few words if you like, about a minute" in email.message
    assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_list_is_sealed_and_destroyed_and_a_mail_is_forgotten_as_soon_as_it_has_gone():
    pulse = pulse_for("ada@larkfield.example", "bo@larkfield.example")
    assert b"larkfield" not in bytes(AddressList.objects.get().sealed)
    lists.write_tickets(pulse.pk)
    assert not AddressList.objects.exists()
    assert (Email.objects.count(), Dispatch.objects.count()) == (2, 2)
    send_waiting()
    assert fates.forget_sent(kind=lists.KIND) == 2
    assert (Email.objects.count(), Dispatch.objects.count()) == (0, 2)
    close(pulse)
    letters.forget(pulse)
    assert Dispatch.objects.count() == 0


def test_tickets_lie_in_another_order_than_the_mails():
    """Otherwise the n-th of the one would be the n-th of the other, long after the mails have gone."""
    pulse = pulse_for(*(f"p{number}@larkfield.example" for number in range(40)))
    lists.write_tickets(pulse.pk)
    secrets = list(Ticket.objects.values_list("secret", flat=True))
    tokens = [email.context["fills"]["ticket_url"] for email in Email.objects.order_by("pk")]
    from accounts import tokens as signed
    from movement.pulse.answering import hash_of

    by_mail = [hash_of(signed.read(lists.LINK, token.rstrip("/").rpartition("/")[2])[1]) for token in tokens]
    assert sorted(secrets) == sorted(by_mail)
    assert sum(one == other for one, other in zip(sorted(secrets), by_mail, strict=True)) < 8


def test_written_again_nobody_gets_a_second_one():
    addresses = [f"p{number}@larkfield.example" for number in range(7)]
    pulse = pulse_for(*addresses)
    lists.write_tickets(pulse.pk)
    lists.keep_list(pulse=pulse, text="\n".join(addresses))
    assert lists.write_tickets(pulse.pk) == 0
    assert Ticket.objects.count() == 7


def test_whoever_wants_none_gets_none_ever():
    pulse = pulse_for("ada@larkfield.example", "bo@larkfield.example")
    stop = lists.stop_url("ada@larkfield.example").removeprefix("http://groundswell.example")
    client = Client()
    assert "tickets for a pulse by mail" in client.get(stop).content.decode()
    assert not NoTicket.objects.exists()
    client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert lists.write_tickets(pulse.pk) == 1


def test_a_ticket_that_still_waits_when_the_pulse_closes_is_not_sent():
    pulse = pulse_for("ada@larkfield.example")
    lists.write_tickets(pulse.pk)
    close(pulse)
    assert send_waiting() == 0


def test_nothing_is_sent_before_the_opening_or_after_the_end():
    later = timezone.now() + timedelta(days=2)
    pulse = make_pulse(
        audience="everyone", addresses="ada@larkfield.example", opens_at=later, closes_at=later + timedelta(weeks=1)
    )
    assert lists.write_tickets(pulse.pk) == 0
    assert AddressList.objects.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", "…", "9" * 3_000])
def test_a_broken_link_is_said_plainly(token):
    answer = Client().get(f"/pulse/ticket/{token}/")
    assert answer.status_code == 400
    assert "This ticket does not work" in answer.content.decode()


def test_fifty_thousand_addresses_are_looked_through_in_seconds():
    pulse = pulse_for("ada@larkfield.example")
    text = "\n".join(f"person.number{number}@larkfield.example" for number in range(50_000)) + "\nwrong\n"
    lists.keep_list(pulse=pulse, text=text)
    began = time.monotonic()
    lists.look_through(pulse.pk)
    kept = ListCount.objects.get()
    assert (kept.found, kept.wrong) == (50_000, 1)
    assert time.monotonic() - began < 30
    assert Urn.objects.filter(pulse=pulse).exists()
