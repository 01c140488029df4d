"""An attacker with the whole database tries to find out who said what."""

import json
import random
from collections import Counter

import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from scipy import stats

from movement.pulse import urn
from movement.pulse.models import Pulse
from movement.pulse.papers import Slip, Ticket, Urn
from movement.pulse.sealing import Seal, Unreadable
from postbox.models import Notification
from tests.cast import client_of, make_ally
from tests.movement.pulses import close, given, make_pulse, many_allies, take_part

pytestmark = pytest.mark.django_db
CANARY = "The kestrel over the loading bay"


def dump() -> dict[str, list[str]]:
    """Every row of every table, in the order in which the database keeps them."""
    tables: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
                tables[model._meta.label] = [repr(tuple(map(plain, row))) for row in cursor.fetchall()]
    return tables


def plain(cell: object) -> object:
    return bytes(cell) if isinstance(cell, memoryview) else cell


def test_of_three_known_people_nothing_leads_to_an_answer():
    """What they said stands nowhere; what is kept of it bears none of their numbers; and it is as long for each."""
    pulse = make_pulse(2)
    before = dump()
    people = [make_ally(name) for name in ("Ada Vane", "Bo Finch", "Cleo Marsh")]
    known = dump()
    said = [given((5, 1), None, text=CANARY), given((1, 1), (2, 2)), given((3, 4), (5, 5), unit=None)]
    lengths = []
    for person, one in zip(people, said, strict=True):
        take_part(pulse, [person], [one])
        lengths.append(len(bytes(Urn.objects.get(pulse=pulse).sealed)))
    after = dump()
    changed = {label for label in after if after[label] != known[label]}
    assert changed == {"movement.Ticket", "movement.Urn"}
    assert len(set(lengths)) == 1
    assert "kestrel" not in str(after)
    assert all(str(person.user.email) not in str(after[label]) for person in people for label in changed)
    row = after["movement.Urn"][0]
    assert not any(repr(number) in row for person in people for number in (person.public_id, person.user.email))
    assert before["movement.Slip"] == after["movement.Slip"] == []


def test_slips_and_tickets_have_no_person_time_or_number():
    fields = {model.__name__: {field.attname for field in model._meta.concrete_fields} for model in (Ticket, Slip, Urn)}
    assert fields == {
        "Ticket": {"id", "pulse_id", "ally_id", "secret", "is_used"},
        "Slip": {"id", "pulse_id", "sealed"},
        "Urn": {"pulse_id", "key", "sealed"},
    }


def test_slips_come_out_in_tens_of_twenty_all_of_one_length():
    pulse, rows = make_pulse(), []
    for number, ally in enumerate(many_allies(41)):
        take_part(pulse, [ally], [given((number % 5 + 1, 3), text=CANARY if number % 2 else "")])
        rows.append(Slip.objects.count())
    assert rows == [0] * 19 + [20] * 10 + [40] * 10 + [60] * 2
    assert {len(bytes(sealed)) for sealed in Slip.objects.values_list("sealed", flat=True)} == {urn.LONG_SLIP + 28}


def test_the_order_of_the_rows_says_nothing_about_the_order_of_answering():
    """Of twenty who answer one after another ten are drawn. Over many runs the place of a row and the turn of whoever
    gave it are independent, and so are being drawn and the turn."""
    pulse, chance = make_pulse(), random.Random(5)
    seal = Seal(Urn.objects.get(pulse=pulse).key)
    places, turns, drawn = [], [], Counter()
    for _run in range(60):
        Slip.objects.all().delete()
        Urn.objects.filter(pulse=pulse).update(sealed=b"")
        for turn in range(urn.FULL):
            ratings = {"unit": turn, "ratings": [[chance.randint(1, 5), 3]]}
            urn.drop(pulse=pulse, ratings=ratings, words={"text": ""})
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM movement_slip")
            contents = [json.loads(seal.open(row[0])) for row in cursor.fetchall()]
        for place, content in enumerate(contents):
            if "unit" in content:
                places.append(place)
                turns.append(content["unit"])
                drawn[content["unit"]] += 1
    assert len(places) == 600
    assert stats.spearmanr(places, turns).pvalue > 0.001
    assert stats.chisquare([drawn[turn] for turn in range(urn.FULL)]).pvalue > 0.001


