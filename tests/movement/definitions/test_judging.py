"""Words that should not stand there: an ally flags them, an editor decides, the writer is told why."""

import pytest

from accounts.services import erase_person, export_person
from movement.definitions.models import Definition, DefinitionFlag
from postbox.models import Notification
from tests.cast import client_of
from tests.movement.worlds import make_definition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_pages")]
WORDS = "Finance never answers."
DESK = "/cms/definitions/"


def flagged(writer, by) -> Definition:
    definition = make_definition(writer, WORDS)
    client_of(by).post(f"/definitions/{writer.public_id}/flag/")
    return definition


def test_flagging_twice_is_flagging_once_and_looking_flags_nothing(ally, organiser):
    make_definition(ally, WORDS)
    client, path = client_of(organiser), f"/definitions/{ally.public_id}/flag/"
    assert WORDS in client.get(path).content.decode()
    assert DefinitionFlag.objects.count() == 0
    assert [client.post(path).status_code for _twice in range(2)] == [302, 302]
    assert DefinitionFlag.objects.count() == 1


def test_what_is_not_shown_cannot_be_flagged(ally, organiser):
    make_definition(ally, WORDS, show=False)
    assert client_of(organiser).post(f"/definitions/{ally.public_id}/flag/").status_code == 404


def test_an_editor_sees_the_chosen_name_and_not_who_asked(alias_ally, organiser, editor):
    flagged(alias_ally, organiser)
    page = client_of(editor).get(DESK).content.decode()
    assert (WORDS in page, "Night Ferry" in page) == (True, True)
    assert [name for name in (alias_ally.name, organiser.name) if name in page] == []
    assert "An ally asks you to look at one." in client_of(editor).get("/cms/").content.decode()


def test_taken_down_it_is_the_writer_s_alone_who_reads_why(ally, organiser, editor):
    definition = flagged(ally, organiser)
    client_of(editor).post(f"{DESK}{definition.pk}/", {"why": "It blames a department."})
    assert WORDS not in client_of(organiser).get("/definitions/").content.decode()
    assert "It blames a department." in client_of(ally).get("/me/definition/").content.decode()
    assert "It blames a department." in Notification.objects.get(user=ally.user).text
    assert WORDS not in client_of(editor).get(DESK).content.decode()
    again = client_of(ally).post("/me/definition/", {"text": WORDS, "audience": "allies"})
    assert "An editor took these words down." in again.content.decode()
    other = client_of(ally).post("/me/definition/", {"text": "We answer.", "audience": "allies"})
    assert (other.status_code, Definition.objects.get().taken_down_why) == (302, "")


def test_without_a_reason_nothing_is_taken_down(ally, organiser, editor):
    definition = flagged(ally, organiser)
    answer = client_of(editor).post(f"{DESK}{definition.pk}/", {"why": "  "}, follow=True)
    assert "Say why: the writer gets to read it." in answer.content.decode()
    assert WORDS in client_of(organiser).get("/definitions/").content.decode()


def test_what_stands_leaves_the_desk_and_other_words_too(ally, organiser, editor):
    definition = flagged(ally, organiser)
    client_of(editor).post(f"{DESK}{definition.pk}/", {"stand": "1"})
    assert (Definition.objects.flagged().count(), Definition.objects.get().is_shown) == (0, True)
    client_of(organiser).post(f"/definitions/{ally.public_id}/flag/")
    client_of(ally).post("/me/definition/", {"text": "We answer.", "audience": "allies"})
    assert Definition.objects.flagged().count() == 0


def test_who_flagged_is_exported_to_them_and_erased_with_them(ally, organiser):
    flagged(ally, organiser)
    assert len(export_person(user=organiser.user)["movement.DefinitionFlag"]) == 1
    erase_person(user=organiser.user)
    assert DefinitionFlag.objects.count() == 0
