"""After the erasure nothing tells of the person: every table and every file is looked through, for hashes too."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test import Client
from django.utils import timezone
from post_office.models import Email
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from accounts import leaving, packing
from accounts.limits import _hashed as limit_key
from accounts.models import Leaving, Limit, Parcel
from accounts.services import erase_person
from content.subscriptions.models import Subscriber
from content.wishes.models import PartWish
from conversation.decisions import Barred, hash_of
from conversation.hosts import target_of
from conversation.models import Comment
from conversation.services import Words, place
from movement.allies.models import Ally, Visibility
from movement.definitions.services import define
from movement.invitations.letters import AskedAlready, write_to
from postbox import addresses, discretion
from postbox.models import Notification
from postbox.services import notify, send_mail
from tests import cast
from tests.clubs.worlds import a_member
from tests.movement.worlds import make_action, make_card, make_note
from tests.permissions.conftest import people, world  # noqa: F401

pytestmark = pytest.mark.django_db
NAME, ALIAS, LOGIN_NAME = "Zephyrine Quillfeather", "Copper Lantern", "Zephy Quill"
WORK, HOME = "zq.canary@larkfield.example", "zephy.home@elsewhere.example"
CANARIES = ["Quillfeather", "Zephy", "Copper Lantern", "zq.canary", "zephy.home"]


def hashes() -> list[str]:
    found = [one for email in (WORK, HOME) for one in (addresses.hashed(email), hash_of(email))]
    found += [hashlib.sha256(email.encode()).hexdigest() for email in (WORK, HOME)]
    return found + [limit_key(scope, email) for scope in ("subscribe", "comment") for email in (WORK, HOME)]


def dump() -> dict[str, str]:
    """Every row of every table as text, sessions opened; by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = "\n".join(str(row) for row in cursor.fetchall())
    found["django_session"] += "\n".join(str(session.get_decoded()) for session in Session.objects.all())
    return found


def files(*roots: str) -> str:
    found = [path for root in roots for path in Path(root).rglob("*") if path.is_file()]
    return "\n".join(f"{path}: {path.read_bytes()!r}" for path in found)


def telling(texts: dict[str, str], signs: list[str]) -> set[tuple[str, str]]:
    return {(where, sign) for where, text in texts.items() for sign in signs if sign.lower() in text.lower()}


def a_full_life(world: Any) -> Ally:  # noqa: F811
    """Somebody who has done everything there is to do, under two addresses, and whom others have heard of."""
    ally = cast.make_ally(NAME, email=WORK, unit=world.unit, role="Keeper", about=f"Ask {NAME}")
    ally.user.name = LOGIN_NAME
    ally.user.save()
    EmailAddress.objects.create(user=ally.user, email=HOME, verified=True)
    a_member(world.club, ally)
    make_action(ally, text="Moved the ladder.")
    make_card(ally, name="Ottilie")
    make_note(ally, f"Because I am {NAME}.")
    define(ally=ally, text=f"{NAME} holds the lantern.", show=True)
    for words in (Words(name=NAME, text="So it is.", press=""), Words(name=ALIAS, text="And so on.", press="")):
        place(target=target_of(world.article), user=ally.user, words=words)
    for email in (WORK, HOME):
        Subscriber.objects.create(email=email, confirmed_at=timezone.now())
        PartWish.objects.create(part=world.part, email=email.upper())
        discretion.ask(address=email, discreet=True)
        send_mail(kind="data-packed", to=email, event="x:1", template="notification", context={"text": "Hello"})
        Barred.objects.create(kind=Barred.ADDRESS, text=hash_of(email), shown=f"{email[:2]}•••")
        for scope in ("subscribe", "comment"):
            Limit.objects.create(scope=scope, key=limit_key(scope, email), until=timezone.now() + timedelta(days=1))
    write_to(owner=world.organiser, email=WORK, words="")
    told = f"{NAME} wants to meet you, they said. So does {ALIAS}."
    notify(kind="data-packed", user=world.organiser.user, event="met:1", text=told, url="/me/")
    log(instance=ally, action="wagtail.edit", user=world.admin)
    log(instance=ally.user, action="wagtail.edit", user=world.admin, title=NAME)
    Ally.objects.filter(pk=ally.pk).update(alias=ALIAS, visibility=Visibility.ALIAS)
    profile = UserProfile.get_for_user(ally.user)
    profile.avatar.save("Zephy.png", ContentFile(b"Zephy herself"))
    packing.pack(packing.ask(user=ally.user).pk)
    return ally


