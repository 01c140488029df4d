"""All that the site holds about somebody, in one file: asked for, packed by the worker, there for a day, removed."""

import json
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePath
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from accounts import errands, tokens
from accounts.models import Parcel, User
from accounts.personal_data import declarations
from accounts.services import export_person

PURPOSE = "accounts.parcel"
KEPT = timedelta(hours=24)


def ask(*, user: User) -> Parcel:
    """Have a parcel packed for them. Asked for again while that one is in the making, it is the same."""
    try:
        with transaction.atomic():
            parcel = Parcel.objects.create(user=user)
            transaction.on_commit(lambda: errands.pack_later(parcel.pk))
    except IntegrityError:
        return Parcel.objects.get(user=user, until=None)
    return parcel


def latest(user: User) -> Parcel | None:
    """The newest of theirs that is being packed or still there."""
    return Parcel.objects.filter(Q(until=None) | Q(until__gt=timezone.now()), user=user).order_by("-pk").first()


def token_of(parcel: Parcel) -> str:
    return tokens.make(PURPOSE, parcel.pk)


def find(*, token: str, user: User) -> Parcel | None:
    """The parcel behind this link, for its owner alone, as long as it is there."""
    try:
        number = tokens.read(PURPOSE, token, max_age=KEPT)
    except tokens.BadToken:
        return None
    return Parcel.objects.filter(pk=number, user=user, until__gt=timezone.now()).first()


def pack(parcel_id: int) -> Parcel | None:
    """Pack it; None when it was packed before, or its owner has gone meanwhile."""
    parcel = Parcel.objects.filter(pk=parcel_id, until=None, user__is_active=True).select_related("user").first()
    if parcel is None:
        return None
    with tempfile.TemporaryFile() as space:
        _write(space, parcel.user)
        space.seek(0)
        parcel.file.save(f"{get_random_string(40)}.zip", File(space), save=False)
    parcel.until = timezone.now() + KEPT
    parcel.save(update_fields=["file", "until"])
    return parcel


def remove_old() -> int:
    """For the clock: files that have had their day, and parcels that were never packed."""
    now = timezone.now()
    old = list(Parcel.objects.filter(Q(until__lte=now) | Q(until=None, asked_at__lte=now - KEPT)))
    for parcel in old:
        remove(parcel)
    return len(old)


def remove(parcel: Parcel) -> None:
    if parcel.file:
        parcel.file.delete(save=False)
    parcel.delete()


def _write(space: IO[bytes], user: User) -> None:
    with ZipFile(space, "w", ZIP_DEFLATED) as parcel:
        parcel.writestr("README.txt", _about())
        told = json.dumps(export_person(user=user), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
        parcel.writestr("data.json", told)
        for number, (name, file) in enumerate(_uploads(user), start=1):
            plain = get_valid_filename(PurePath(name).name)[-100:]
            with file.open("rb") as source, parcel.open(f"uploads/{number}-{plain}", "w") as target:
                for piece in source.chunks():
                    target.write(piece)


def _uploads(user: User) -> Iterator[tuple[str, File]]:
    """What is named in the database but not on the disk any more is left out."""
    for declared in declarations():
        for name, file in declared.files(user):
            if not isinstance(file, FieldFile) or (file.name and file.storage.exists(file.name)):
                yield name, file


def _about() -> str:
    return _(
        "Everything that this site holds about you.\n\n"
        "data.json   what you wrote, chose and did, by kind; programs can read it, and so can any text editor\n"
        "uploads/    the files that you uploaded\n\n"
        "Passwords and keys are not in it: the site itself cannot read them.\n"
    )
