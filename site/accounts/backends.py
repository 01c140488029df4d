"""Who is signed in, read once a request together with what every page needs of them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts import roles
from accounts.models import User

_together: list[str] = []


def read_together(relation: str) -> None:
    """A higher floor names (from `AppConfig.ready()`) what belongs to a person and is asked for by every page."""
    _together.append(relation)


class OneReadBackend(AuthenticationBackend):
    """allauth's, and one query where the pages would make three: the person, their roles, and what belongs to them."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.annotate(**roles.held()).select_related(*_together).filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        roles.remember_held(user)
        return user
