"""Removing several people at once goes the way of removing one: each part of the site erases what is theirs."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.users.views.bulk_actions import DeleteBulkAction

from accounts.models import User
from accounts.services import erase_person


class RemovePeople(DeleteBulkAction):
    """In the place of Wagtail's, which deletes rows."""

    display_name = _("Remove")
    aria_label = _("Remove the chosen people")

    @classmethod
    @transaction.atomic
    def execute_action(cls, objects: Sequence[User], **_kwargs: Any) -> tuple[int, int]:
        for user in objects:
            erase_person(user=user)
        return len(objects), 0


hooks.register("register_bulk_action", RemovePeople, order=10)  # after Wagtail's: the last of a name stays
