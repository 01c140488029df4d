"""Whose pages somebody who only writes may see in the CMS: what is published, and what is theirs.

"Theirs" is by the page's owner, who is whoever began it. A byline alone opens no draft: an author sets the bylines of
a draft themselves, and readers know of them only once it is published.
"""

from typing import Any

from django.db.models import Q
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import User
from accounts.roles import is_editor


def only_writes(user: Any) -> bool:
    """Everybody in the CMS who is no editor, whatever other group a steward has put them into."""
    return not is_editor(user)


def on_the_desk_of(user: User) -> Q:
    return Q(live=True) | Q(owner=user)


class DeskPolicy(PagePermissionPolicy):
    """Wagtail's rights, with others' drafts out of sight: lists, searches, the API and logs all ask here."""

    def __init__(self) -> None:
        super().__init__(Page)

    def explorable_instances(self, user: User) -> Any:
        pages = super().explorable_instances(user)
        return pages.filter(on_the_desk_of(user)) if only_writes(user) else pages


class DeskPermissions(PagePermissionTester):
    """The history of a page that somebody may read but not write holds drafts: it is not offered."""

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and (self.page.owner_id == self.user.pk or not only_writes(self.user))


def choosable_pages(pages: Any, request: Any) -> Any:
    """Wagtail's page chooser asks no policy."""
    return pages.filter(on_the_desk_of(request.user)) if only_writes(request.user) else pages