def test_random_names_are_not_made_of_a_clock():
    pulse = make_pulse()
    take_part(pulse, many_allies(20), [given((4, 2))])
    assert {name.version for name in Slip.objects.values_list("pk", flat=True)} == {4}


def test_without_the_sites_key_a_copy_of_the_database_is_unreadable_and_with_an_older_one_it_is_not_lost():
    pulse = make_pulse()
    take_part(pulse, many_allies(25), [given((4, 2), text=CANARY), given((2, 5))])
    kept = Urn.objects.get(pulse=pulse)
    with override_settings(SECRET_KEY="another"), pytest.raises(Unreadable):
        Seal(kept.key).open(kept.sealed)
    with override_settings(SECRET_KEY="another"):
        assert list(urn.contents(pulse)) == []
    from django.conf import settings

    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert len(list(urn.contents(pulse))) == 50
        take_part(pulse, many_allies(1, name="Late"), [given((1, 1))])


def test_the_words_are_on_no_page_before_the_close(ally, steward):
    pulse = make_pulse()
    take_part(pulse, [ally, *many_allies(30)], [given((4, 2), text=CANARY), given((2, 5), text=CANARY)])
    pages = [
        client.get(address)
        for client in (client_of(ally), client_of(steward))
        for address in ("/pulse/", "/me/", pulse.get_absolute_url(), f"{pulse.get_absolute_url()}results/", "/spread/")
    ]
    desk = [reverse("pulses_cms:pulses"), reverse("pulses_cms:pulse", args=[pulse.pk])]
    texts = [page.content.decode() for page in [*pages, *(client_of(steward).get(one) for one in desk)]]
    assert not any("kestrel" in text for text in texts)


def test_a_steward_learns_nothing_of_how_many_before_the_close(steward):
    from accounts.roles import ensure_roles

    ensure_roles()
    pulse, desk = make_pulse(), client_of(steward)
    allies = many_allies(12)
    seen = []
    for some in ([], allies[:1], allies[1:]):
        take_part(pulse, some, [given((4, 2)), given((2, 5))])
        page = desk.get(reverse("pulses_cms:pulse", args=[pulse.pk])).content.decode()
        seen.append(page.split('id="main"')[-1].replace(page[page.find("csrf") : page.find("csrf") + 200], ""))
    assert len(set(seen)) == 1


def test_taking_part_leaves_nothing_in_a_session_or_a_message(ally):
    from django.contrib.sessions.models import Session

    pulse, client = make_pulse(), client_of(ally)
    client.get(pulse.get_absolute_url())
    before = list(Session.objects.values())
    client.post(pulse.get_absolute_url(), {"q1-serving": "4", "q1-served": "2", "unit": "", "text": CANARY})
    assert list(Session.objects.values()) == before
    assert "messages" not in client.cookies


def test_after_the_close_nobody_can_tell_who_took_part(ally):
    """Not by tickets, and not by whom a reminder went to."""
    from movement.pulse import letters

    pulse = make_pulse()
    allies = many_allies(12)
    take_part(pulse, allies, [given((4, 2)), given((2, 5))])
    letters.tell(pulse.pk, letters.OPEN)
    assert letters.tell(pulse.pk, letters.SOON) == 1
    close(pulse)
    letters.forget(pulse)
    rows = dump()
    assert rows["movement.Ticket"] == []
    assert not Notification.objects.exists()
    assert not any("pulse" in row for label in ("postbox.Dispatch", "post_office.Email") for row in rows[label])
    assert Pulse.objects.get().took_part == 10
