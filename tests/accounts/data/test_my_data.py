"""What a person takes along: packed by the worker, theirs alone, gone after a day."""

import io
import json
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts import packing
from accounts.models import Parcel
from movement.allies.models import Ally
from movement.invitations.services import open_invitation
from postbox.models import Notification
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(settings: LazySettings, django_capture_on_commit_callbacks: Any) -> Any:
    """Tasks run as soon as what asked for them stands."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return lambda: django_capture_on_commit_callbacks(execute=True)


def packed(ally: Ally) -> Parcel:
    return packing.pack(packing.ask(user=ally.user).pk)  # type: ignore[return-value]


def link_on(client: Client) -> str:
    page = client.get("/me/data/").content.decode()
    return page.partition('href="/me/data/parcel/')[2].partition('"')[0]


def opened(response: Any) -> ZipFile:
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_everything_of_mine_comes_in_one_file_and_nothing_of_others(ally: Ally, organiser: Ally, worker):
    invitation = open_invitation(owner=ally)
    open_invitation(owner=organiser)
    profile = UserProfile.get_for_user(ally.user)
    profile.avatar.save("me.png", ContentFile(b"a picture of Ada"))
    client = client_of(ally)
    with worker():
        assert client.post("/me/data/pack/")["Location"] == "/me/data/"
    assert [(note.kind, note.url) for note in Notification.objects.all()] == [("data-packed", "/me/data/")]
    response = client.get(f"/me/data/parcel/{link_on(client)}")
    parcel = opened(response)
    avatar = profile.avatar.name.rpartition("/")[2]
    assert sorted(parcel.namelist()) == ["README.txt", "data.json", f"uploads/1-{avatar}"]
    assert parcel.read(f"uploads/1-{avatar}") == b"a picture of Ada"
    data = json.loads(parcel.read("data.json"))
    assert [row["name"] for row in data["movement.Ally"]] == ["Ada Larkin"]
    assert [row["code"] for row in data["movement.Invitation"]] == [invitation.code]
    assert [row["email"] for row in data["accounts.User"]] == ["ada.larkin@larkfield.example"]
    assert [row["email"] for row in data["account.EmailAddress"]] == ["ada.larkin@larkfield.example"]
    assert b"Orla" not in parcel.read("data.json")
    assert response["Content-Disposition"] == 'attachment; filename="groundswell-my-data.zip"'
    assert response["Cache-Control"] == "private, no-store"


def test_a_parcel_is_its_owners_alone_and_needs_its_link(ally: Ally, organiser: Ally, admin):
    parcel = packed(ally)
    path = f"/me/data/parcel/{packing.token_of(parcel)}/groundswell-my-data.zip"
    answers = {name: client_of(who).get(path).status_code for name, who in [("orla", organiser), ("admin", admin)]}
    assert answers == {"orla": 404, "admin": 404}
    assert client_of().get(path)["Location"].startswith("/accounts/login/")
    assert client_of(ally).get(path.replace(".zip", "") + "x.zip").status_code == 404
    assert client_of(ally).get(f"/me/data/parcel/{parcel.pk}/groundswell-my-data.zip").status_code == 404
    assert client_of(ally).get(f"/media/{parcel.file.name}").status_code == 404


def test_after_a_day_the_link_is_dead_and_the_file_is_gone(ally: Ally):
    parcel = packed(ally)
    client, storage, name = client_of(ally), parcel.file.storage, parcel.file.name
    path = f"/me/data/parcel/{packing.token_of(parcel)}/groundswell-my-data.zip"
    assert (packing.remove_old(), storage.exists(name)) == (0, True)
    Parcel.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 404
    assert (packing.remove_old(), storage.exists(name), Parcel.objects.count()) == (1, False, 0)


def test_asking_again_while_it_is_packed_makes_no_second_one(ally: Ally):
    client = client_of(ally)
    for _press in range(2):
        client.post("/me/data/pack/")
    assert Parcel.objects.count() == 1
    assert "It is being packed" in client.get("/me/data/").content.decode()


def test_it_can_be_asked_for_five_times_a_day(ally: Ally):
    client = client_of(ally)
    for _press in range(6):
        client.post("/me/data/pack/")
        Parcel.objects.update(until=timezone.now())
    assert Parcel.objects.count() == 5


def test_what_a_killed_worker_left_is_packed_once(ally: Ally):
    parcel = packed(ally)
    assert packing.pack(parcel.pk) is None
