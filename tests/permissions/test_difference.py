"""Discretion by difference: a quiet ally joins and takes part, another goes quiet, and nobody else reads it anywhere.

Everything that anybody can open is read twice, before and after: pages, JSON, calendars, feeds, exports, and the mails
that the clock's jobs lead to. What differs may be nothing but what is of the moment, such as the token of a form.
"""

import re
from collections.abc import Callable, Iterator, Set
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from clubs.meetings.answering import answer
from clubs.meetings.models import Coming
from movement.allies.languages import AllyLanguage
from movement.allies.models import Ally, Visibility
from movement.allies.portraits import keep_portrait
from movement.allies.services import change_appearance
from movement.allies.tags import AllyTag, Way
from movement.personas.models import Audience
from postbox import clock
from postbox.digests import sections
from postbox.digests.models import Digest, DigestChoice, DigestReader
from postbox.digests.services import join
from postbox.digests.writing import write_due
from tests import cast
from tests.clubs.worlds import a_meeting, a_member
from tests.movement.worlds import make_card, make_note
from tests.permissions.test_matrix import undone
from tests.permissions.walk import addresses, text_of, walk

pytestmark = pytest.mark.django_db

#: The eight who look; whoever went quiet, and the quiet one, are none of them.
LOOKING = ["visitor", "newcomer", "ally", "alias_ally", "member", "organiser", "author", "steward"]
#: Jobs that write to nobody, and look outside or take long.
NO_MAIL = {"check-links", "postbox.read-bounces", "rebuild-search", "spread-snapshots"}
FILTERS = [
    f"/allies/?{query}"
    for query in ("dep=field-service", "dep=finance&dep=field-service", "div=serve", "q=kern", "tag=kerning", "lang=cy",
                  "new=1", "clubs=1", "dep=field-service&tag=kerning&lang=cy&new=1")
]  # fmt: skip
MORE = [*FILTERS, "/me/profile/tags/?way=help&can_help=ker", "/search/?q=quillfeather", "/search/?q=kerning"]
#: Of the moment, and of whoever looks: tokens, when a page was made, versions of links.
MOMENT = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|DTSTAMP:[^\r\n]*|[\w-]+:[\w-]{6}:[\w-]{43}'
    r'|name="opened" value="\d+"|value="\d\d:\d\d"|\d{4}-\d\d-\d\dT[\d:.+]+'
)


def readings(client: Client, paths: list[str]) -> dict[str, str]:
    """What is read at each address."""
    answers = walk(client, paths)
    return {path: f"{answer.status_code} {MOMENT.sub('', text_of(answer))}" for path, answer in answers}


def mails(but: Set[str] = frozenset()) -> list[tuple[str, ...]]:
    """What the clock's jobs write to everybody but these, if they all run now; taken back."""
    with undone():
        for rhythm in clock.jobs():
            if rhythm.name not in NO_MAIL:
                rhythm.function()
        write_due()
        rows = Email.objects.values_list("to", "subject", "message", "html_message")
        rows = [*rows, *Digest.objects.values_list("reader__email", "told")]
        found = [(str(to), *(MOMENT.sub("", str(part)) for part in parts)) for to, *parts in rows]
        return sorted(mail for mail in found if not any(address in mail[0] for address in but))


def take_part(ally: Ally, world: SimpleNamespace) -> None:
    """All that one can do without a name."""
    a_member(world.club, ally)
    make_card(ally, name="Ottilie", audience=Audience.ONLY_ME)
    make_note(ally, "Because of the lost pallet.")
    AllyTag.objects.bulk_create(AllyTag(ally=ally, way=way, name=f"KERNING{way}"[:7]) for way in Way)
    AllyLanguage.objects.create(ally=ally, code="cy")
    keep_portrait(ally=ally, picture=b"portrait")


def differences(before: dict[Any, str], after: dict[Any, str]) -> Iterator[str]:
    for key in before:
        if before[key] != after[key]:
            at = next((n for n, (a, b) in enumerate(zip(before[key], after[key], strict=False)) if a != b), 0)
            yield f"{key}: …{before[key][max(0, at - 90) : at + 90]!r} ≠ …{after[key][max(0, at - 90) : at + 90]!r}"


@pytest.fixture
def quiet_ones(world) -> Callable[[], set[str]]:
    """Called, one joins quiet, and another was open and is now as if they had never been there. Their addresses."""

    def come() -> set[str]:
        unseen = {"unit": world.unit, "role": "Typesetter", "about": "Knows kerning.", "invited_by": world.organiser}
        joins = cast.make_ally("Zephyrine Quillfeather", alias="Velvet Heron", visibility=Visibility.QUIET, **unseen)
        leaves = cast.make_ally("Otterline Quillfeather", **unseen)
        for ally in (joins, leaves):
            take_part(ally, world)
        assert "Otterline Quillfeather" in text_of(cast.client_of(world.member).get("/allies/"))
        change_appearance(ally=leaves, timezone="UTC", visibility=Visibility.QUIET)
        return {joins.user.email, leaves.user.email}

    return come


@pytest.mark.parametrize("role", LOOKING)
def test_no_page_is_another_for_who_is_or_becomes_quiet(role, world, clients, quiet_ones):
    paths = [path for path in addresses(world) if not path.startswith(("/cms/", "/healthz"))] + MORE
    client = clients[role]()
    before = readings(client, paths)
    quiet_ones()
    assert list(differences(before, readings(client, paths))) == []
    assert len(before) > 80


def test_no_mail_to_others_is_another_for_who_is_or_becomes_quiet(world, quiet_ones):
    meeting = a_meeting(world.club, timezone.now() + timedelta(hours=20))
    for ally in (world.member, world.organiser):
        answer(meeting=meeting, ally=ally, coming=Coming.YES)
        for section in sections.in_order():
            join(email=ally.user.email, user=ally.user, section=section.name, rhythm="weekly")
    DigestChoice.objects.update(told_until=timezone.now() - timedelta(days=9))
    DigestReader.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    written = mails()
    theirs = quiet_ones()
    assert mails(but=theirs) == written
    assert {len(mail) for mail in written} == {2, 4}