def signs_in_and_out(ally: Ally) -> None:
    """With real forms, so that sessions, limits and caches know of them; the last one never types its code."""
    Client().post("/accounts/login/", {"login": WORK, "password": "wrong"})
    Client().post("/accounts/login/", {"login": WORK, "password": cast.PASSWORD})
    for path in ("login/code", "password/reset"):
        Client().post(f"/accounts/{path}/", {"email": HOME})


@pytest.fixture
def roots(settings, tmp_path, monkeypatch) -> tuple[str, str]:
    """Folders of this test's own. Its mails are rows, as on a site, not kept in memory."""
    settings.EMAIL_BACKEND = "postbox.backend.QueueBackend"
    settings.MEDIA_ROOT, private = str(tmp_path / "media"), str(tmp_path / "private")
    monkeypatch.setattr(Parcel._meta.get_field("file"), "storage", FileSystemStorage(private))
    return settings.MEDIA_ROOT, private


@pytest.mark.parametrize("at_once", [False, True], ids=["by the clock", "by a steward"])
def test_name_alias_address_and_their_hashes_are_nowhere(
    world,  # noqa: F811
    roots,
    at_once: bool,
    django_capture_on_commit_callbacks,
):
    ally = a_full_life(world)
    signs_in_and_out(ally)
    before = dump()
    assert {sign for _where, sign in telling(before, CANARIES)} == set(CANARIES)  # the canaries sing
    assert len({where for where, _sign in telling(before, CANARIES + hashes())}) >= 18
    assert len(files(*roots).splitlines()) == 2  # their face in the CMS, and the parcel
    counted = (Comment.objects.count(), Notification.objects.count())
    with django_capture_on_commit_callbacks(execute=True):
        if at_once:
            cast.client_of(world.admin).post(f"/cms/users/delete/{ally.user.pk}/")
        else:
            leaving.leave(user=ally.user)
            Leaving.objects.update(due_at=timezone.now())
            leaving.erase_due()
    context._request_var.set(None)
    after = dump()
    assert telling(after, CANARIES + hashes()) == set()
    assert files(*roots) == ""
    assert (Comment.objects.count(), Notification.objects.count()) == counted
    with pytest.raises(AskedAlready):  # whoever wrote to them is answered as before
        write_to(owner=world.organiser, email=WORK, words="")
    note = Notification.objects.get(user=world.organiser.user, event="met:1")
    assert note.text == "Former member wants to meet you, they said. So does Former member."
    assert Email.objects.filter(to=world.organiser.user.email, message__contains="Former member wants").exists()


def test_a_name_that_is_a_word_of_the_web_spoils_no_letter_and_one_with_signs_is_found_in_them():
    told = {"text": "Bo O'Dell & Sons says https", "url": "http://groundswell.example/https/", "kind": "x"}
    to = "x@larkfield.example"
    send_mail(kind="data-packed", to=to, event="x", template="notification", context=told)
    before = Email.objects.get()
    for name in ("Bo O'Dell & Sons", "https", "class"):
        erase_person(user=cast.make_ally(name).user)
    assert "Bo O'Dell &amp; Sons says https" in before.html_message
    after, gone = Email.objects.get(), "Former member"
    assert [after.subject, after.message, after.html_message] == [
        before.subject.replace("Bo O'Dell & Sons says https", f"{gone} says {gone}"),
        before.message.replace("Bo O'Dell & Sons says https", f"{gone} says {gone}"),
        before.html_message.replace("Bo O'Dell &amp; Sons says https", f"{gone} says {gone}"),
    ]
