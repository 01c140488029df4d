"""Signed in, and where: the sessions of one person, and those that have passed."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User


def end_all(user: User) -> None:
    """Signed out everywhere, at once."""
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()


def forget(*, user: User, addresses: Iterable[str]) -> None:
    """Remove every session that is theirs or speaks of them, one that never got further than asking for a code too."""
    end_all(user)
    signs = {address.lower() for address in addresses}
    for session in Session.objects.iterator(chunk_size=500):
        told = session.get_decoded()
        if told.get(SESSION_KEY) == str(user.pk) or any(sign in str(told).lower() for sign in signs):
            session.delete()


def sweep() -> int:
    """For the clock: sessions that have passed."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
